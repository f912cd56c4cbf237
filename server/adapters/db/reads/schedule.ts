import type { ScheduleReads } from '../../../app/ports/reads/schedule.ts';
import type { Prisma } from '../client.ts';

/** Fewer say nothing about a rep. */
const enoughCalls = 20;
const lastCalls = 200;

export function scheduleReads(prisma: Prisma): ScheduleReads {
  return {
    callsBetween: async (repId, from, to) => {
      const calls = await prisma.call.findMany({
        where: { repId, intentAt: { gte: from, lt: to } },
        select: {
          id: true,
          companyId: true,
          tier: true,
          intentAt: true,
          endedAt: true,
          disposedAt: true,
          company: { select: { name: true } },
        },
        orderBy: { intentAt: 'asc' },
      });
      return calls.map((call) => ({
        callId: call.id,
        companyId: call.companyId,
        companyName: call.company.name,
        tier: call.tier,
        start: call.intentAt,
        end: call.endedAt,
      }));
    },
    promisesBetween: (repId, from, to) =>
      prisma.$queryRaw`
        SELECT l.id AS "leadId", c.id AS "companyId", c.name AS "companyName", p.starts_at AS "startsAt", p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt"
        FROM promise p JOIN company c ON c.id = p.company_id JOIN lead l ON l.company_id = c.id
        WHERE p.rep_id = ${repId} AND p.status = 'open' AND p.deadline_at >= ${from}::timestamptz AND p.deadline_at < ${to}::timestamptz
        ORDER BY p.deadline_at, l.id`,
    openPromises: (companyIds) =>
      prisma.promise.findMany({
        where: { companyId: { in: [...companyIds] }, status: 'open' },
        select: { id: true, companyId: true, timeZone: true },
      }),
    meanCallSeconds: async (repId) => {
      const rows = await prisma.$queryRaw<{ mean: number | null; calls: number }[]>`
        SELECT avg(extract(epoch FROM disposed_at - intent_at))::float8 AS mean, count(*)::int AS calls FROM (
          SELECT intent_at, disposed_at FROM call
          WHERE rep_id = ${repId} AND disposed_at IS NOT NULL AND disposed_at - intent_at < interval '1 hour'
          ORDER BY id DESC LIMIT ${lastCalls}) AS recent`;
      const row = rows[0];
      return row && row.calls >= enoughCalls ? row.mean : null;
    },
  };
}
