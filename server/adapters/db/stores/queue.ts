import { reasonSchema } from '../../../contract/http/queue.ts';
import type { Candidate, ClaimRecord, LeadLabels, QueueQuestion, QueueStore } from '../../../app/ports/stores/queue.ts';
import type { CompanyCalendar } from '../../../core/queue/calendar.ts';
import type { Tier } from '../../../core/queue/tiers.ts';
import { Prisma } from '../generated/client.ts';
import { isAbsentOn } from '../absence.ts';
import type { Transaction } from '../client.ts';
import { readFacts } from './queue-facts.ts';
import { writePlaces } from './queue-places.ts';

type ClaimRow = Omit<ClaimRecord, 'reason'> & { reason: unknown };

const claimColumns = Prisma.sql`
  k.lead_id AS "leadId", l.company_id AS "companyId", k.rep_id AS "repId", k.claimed_at AS "claimedAt", k.lease_until AS "leaseUntil", k.reason`;

const toClaim = (row: ClaimRow): ClaimRecord => ({ ...row, reason: reasonSchema.safeParse(row.reason).data ?? null });

/** The arguments that both queue functions begin with. */
const questionArguments = (question: QueueQuestion): Prisma.Sql => Prisma.sql`
  ${question.repId}::int, ${[...question.funnelPools]}::int[], ${[...question.takeover.keys()]}::int[],
  ${[...question.takeover.values()].map((before) => before.toISOString())}::timestamptz[],
  ARRAY(SELECT id FROM zone WHERE name = ANY(${[...question.openCalendars]}::text[]))::smallint[],
  ${question.at}::timestamptz, ${question.todayStart}::timestamptz, ${question.agedBefore}::timestamptz, ${question.repTimeZone}::text`;

/** Each tier is counted up to so many: the console shows "999+", and a count must not grow with the base. */
const deepest = 1_000;

const noDepth: Record<Tier, number> = { due: 0, overdueToday: 0, overdueEarlier: 0, hot: 0, customer: 0, early: 0, cold: 0 };

export function queueStore(transaction: Transaction): QueueStore {
  return {
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
    claim: async (question, leaseUntil) => {
      const rows = await transaction.$queryRaw<Candidate[]>`
        SELECT lead_id AS "leadId", tier FROM queue_claim(${questionArguments(question)}, ${leaseUntil}::timestamptz)`;
      return rows[0] ?? null;
    },
    labels: (leadIds) =>
      transaction.$queryRaw<LeadLabels[]>`
        SELECT l.id AS "leadId", c.id AS "companyId", c.name AS "companyName", s.name AS "stageName", li.name AS "listName", u.name AS "ownerName"
        FROM lead l JOIN company c ON c.id = l.company_id
        LEFT JOIN call_list li ON li.id = l.list_id
        LEFT JOIN deal d ON d.company_id = c.id AND d.status = 'open'
        LEFT JOIN stage s ON s.id = d.stage_id
        LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
        LEFT JOIN app_user u ON u.id = coalesce(p.rep_id, c.owner_id)
        WHERE l.id = ANY(${[...leadIds]}::int[])`,
    openCallOf: async (repId) => {
      const rows = await transaction.$queryRaw<{ callId: number; live: boolean }[]>`
        SELECT id AS "callId", state <> 'ended' AS live FROM call
        WHERE rep_id = ${repId} AND NOT untaken AND (state <> 'ended' OR disposed_at IS NULL) ORDER BY id DESC LIMIT 1`;
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
        SELECT ${claimColumns} FROM lead_claim k JOIN lead l ON l.id = k.lead_id WHERE k.rep_id = ${repId}`;
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

type CalendarMethods = Pick<
  QueueStore,
  'listsOf' | 'colleagues' | 'promisedCompanies' | 'nextPromiseDue' | 'calendars' | 'calendarOf' | 'holidays' | 'durations'
>;

function calendarMethods(transaction: Transaction): CalendarMethods {
  return {
    listsOf: async (repId, day) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT DISTINCT a.list_id AS id FROM list_assignment a JOIN call_list li ON li.id = a.list_id AND li.status = 'active'
        WHERE a.rep_id = ${repId} AND ${day}::date BETWEEN a.starts_on AND a.ends_on`;
      return rows.map((row) => row.id);
    },
    colleagues: (repId, day) =>
      transaction.$queryRaw<{ id: number; absent: boolean }[]>`
        SELECT u.id, u.disabled_at IS NOT NULL
          OR ${isAbsentOn('u', Prisma.sql`${day}::date`)} AS absent
        FROM app_user me JOIN app_user u ON u.team_id = me.team_id AND u.id <> me.id WHERE me.id = ${repId} ORDER BY u.id`,
    promisedCompanies: async (repId, at, limit) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT company_id AS id FROM promise
        WHERE rep_id = ${repId} AND status = 'open' AND starts_at <= ${at}::timestamptz ORDER BY deadline_at, id LIMIT ${limit}`;
      return rows.map((row) => row.id);
    },
    nextPromiseDue: async (repId, after) => {
      const rows = await transaction.$queryRaw<{ at: Date | null }[]>`
        SELECT min(greatest(p.promised_at, l.retry_at)) AS at FROM promise p JOIN lead l ON l.company_id = p.company_id
        WHERE p.rep_id = ${repId} AND p.status = 'open' AND greatest(p.starts_at, l.retry_at) > ${after}::timestamptz`;
      return rows[0]?.at ?? null;
    },
    calendars: () => transaction.$queryRaw<CompanyCalendar[]>`
      SELECT time_zone AS "timeZone", country, call_from AS "callFrom", call_to AS "callTo", lunch_from AS "lunchFrom", lunch_to AS "lunchTo"
      FROM zone ORDER BY id`,
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
