import type { NextCallAnswer } from '../../app/ports/next-calls.ts';
import type { OrderedLead, QueueQuestion } from '../../app/ports/stores/queue.ts';
import { reasonSchema, type Reason } from '../../contract/http/queue.ts';
import { Prisma } from './generated/client.ts';
import type { OutboxRow } from './stores/outbox.ts';
import { toOrderedLead, type OrderRow } from './stores/lead-order.ts';

/** So many of a rep's most pressing obligations are looked at for those that cannot be called now. */
const owedLookedAt = 20;

type Part = 'live' | 'undisposed' | 'held' | 'taken' | 'next' | 'owed';

export interface TakeRow {
  /** Whose row it is: the place of the question among those asked together, from 0. */
  nth: number;
  /** Null for a question that the queue has nobody for. */
  part: Part | null;
  /** Null with an open call, and for a question that the queue has nobody for. */
  leadId: number | null;
  /** With what was held. */
  claimedAt: Date | null;
  reason: unknown;
  /** The row of the queue that was taken out of it, as its composite's text. */
  place: string | null;
  /** Null with `owed`. */
  lead: OrderRow | null;
}

export interface TakeQuestion {
  question: QueueQuestion;
  leaseUntil: Date;
}

const asRecord = ({ question, leaseUntil }: TakeQuestion, nth: number, rivals: number) => ({
  nth,
  rep: question.repId,
  funnel: question.funnelPools,
  colleagues: [...question.takeover.keys()],
  before: [...question.takeover.values()],
  open: question.openCalendars,
  at: question.at,
  today: question.todayStart,
  aged: question.agedBefore,
  zone: question.repTimeZone,
  lease: leaseUntil,
  rivals,
});

/**
 * For each of these questions, how many leads may be gone before it chooses: those that askers before it take from its pools, and as many
 * again for who works the same pools and is being served elsewhere. Too few costs another look, too many some rows.
 */
function rivalsOf(asks: readonly TakeQuestion[]): number[] {
  const askers = new Map<number, number>();
  const reaches = asks.map(({ question }) => {
    const colleagues = [...question.takeover.keys()].map((colleague) => -colleague);
    return [...new Set([-question.repId, ...question.funnelPools, ...colleagues])];
  });
  for (const pool of reaches.flat()) askers.set(pool, (askers.get(pool) ?? 0) + 1);
  return reaches.map((pools, nth) => {
    const others = Math.max(...pools.map((pool) => (askers.get(pool) ?? 1) - 1));
    return Math.min(others, nth) + others;
  });
}

/** Takes a lead for each of these reps, none of whom is among them twice. What the rows mean stands at the function `queue_takes`. */
export function takeSql(asks: readonly TakeQuestion[]): Prisma.Sql {
  const rivals = rivalsOf(asks);
  const records = asks.map((ask, nth) => asRecord(ask, nth, rivals[nth] ?? nth));
  return Prisma.sql`
    SELECT nth, part, lead_id AS "leadId", claimed_at AS "claimedAt", reason, place::text AS place, lead
    FROM queue_takes(
      ARRAY(SELECT ask FROM jsonb_populate_recordset(NULL::queue_ask, ${JSON.stringify(records)}::jsonb) AS ask), ${owedLookedAt}::int)`;
}

/** What one question got, before its words are found. */
export type TakeAnswer =
  | NextCallAnswer
  /** `place` is null for what was held already without such a reason, since `claimedAt`. */
  | { kind: 'taken'; lead: OrderedLead; next: OrderedLead | null; claimedAt: Date | null; place: string | null };

/** @param rows those of one question, in any order; at least one */
export function takeAnswer(rows: readonly TakeRow[]): TakeAnswer {
  const next = rows.find(({ part }) => part === 'next');
  const first = rows.find(({ part }) => part !== 'next' && part !== 'owed');
  if (!first) throw new Error('a question was left without an answer');
  if (first.part === null) return { kind: 'none' };
  if (first.part === 'live' || first.part === 'undisposed') return { kind: 'open', live: first.part === 'live' };
  const { lead, claimedAt, place } = first;
  if (lead === null) throw new Error(`lead ${first.leadId} was taken without its facts`);
  const told = first.part === 'held' ? reasonSchema.safeParse(first.reason).data : undefined;
  if (told && claimedAt) return { kind: 'held', leadId: lead.leadId, companyId: lead.companyId, reason: told, claimedAt };
  return { kind: 'taken', lead: toOrderedLead(lead), next: next?.lead ? toOrderedLead(next.lead) : null, claimedAt, place };
}

export interface ExplainedClaim {
  leadId: number;
  /** Where it goes back to; null when only the reason of what was held is new. */
  place: string | null;
  repId: number;
  claimedAt: Date;
  leaseUntil: Date;
  reason: Reason;
}

/** Writes claims with their reasons, and who hears of them. */
export const writtenSql = (claims: readonly ExplainedClaim[], events: readonly OutboxRow[]): Prisma.Sql => Prisma.sql`
  WITH explained AS MATERIALIZED (
    SELECT * FROM unnest(
      ${claims.map(({ leadId }) => leadId)}::int[], ${claims.map(({ place }) => place)}::lead_queue[], ${claims.map(({ repId }) => repId)}::int[],
      ${claims.map(({ claimedAt }) => claimedAt.toISOString())}::timestamptz[], ${claims.map(({ leaseUntil }) => leaseUntil.toISOString())}::timestamptz[],
      ${claims.map(({ reason }) => JSON.stringify(reason))}::jsonb[]
    ) AS explained (explained_id, lead_id, pool, zone, rank, sort_key, ready_at, parked, rep_id, claimed_at, lease_until, reason)
  ), claimed AS (
    INSERT INTO lead_claim (lead_id, rep_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason)
    SELECT lead_id, rep_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason FROM explained WHERE lead_id IS NOT NULL
  ), told AS (
    UPDATE lead_claim k SET reason = e.reason FROM explained e WHERE k.lead_id = e.explained_id AND e.lead_id IS NULL
  )
  INSERT INTO outbox_event (topic, payload)
  SELECT * FROM unnest(${events.map(({ topic }) => topic)}::text[], ${events.map(({ payload }) => JSON.stringify(payload))}::jsonb[])`;
