import { z } from 'zod';
import type { CallCard, CallFilter, CallReads } from '../../../app/ports/reads/calls.ts';
import type { CallColleague } from '../../../contract/http/call-parties.ts';
import type { CallRow } from '../../../contract/http/calls.ts';
import { dispositionCodeSchema, madeSchema } from '../../../contract/http/calls.ts';
import { reasonSchema, tierSchema } from '../../../contract/http/queue.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { isConnect, isDial, isProviderError } from '../stores/kpi-ledger.ts';
import { countedPage } from './counted-by.ts';
import { isOverdue } from './recording-ledger.ts';
import { isoOf, isoOrNull } from './views.ts';

const rowParts = {
  rep: { select: { id: true, name: true } },
  company: { select: { id: true, name: true } },
  contact: { select: { name: true } },
  list: { select: { name: true } },
  recording: { select: { id: true, status: true } },
  attempts: { select: { kind: true, yes: true } },
} satisfies Prisma.CallInclude;
type RowRecord = Prisma.CallGetPayload<{ include: typeof rowParts }>;

export function callReads(transaction: Transaction): CallReads {
  return {
    list: (scope, query) =>
      countedPage(transaction, 'call', { scope, query, also: conditions(query) }, async (ids) => {
        const rows = await transaction.call.findMany({ where: { id: { in: ids } }, include: rowParts, orderBy: { id: 'desc' } });
        return rows.map(toRow);
      }),
    card: async (scope, callId) => {
      const row = await transaction.call.findFirst({
        where: {
          id: callId,
          ...(scope.repId === null ? {} : { repId: scope.repId }),
          ...(scope.teamId === null ? {} : { teamId: scope.teamId }),
        },
        include: { ...rowParts, events: { orderBy: { id: 'asc' } } },
      });
      return row && toCard(row);
    },
    colleagues: (exceptId, now) => transaction.$queryRaw<CallColleague[]>`
      SELECT id, name, team, state FROM (
        SELECT u.id, u.name, t.name AS team,
          CASE
            WHEN EXISTS (SELECT FROM call c WHERE c.rep_id = u.id AND (NOT c.untaken OR c.volley_id IS NOT NULL) AND c.state <> 'ended')
              OR EXISTS (SELECT FROM call c WHERE c.party = 'rep:' || u.id AND c.party_state <> 'asked' AND c.state <> 'ended') THEN 'inCall'
            WHEN pr.lease_until > ${now}::timestamptz AND pr.state <> 'away' THEN 'free'
            ELSE 'away'
          END AS state
        FROM app_user u LEFT JOIN team t ON t.id = u.team_id LEFT JOIN presence pr ON pr.user_id = u.id
        -- A lead has no place on the screen to take a call: he would be asked and could not answer.
        WHERE u.disabled_at IS NULL AND u.role = 'rep' AND u.id <> ${exceptId}
      ) colleague ORDER BY array_position(ARRAY['free', 'inCall', 'away'], state), name`,
  };
}

/** The metric's condition is the one that the counters are rebuilt by, so that a figure and its rows never part. */
function conditions(filter: CallFilter): Prisma.Sql[] {
  const wanted = <Value>(value: Value | undefined, condition: (value: Value) => Prisma.Sql): Prisma.Sql[] =>
    value === undefined ? [] : [condition(value)];
  return [
    ...wanted(filter.companyId, (id) => Prisma.sql`c.company_id = ${id}`),
    ...wanted(filter.endCause, (cause) => Prisma.sql`c.end_cause::text = ${cause}`),
    ...wanted(filter.dispositionCode, (code) => Prisma.sql`c.disposition_code = ${code}`),
    ...wanted(filter.minTalkSeconds, (seconds) => Prisma.sql`c.talk_seconds >= ${seconds}`),
    ...wanted(
      filter.recorded,
      (recorded) =>
        Prisma.sql`EXISTS (SELECT FROM recording r WHERE r.call_id = c.id AND r.status IN ('ready', 'partial')) = ${recorded === 'true'}`,
    ),
    ...wanted(filter.overdue, isOverdue),
    ...wanted(filter.metric, (metric) => metricCondition(metric, filter.yes)),
  ];
}

function metricCondition(metric: NonNullable<CallFilter['metric']>, yes: 'true' | 'false' | undefined): Prisma.Sql {
  switch (metric) {
    case 'dials':
      return isDial;
    case 'connects':
      return isConnect;
    case 'providerErrors':
      return isProviderError;
    case 'reachDecisionMaker':
    case 'setMeeting': {
      const ended = yes === undefined ? Prisma.sql`true` : Prisma.sql`a.yes = ${yes === 'true'}`;
      return Prisma.sql`EXISTS (SELECT FROM attempt a WHERE a.call_id = c.id AND a.kind::text = ${metric} AND ${ended})`;
    }
    default:
      return metric satisfies never;
  }
}

function toRow(row: RowRecord): CallRow {
  return {
    id: row.id,
    intentAt: isoOf(row.intentAt),
    rep: row.rep,
    company: row.company,
    contactName: row.contact?.name ?? null,
    phone: row.phoneE164,
    direction: row.direction,
    state: row.state,
    endCause: row.endCause,
    dispositionCode: row.dispositionCode === null ? null : dispositionCodeSchema.parse(row.dispositionCode),
    tier: row.tier === null ? null : tierSchema.parse(row.tier),
    talkSeconds: row.talkSeconds,
    listName: row.list?.name ?? null,
    recordingId: row.recording?.id ?? null,
    recordingStatus: row.recording?.status ?? null,
    attempts: row.attempts,
  };
}

type CardRecord = RowRecord & Prisma.CallGetPayload<{ include: { events: true } }>;

function toCard(row: CardRecord): CallCard {
  return {
    ...toRow(row),
    answeredAt: isoOrNull(row.answeredAt),
    endedAt: isoOrNull(row.endedAt),
    reason: reasonSchema.nullable().parse(row.reason),
    note: row.note,
    answers: z.record(z.string(), z.string()).parse(row.answers),
    made: row.made === null ? null : madeSchema.parse(row.made),
    events: row.events.map((event) => ({
      at: isoOf(event.at),
      receivedAt: isoOf(event.receivedAt),
      kind: event.kind,
      carrierWord: event.carrierWord,
    })),
  };
}
