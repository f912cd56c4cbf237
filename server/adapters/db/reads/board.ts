import type { BoardReads } from '../../../app/ports/reads/board.ts';
import type { Prisma } from '../client.ts';
import { boardRows } from './board-rows.ts';

export function boardReads(prisma: Prisma): BoardReads {
  return {
    snapshot: ({ audience, teamId }, now) =>
      // One view of the base: a number newer than its rows would lose an update for good.
      prisma.$transaction(
        async (transaction) => {
          const numbered = await transaction.boardSequence.findUnique({ where: { id: audience } });
          const rows = await boardRows(transaction, { repIds: null, teamId }, now);
          return { sequence: Number(numbered?.value ?? 0), at: now.toISOString(), rows };
        },
        { isolationLevel: 'RepeatableRead' },
      ),
  };
}
