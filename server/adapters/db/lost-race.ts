import { DatabaseError } from 'pg';
import { z } from 'zod';
import type { Log } from '../../app/ports/log.ts';
import { Prisma } from './generated/client.ts';

/** deadlock_detected and serialization_failure: the base undid the transaction, and running it again may well succeed. */
const raceCodes = ['40P01', '40001'];

const metaSchema = z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) });

/** PostgreSQL's code when a transaction was undone because of others running beside it; null for any other error. */
function lostRaceCode(error: unknown): string | null {
  if (error instanceof DatabaseError) return error.code !== undefined && raceCodes.includes(error.code) ? error.code : null;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const code = metaSchema.safeParse(error.meta).data?.driverAdapterError.cause.originalCode;
  if (code !== undefined) return raceCodes.includes(code) ? code : null;
  return error.code === 'P2034' ? '40001' : null;
}

const tries = 3;

/** Runs a transaction, and again when the base ended it as the victim of a deadlock; what it does outside of the base happens again too. */
export async function runAgainAfterLostRaces<Result>(log: Log | undefined, transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      const code = lostRaceCode(error);
      if (code === null || attempt === tries) throw error;
      log?.warn({ code, attempt }, 'a transaction lost a race in the database and is run again');
    }
  }
}
