import type { ScheduleReads } from '../../../app/ports/reads/schedule.ts';
import type { Prisma } from '../client.ts';

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
        select: { id: true, companyId: true, timeZone: true, overCapacity: true },
      }),
  };
}
