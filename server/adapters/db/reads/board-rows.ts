import { z } from 'zod';
import type { BoardRow } from '../../../contract/http/kpi.ts';
import { normsSchema } from '../../../contract/http/kpi.ts';
import { settingsSchema } from '../../../contract/settings.ts';
import { figuresOf } from '../../../core/kpi/figures.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';

type Activity = BoardRow['activity'];

interface BoardRecord {
  id: number;
  name: string;
  teamId: number | null;
  norms: unknown;
  createdAt: Date;
  presence: 'ready' | 'break' | 'wrapUp' | 'away';
  presenceSince: Date | null;
  callId: number | null;
  callState: 'intent' | 'dialing' | 'ringing' | 'answered' | 'ended' | null;
  callSince: Date | null;
  companyId: number | null;
  companyName: string | null;
  /** An arriving call that rings for him. */
  ringSince: Date | null;
  ringCompanyId: number | null;
  ringCompanyName: string | null;
  claimedAt: Date | null;
  claimedCompanyId: number | null;
  claimedCompanyName: string | null;
  counters: unknown;
  nextPromiseAt: Date | null;
  promisesAtRisk: number;
}

/** Whose rows: these reps, a team's, or all when both are null. */
export interface BoardScope {
  repIds: readonly number[] | null;
  teamId: number | null;
}

const countersSchema = z.array(z.object({ metric: z.string(), hour: z.int(), value: z.int() }));

/** The live rows of the reps of a scope, by name. Each rep's day is his own zone's. */
export async function boardRows(transaction: Transaction, scope: BoardScope, now: Date): Promise<BoardRow[]> {
  const stored = await transaction.setting.findMany({ where: { key: { in: ['norms', 'promises'] } } });
  const settings = settingsSchema.parse(Object.fromEntries(stored.map((row) => [row.key, row.value])));
  const riskUntil = new Date(now.getTime() + settings.promises.graceMinutes * 60_000);
  const records = await transaction.$queryRaw<BoardRecord[]>(boardSql(scope, now, riskUntil));
  return records.map((record) => toRow(record, settings.norms, now));
}

const boardSql = (scope: BoardScope, now: Date, riskUntil: Date): Prisma.Sql => Prisma.sql`
  SELECT u.id, u.name, u.team_id AS "teamId", u.norms, u.created_at AS "createdAt",
    CASE WHEN pr.lease_until > ${now}::timestamptz THEN pr.state::text ELSE 'away' END AS presence,
    CASE WHEN pr.lease_until > ${now}::timestamptz THEN pr.since ELSE pr.lease_until END AS "presenceSince",
    c.id AS "callId", c.state::text AS "callState",
    CASE c.state WHEN 'ended' THEN c.ended_at WHEN 'answered' THEN c.answered_at WHEN 'ringing' THEN c.ringing_at ELSE c.intent_at END AS "callSince",
    co.id AS "companyId", co.name AS "companyName",
    r.intent_at AS "ringSince", rc.id AS "ringCompanyId", rc.name AS "ringCompanyName",
    k.claimed_at AS "claimedAt", kc.id AS "claimedCompanyId", kc.name AS "claimedCompanyName",
    coalesce((SELECT json_agg(json_build_object('metric', n.metric, 'hour', n.hour, 'value', n.value)) FROM kpi_counter n
      WHERE n.rep_id = u.id AND n.day = (${now}::timestamptz AT TIME ZONE u.time_zone)::date), '[]') AS counters,
    (SELECT min(p.promised_at) FROM promise p WHERE p.rep_id = u.id AND p.status = 'open' AND p.outcome = 'pending' AND p.promised_at >= ${now}::timestamptz) AS "nextPromiseAt",
    (SELECT count(*)::int FROM promise p WHERE p.rep_id = u.id AND p.status = 'open' AND p.outcome = 'pending' AND p.deadline_at <= ${riskUntil}::timestamptz) AS "promisesAtRisk"
  FROM app_user u
  LEFT JOIN presence pr ON pr.user_id = u.id
  LEFT JOIN LATERAL (SELECT * FROM call x WHERE x.rep_id = u.id AND x.disposed_at IS NULL
    AND (NOT x.untaken OR (x.volley_id IS NOT NULL AND x.state <> 'ended')) ORDER BY x.untaken, x.id DESC LIMIT 1) c ON true
  LEFT JOIN company co ON co.id = c.company_id
  LEFT JOIN LATERAL (SELECT a.* FROM call_ring n JOIN call a ON a.id = n.call_id AND a.untaken AND a.state <> 'ended'
    WHERE n.rep_id = u.id AND n.stopped_at IS NULL ORDER BY a.id LIMIT 1) r ON true
  LEFT JOIN company rc ON rc.id = r.company_id
  LEFT JOIN lead_claim k ON k.rep_id = u.id AND k.volley_id IS NULL AND k.lease_until > ${now}::timestamptz
  LEFT JOIN lead kl ON kl.id = k.lead_id
  LEFT JOIN company kc ON kc.id = kl.company_id
  WHERE u.role = 'rep' AND u.disabled_at IS NULL
    AND (${scope.repIds === null} OR u.id = ANY(${[...(scope.repIds ?? [])]}::int[]))
    AND (${scope.teamId === null} OR u.team_id = ${scope.teamId}::int)
  ORDER BY u.name, u.id`;

function toRow(record: BoardRecord, norms: BoardRow['norms'], now: Date): BoardRow {
  const counters = countersSchema.parse(record.counters);
  const dialsByHour = Array.from({ length: 24 }, (_, hour) =>
    sum(counters.filter((counter) => counter.metric === 'dials' && counter.hour === hour)),
  );
  const activity = activityOf(record);
  return {
    rep: { id: record.id, name: record.name },
    teamId: record.teamId,
    presence: record.presence,
    activity,
    since: sinceOf(record, activity, now).toISOString(),
    company: companyOf(record),
    callId: record.callId,
    figures: figuresOf(counters),
    norms: { ...norms, ...normsSchema.partial().parse(record.norms) },
    dialsByHour,
    nextPromiseAt: record.nextPromiseAt?.toISOString() ?? null,
    promisesAtRisk: record.promisesAtRisk,
  };
}

const sum = (counters: readonly { value: number }[]): number => counters.reduce((total, counter) => total + counter.value, 0);

/** The company of his call, else of the one that rings for him, else of the card before him. */
function companyOf(record: BoardRecord): BoardRow['company'] {
  const shown = [
    { id: record.companyId, name: record.companyName },
    { id: record.ringCompanyId, name: record.ringCompanyName },
    { id: record.claimedCompanyId, name: record.claimedCompanyName },
  ];
  const [first] = shown.flatMap(({ id, name }) => (id === null || name === null ? [] : [{ id, name }]));
  return first ?? null;
}

function activityOf({ callState, presence, claimedAt, ringSince }: BoardRecord): Activity {
  switch (callState) {
    case 'intent':
    case 'dialing':
      return 'dialing';
    case 'ringing':
      return 'ringing';
    case 'answered':
      return 'talking';
    case 'ended':
      return 'wrapUp';
    case null:
      if (ringSince !== null) return 'incoming';
      return presence === 'ready' && claimedAt !== null ? 'card' : presence;
    default:
      return callState satisfies never;
  }
}

function sinceOf(record: BoardRecord, activity: Activity, now: Date): Date {
  if (record.callState !== null) return record.callSince ?? now;
  if (activity === 'incoming') return record.ringSince ?? now;
  return (activity === 'card' ? record.claimedAt : record.presenceSince) ?? record.createdAt;
}
