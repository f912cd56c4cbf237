import type { NextCallAnswer, TakenLead } from '../../app/ports/next-calls.ts';
import type { QueueQuestion } from '../../app/ports/stores/queue.ts';
import { reasonSchema, type Reason } from '../../contract/http/queue.ts';
import { Prisma } from './generated/client.ts';
import type { OutboxRow } from './stores/outbox.ts';
import { factsColumns, toSeenLead, type FactsRow } from './stores/queue-facts.ts';

/** So many of a rep's most pressing obligations are looked at for those that cannot be called now. */
const owedLookedAt = 20;

type Part = 'live' | 'undisposed' | 'held' | 'taken' | 'next' | 'owed';

export interface TakeRow extends FactsRow {
  /** Whose row it is: the place of the question among those asked together, from 0. */
  nth: number;
  /** Null for a question that the queue has nobody for. */
  part: Part | null;
  claimedAt: Date | null;
  reason: unknown;
  /** The row of the queue that was taken out of it, as its composite's text. */
  place: string | null;
}

export interface TakeQuestion {
  question: QueueQuestion;
  leaseUntil: Date;
}

const asRecord = ({ question, leaseUntil }: TakeQuestion, nth: number) => ({
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
});

/** Takes a lead for each of these reps, none of whom is among them twice. What the rows mean stands at the function `queue_takes`. */
export const takeSql = (asks: readonly TakeQuestion[]): Prisma.Sql => Prisma.sql`
  SELECT nth, part, claimed_at AS "claimedAt", reason, place::text AS place, ${factsColumns}
  FROM queue_takes(
    ARRAY(SELECT ask FROM jsonb_populate_recordset(NULL::queue_ask, ${JSON.stringify(asks.map(asRecord))}::jsonb) AS ask), ${owedLookedAt}::int
  ) AS t (nth, part, claimed_at, reason, place, f)`;

/** What one question got, before its words are found. */
export type TakeAnswer =
  | NextCallAnswer
  /** `place` is null for what was held already without such a reason. */
  | { kind: 'taken'; taken: TakenLead; claimedAt: Date; place: string | null };

/** @param rows those of one question, in their order; at least one */
export function takeAnswer(rows: readonly TakeRow[]): TakeAnswer {
  const of = (part: Part): TakeRow[] => rows.filter((row) => row.part === part);
  const [first] = rows;
  if (!first) throw new Error('a question was left without an answer');
  if (first.part === null) return { kind: 'none' };
  if (first.part === 'live' || first.part === 'undisposed') return { kind: 'open', live: first.part === 'live' };
  if (first.claimedAt === null) throw new Error(`lead ${first.leadId} was taken at no time`);
  const told = first.part === 'held' ? reasonSchema.safeParse(first.reason).data : undefined;
  if (told) return { kind: 'held', leadId: first.leadId, companyId: first.companyId, reason: told, claimedAt: first.claimedAt };
  const [next] = of('next');
  return {
    kind: 'taken',
    claimedAt: first.claimedAt,
    place: first.place,
    taken: {
      lead: toSeenLead(first),
      next: next ? toSeenLead(next) : null,
      owed: of('owed').map(toSeenLead),
    },
  };
}

export interface ExplainedClaim {
  leadId: number;
  /** Where it goes back to; null when only the reason of what was held is new. */
  place: string | null;
  repId: number;
  claimedAt: Date;
  leaseUntil: Date;
  reason: Reason;
  events: readonly OutboxRow[];
}

/** Writes claims with their reasons, and who hears of them. */
export function writtenSql(claims: readonly ExplainedClaim[]): Prisma.Sql {
  const events = claims.flatMap((claim) => claim.events);
  return Prisma.sql`
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
}
