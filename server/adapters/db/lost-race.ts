import { z } from 'zod';
import { Prisma } from './generated/client.ts';

/** deadlock_detected and serialization_failure: the base undid the transaction, and running it again may well succeed. */
const raceCodes = ['40P01', '40001'];

const metaSchema = z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) });

/** PostgreSQL's code when a transaction was undone because of others running beside it; null for any other error. */
export function lostRaceCode(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const code = metaSchema.safeParse(error.meta).data?.driverAdapterError.cause.originalCode;
  if (code !== undefined) return raceCodes.includes(code) ? code : null;
  return error.code === 'P2034' ? '40001' : null;
}
