import { reasonSchema } from '../../../contract/http/queue.ts';
import type { Candidate, ClaimRecord, LeadLabels, QueueQuestion, QueueStore } from '../../../app/ports/stores/queue.ts';
import type { Tier } from '../../../core/queue/tiers.ts';
import { Prisma } from '../generated/client.ts';
import type { Transaction } from '../client.ts';
import { readFacts } from './queue-facts.ts';
import { writePlaces } from './queue-places.ts';

type ClaimRow = Omit<ClaimRecord, 'reason'> & { reason: unknown };

const claimColumns = Prisma.sql`
  k.lead_id AS "leadId", l.company_id AS "companyId", k.rep_id AS "repId", k.claimed_at AS "claimedAt", k.lease_until AS "leaseUntil", k.reason`;

const toClaim = (row: ClaimRow): ClaimRecord => ({ ...row, reason: reasonSchema.safeParse(row.reason).data ?? null });

/** The arguments that both queue functions begin with. */
const questionArguments = (question: QueueQuestion): Prisma.Sql => Prisma.sql`
  ${question.repId}::int, ${[...question.listIds]}::int[], ${[...question.absentRepIds]}::int[],
  ARRAY(SELECT id FROM zone WHERE name = ANY(${[...question.openZones]}::text[]))::smallint[],
  ${question.at}::timestamptz, ${question.todayStart}::timestamptz, ${question.repTimeZone}::text`;

/** Counts at most so many rows: the console shows "999+" beyond, and a count must not grow with the base. */
const deepest = 10_000;

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
        SELECT tier, count(*)::int AS count FROM queue_candidates(${questionArguments(question)}, ${deepest}) GROUP BY tier`;
      return { ...noDepth, ...Object.fromEntries(rows.map((row) => [row.tier, row.count])) };
    },
    claim: async (question, leaseUntil, obligationsOnly) => {
      const rows = await transaction.$queryRaw<Candidate[]>`
        SELECT lead_id AS "leadId", tier FROM queue_claim(${questionArguments(question)}, ${leaseUntil}::timestamptz, ${obligationsOnly})`;
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

type CalendarMethods = Pick<QueueStore, 'listsOf' | 'absentColleagues' | 'promisedCompanies' | 'nextPromiseStart' | 'zones' | 'holidays'>;

function calendarMethods(transaction: Transaction): CalendarMethods {
  return {
    listsOf: async (repId, day) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT DISTINCT a.list_id AS id FROM list_assignment a JOIN call_list li ON li.id = a.list_id AND li.status = 'active'
        WHERE a.rep_id = ${repId} AND ${day}::date BETWEEN a.starts_on AND a.ends_on`;
      return rows.map((row) => row.id);
    },
    absentColleagues: async (repId, day) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT u.id FROM app_user me JOIN app_user u ON u.team_id = me.team_id AND u.id <> me.id
        WHERE me.id = ${repId} AND (u.disabled_at IS NOT NULL
          OR (u.absent_from <= ${day}::date AND coalesce(u.absent_until, u.absent_from) >= ${day}::date))`;
      return rows.map((row) => row.id);
    },
    promisedCompanies: async (repId, at, limit) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT company_id AS id FROM promise
        WHERE rep_id = ${repId} AND status = 'open' AND starts_at <= ${at}::timestamptz ORDER BY deadline_at, id LIMIT ${limit}`;
      return rows.map((row) => row.id);
    },
    nextPromiseStart: async (repId, after) => {
      const rows = await transaction.$queryRaw<{ at: Date | null }[]>`
        SELECT min(starts_at) AS at FROM promise WHERE rep_id = ${repId} AND status = 'open' AND starts_at > ${after}::timestamptz`;
      return rows[0]?.at ?? null;
    },
    zones: async () => {
      const rows = await transaction.$queryRaw<{ name: string }[]>`SELECT name FROM zone ORDER BY id`;
      return rows.map((row) => row.name);
    },
    holidays: async () => {
      const rows = await transaction.$queryRaw<{ day: string }[]>`SELECT DISTINCT to_char(day, 'YYYY-MM-DD') AS day FROM holiday`;
      return rows.map((row) => row.day);
    },
  };
}
