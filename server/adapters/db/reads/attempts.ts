import type { AttemptReads } from '../../../app/ports/reads/attempts.ts';
import { dateOfDay, dayOf } from '../days.ts';
import type { Prisma } from '../client.ts';
import { isoOf } from './views.ts';

const shape = { rep: { select: { id: true, name: true } }, company: { select: { id: true, name: true } } } as const;

export function attemptReads(prisma: Prisma): AttemptReads {
  return {
    list: async (scope, { kind, yes, repId, teamId, listId, channelId, sourceId, companyId, hour, from, to, after, limit }) => {
      const found = await prisma.attempt.findMany({
        where: {
          AND: [
            scope.repId === null ? {} : { repId: scope.repId },
            scope.teamId === null ? {} : { teamId: scope.teamId },
            { kind, repId, teamId, listId, channelId, sourceId, companyId, hour },
            yes === undefined ? {} : { yes: yes === 'true' },
            { day: { gte: from === undefined ? undefined : dateOfDay(from), lte: to === undefined ? undefined : dateOfDay(to) } },
            after === undefined ? {} : { id: { lt: after } },
          ],
        },
        include: shape,
        orderBy: { id: 'desc' },
        take: limit + 1,
      });
      return found.map((row) => ({
        id: row.id,
        kind: row.kind,
        yes: row.yes,
        at: isoOf(row.at),
        day: dayOf(row.day),
        rep: row.rep,
        company: row.company,
        callId: row.callId,
        meetingId: row.meetingId,
        dealId: row.dealId,
      }));
    },
  };
}
