import type { AttemptReads } from '../../../app/ports/reads/attempts.ts';
import { promiseOutcomeSchema } from '../../../contract/http/met-promises.ts';
import type { Prisma as Client } from '../client.ts';
import { dayOf } from '../days.ts';
import { Prisma } from '../generated/client.ts';
import { countedPage } from './counted-by.ts';
import { isoOf, isoOrNull } from './views.ts';

const named = { rep: { select: { id: true, name: true } }, company: { select: { id: true, name: true } } } as const;
const newestFirst = { id: 'desc' } as const;

export function attemptReads(prisma: Client): AttemptReads {
  return {
    attempts: (scope, query) => {
      const also = [
        ...(query.kind === undefined ? [] : [Prisma.sql`c.kind::text = ${query.kind}`]),
        ...(query.yes === undefined ? [] : [Prisma.sql`c.yes = ${query.yes === 'true'}`]),
        ...(query.companyId === undefined ? [] : [Prisma.sql`c.company_id = ${query.companyId}`]),
      ];
      return countedPage(prisma, 'attempt', { scope, query, also }, async (ids) => {
        const rows = await prisma.attempt.findMany({ where: { id: { in: ids } }, include: named, orderBy: newestFirst });
        return rows.map(({ id, kind, yes, at, day, rep, company, callId, meetingId, dealId }) => {
          return { id, kind, yes, at: isoOf(at), day: dayOf(day), rep, company, callId, meetingId, dealId };
        });
      });
    },
    wins: (scope, query) => {
      const also = query.kind === undefined ? [] : [Prisma.sql`c.kind::text = ${query.kind}`];
      return countedPage(prisma, 'win', { scope, query, also }, async (ids) => {
        const rows = await prisma.win.findMany({ where: { id: { in: ids } }, include: named, orderBy: newestFirst });
        return rows.map(({ id, kind, at, day, rep, company, callId }) => ({
          id,
          kind,
          at: isoOf(at),
          day: dayOf(day),
          rep,
          company,
          callId,
        }));
      });
    },
    promises: (scope, query) => {
      const also = [
        Prisma.sql`c.day IS NOT NULL`,
        ...(query.outcome === undefined ? [] : [Prisma.sql`c.outcome::text = ${query.outcome}`]),
        ...(query.dialled === undefined ? [] : [Prisma.sql`(c.dialled_at IS NOT NULL) = ${query.dialled}`]),
      ];
      return countedPage(prisma, 'promise', { scope, query, also }, async (ids) => {
        const include = { countedRep: named.rep, company: named.company };
        const rows = await prisma.promise.findMany({ where: { id: { in: ids } }, include, orderBy: newestFirst });
        return rows.flatMap(({ id, outcome, promisedAt, deadlineAt, dialledAt, day, countedRep: rep, ...row }) => {
          if (day === null || rep === null) return [];
          const times = { promisedAt: isoOf(promisedAt), deadlineAt: isoOf(deadlineAt), dialledAt: isoOrNull(dialledAt), day: dayOf(day) };
          const { company, madeInCallId, overCapacity } = row;
          return [{ id, outcome: promiseOutcomeSchema.parse(outcome), ...times, overCapacity, rep, company, madeInCallId }];
        });
      });
    },
  };
}
