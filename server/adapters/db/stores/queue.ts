import { reasonSchema } from '../../../contract/http/queue.ts';
import type { Candidate, ClaimRecord, QueueQuestion, QueueStore } from '../../../app/ports/stores/queue.ts';
import type { CompanyCalendar } from '../../../core/queue/calendar.ts';
import type { Tier } from '../../../core/queue/tiers.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { desksSql, noCalendars, toDesk, type DeskRow } from './queue-desk.ts';
import { readFacts, readLeads } from './queue-facts.ts';
import { writePlaces } from './queue-places.ts';

type ClaimRow = Omit<ClaimRecord, 'reason'> & { reason: unknown };

const claimColumns = Prisma.sql`
  k.lead_id AS "leadId", l.company_id AS "companyId", k.rep_id AS "repId", k.claimed_at AS "claimedAt", k.lease_until AS "leaseUntil", k.reason`;

const toClaim = (row: ClaimRow): ClaimRecord => ({ ...row, reason: reasonSchema.safeParse(row.reason).data ?? null });

/** The arguments that all queue functions begin with. */
export const questionArguments = (question: QueueQuestion): Prisma.Sql => Prisma.sql`
  ${question.repId}::int, ${[...question.funnelPools]}::int[], ${[...question.takeover.keys()]}::int[],
  ${[...question.takeover.values()].map((before) => before.toISOString())}::timestamptz[],
  ${[...question.openCalendars]}::smallint[], ${question.at.toISOString()}::timestamptz, ${question.todayStart.toISOString()}::timestamptz,
  ${question.agedBefore?.toISOString() ?? null}::timestamptz, ${question.repTimeZone}::text`;

/** Each tier is counted up to so many: the console shows "999+", and a count must not grow with the base. */
const deepest = 1_000;

const noDepth: Record<Tier, number> = { due: 0, overdueToday: 0, overdueEarlier: 0, hot: 0, customer: 0, early: 0, cold: 0 };

export function queueStore(transaction: Transaction): QueueStore {
  return {
    desk: async (repId, day, at) => {
      const [row] = await transaction.$queryRaw<DeskRow[]>(desksSql([{ repId, day, at }], noCalendars.version));
      return toDesk(row, noCalendars);
    },
    seen: (leadIds) => readLeads(transaction, 'lead', leadIds),
    facts: (companyIds) => readFacts(transaction, 'company', companyIds),
    factsOfLeads: (leadIds) => readFacts(transaction, 'lead', leadIds),
    lockFacts: async (companyIds) => {
      await transaction.$queryRaw`
        SELECT id FROM lead WHERE company_id = ANY(${[...companyIds]}::int[]) ORDER BY id FOR NO KEY UPDATE`;
      return readFacts(transaction, 'company', companyIds);
    },
    leadsAfter: (afterLeadId, limit) =>
      transaction.$queryRaw<{ leadId: number; companyId: number }[]>`
        SELECT id AS "leadId", company_id AS "companyId" FROM lead WHERE id > ${afterLeadId} ORDER BY id LIMIT ${limit}`,
    write: (places, now) => writePlaces(transaction, places, now),
    candidates: (question, limit) =>
      transaction.$queryRaw<Candidate[]>`
        SELECT lead_id AS "leadId", tier FROM queue_candidates(${questionArguments(question)}, ${limit}::int)`,
    depth: async (question) => {
      const rows = await transaction.$queryRaw<{ tier: Tier; count: number }[]>`
        SELECT tier, count FROM queue_depth(${questionArguments(question)}, ${deepest}::int)`;
      return { ...noDepth, ...Object.fromEntries(rows.map((row) => [row.tier, row.count])) };
    },
    openCallOf: async (repId) => {
      const rows = await transaction.$queryRaw<{ callId: number; live: boolean }[]>`
        SELECT id AS "callId", state <> 'ended' AS live FROM call
        WHERE rep_id = ${repId} AND (NOT untaken OR volley_id IS NOT NULL) AND (state <> 'ended' OR disposed_at IS NULL) ORDER BY id DESC LIMIT 1`;
      return rows[0] ?? null;
    },
    ...claimMethods(transaction),
    ...calendarMethods(transaction),
  };
}

type ClaimMethods = Pick<QueueStore, 'claimOf' | 'lockRep' | 'setReason' | 'extendLease' | 'removeClaim' | 'expiredClaims'>;

function claimMethods(transaction: Transaction): ClaimMethods {
  return {
    claimOf: async (repId) => {
      const rows = await transaction.$queryRaw<ClaimRow[]>`
        SELECT ${claimColumns} FROM lead_claim k JOIN lead l ON l.id = k.lead_id WHERE k.rep_id = ${repId} AND k.volley_id IS NULL`;
      return rows[0] ? toClaim(rows[0]) : null;
    },
    lockRep: async (repId) => {
      await transaction.$queryRaw`SELECT id FROM app_user WHERE id = ${repId} FOR NO KEY UPDATE`;
    },
    setReason: async (leadId, reason) => {
      await transaction.leadClaim.update({ where: { leadId }, data: { reason } });
    },
    extendLease: async (repId, leadId, leaseUntil) => {
      const { count } = await transaction.leadClaim.updateMany({ where: { leadId, repId }, data: { leaseUntil } });
      return count === 1;
    },
    removeClaim: async (repId, leadId) => {
      // The lead's row first, the claim second: the order in which claiming and placing lock.
      await transaction.$queryRaw`SELECT id FROM lead WHERE id = ${leadId} FOR NO KEY UPDATE`;
      const { count } = await transaction.leadClaim.deleteMany({ where: { leadId, repId } });
      return count === 1;
    },
    expiredClaims: async (now) => {
      const rows = await transaction.$queryRaw<ClaimRow[]>`
        SELECT ${claimColumns} FROM lead_claim k JOIN lead l ON l.id = k.lead_id
        WHERE k.lease_until <= ${now}::timestamptz
          AND NOT EXISTS (SELECT FROM call x WHERE x.lead_id = k.lead_id AND x.rep_id = k.rep_id AND (x.state <> 'ended' OR x.disposed_at IS NULL))
        ORDER BY k.lead_id FOR NO KEY UPDATE OF l SKIP LOCKED LIMIT 200`;
      return rows.map(toClaim);
    },
  };
}

type CalendarMethods = Pick<QueueStore, 'calendarOf' | 'holidays' | 'durations'>;

function calendarMethods(transaction: Transaction): CalendarMethods {
  return {
    calendarOf: async (companyId) => {
      const [calendar] = await transaction.$queryRaw<CompanyCalendar[]>`
        SELECT c.time_zone AS "timeZone", coalesce(r.country, 'RU') AS country, c.call_from AS "callFrom", c.call_to AS "callTo",
          c.lunch_from AS "lunchFrom", c.lunch_to AS "lunchTo"
        FROM company c LEFT JOIN region r ON r.id = c.region_id WHERE c.id = ${companyId}`;
      if (!calendar) throw new Error(`company ${companyId} is gone`);
      return calendar;
    },
    holidays: async () => {
      const rows = await transaction.$queryRaw<{ country: string; days: string[] }[]>`
        SELECT country, array_agg(to_char(day, 'YYYY-MM-DD')) AS days FROM holiday GROUP BY country`;
      return new Map(rows.map(({ country, days }) => [country, new Set(days)]));
    },
    durations: (listIds) =>
      transaction.callDuration.findMany({
        where: { listId: { in: [0, ...listIds] } },
        select: { listId: true, code: true, calls: true, seconds: true },
      }),
  };
}
