import type { ProgramQuery, ProgramView } from '../../contract/http/programs.ts';
import { pageByOffset, pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

export interface ProgramReader {
  reads: Pick<Reads, 'programs'>;
}

/** Programs with their progress, running ones first. */
export async function listPrograms(
  app: ProgramReader,
  { status, cursor, limit }: ProgramQuery,
): Promise<{ items: ProgramView[]; nextCursor: string | null }> {
  const [offset = 0] = readCursor(cursor, 1) ?? [];
  return pageByOffset(await app.reads.programs.programs({ status, offset, limit }), offset, limit);
}

/** @throws Refused 404 */
export async function programView(app: ProgramReader, programId: number): Promise<ProgramView> {
  const program = await app.reads.programs.program(programId);
  if (!program) throw notFound('program');
  return program;
}

type ProgramWithCompanies = ProgramView & {
  items: { companyId: number; companyName: string; doneAt: string | null }[];
  nextCursor: string | null;
};

/** A program with a page of its companies. @throws Refused 404 */
export async function getProgram(
  app: ProgramReader,
  programId: number,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ProgramWithCompanies> {
  const [afterCompanyId = 0] = readCursor(cursor, 1) ?? [];
  const program = await programView(app, programId);
  return {
    ...program,
    ...pageOfRows(await app.reads.programs.companies(programId, afterCompanyId, limit), limit, (row) => [row.companyId]),
  };
}
