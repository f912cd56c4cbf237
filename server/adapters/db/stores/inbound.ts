import type { InboundStore, Responsible } from '../../../app/ports/stores/inbound.ts';
import type { NumberMatch } from '../../../core/inbound/choose-company.ts';
import { isAbsentOn } from '../absence.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { dateOfDay } from '../days.ts';
import { missedCalls, ringView } from '../reads/inbound.ts';
import { inboundClaims } from './inbound-claims.ts';
import { inboundRings } from './inbound-rings.ts';

export function inboundStore(transaction: Transaction): InboundStore {
  return {
    ...callers(transaction),
    ...people(transaction),
    ...calls(transaction),
    ...inboundRings(transaction),
    ...inboundClaims(transaction),
    ring: (callId) => ringView(transaction, callId),
    missed: (filter) => missedCalls(transaction, filter),
  };
}

type Callers = Pick<InboundStore, 'lockNumber' | 'known' | 'matches' | 'company' | 'ownSource' | 'numberForTraining'>;

function callers(transaction: Transaction): Callers {
  return {
    lockNumber: async (number) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`inbound ${number}`}, 0))`;
    },
    known: async (carrier, carrierCallId) =>
      (await transaction.call.findFirst({ where: { carrier, carrierCallId, direction: 'inbound' }, select: { id: true } }))?.id ?? null,
    matches: (number) => transaction.$queryRaw<NumberMatch[]>`
      SELECT ph.company_id AS "companyId", ph.id AS "phoneId", ph.contact_id AS "contactId", ph.retired_at IS NOT NULL AS retired,
        c.status::text AS status, p.promised_at AS "promisedAt",
        (SELECT max(k.intent_at) FROM call k WHERE k.company_id = c.id AND k.phone_id = ph.id) AS "lastCallAt"
      FROM phone ph JOIN company c ON c.id = ph.company_id
      LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
      WHERE ph.e164 = ${number}`,
    company: async (companyId) => {
      const row = await transaction.company.findUnique({
        where: { id: companyId },
        include: {
          source: true,
          lead: { select: { listId: true } },
          promises: { where: { status: 'open' }, take: 1 },
          phones: { where: { retiredAt: null }, take: 1, select: { id: true } },
        },
      });
      if (!row) return null;
      const { id, name, timeZone, status, doNotCall, ownerId, channelId, sourceId } = row;
      return {
        ...{ id, name, timeZone, status, doNotCall, ownerId, channelId, sourceId },
        obligationMinutes: row.source?.obligationMinutes ?? null,
        listId: row.lead?.listId ?? null,
        promise: row.promises[0] ?? null,
        hasPhone: row.phones.length > 0,
      };
    },
    ownSource: async (name, obligationMinutes) => {
      const { id } = await transaction.source.upsert({ where: { name }, create: { name, obligationMinutes }, update: {} });
      return id;
    },
    numberForTraining: async (repId) => {
      const rows = await transaction.$queryRaw<{ number: string }[]>`
        SELECT number FROM (
          (SELECT phone_e164 AS number, 1 AS place FROM call
            WHERE rep_id = ${repId} AND direction = 'outbound' AND company_id NOT IN (SELECT company_id FROM call WHERE state <> 'ended')
            ORDER BY id DESC LIMIT 1)
          UNION ALL
          (SELECT ph.e164, 2 FROM phone ph JOIN company c ON c.id = ph.company_id
            WHERE ph.retired_at IS NULL AND c.status = 'active' ORDER BY (c.owner_id = ${repId}) DESC NULLS LAST, ph.id LIMIT 1)
        ) known ORDER BY place LIMIT 1`;
      return rows[0]?.number ?? null;
    },
  };
}

const responsibleParts = { id: true, teamId: true, timeZone: true } as const;

function people(transaction: Transaction): Pick<InboundStore, 'answering' | 'lastCaller' | 'leastLoaded'> {
  return {
    answering: async (userIds) => {
      const rows = await transaction.user.findMany({
        where: { id: { in: [...userIds] }, disabledAt: null, role: { in: ['rep', 'lead'] } },
        select: responsibleParts,
      });
      return userIds.flatMap((id) => rows.find((row) => row.id === id) ?? []);
    },
    lastCaller: async (companyId) =>
      (await transaction.call.findFirst({ where: { companyId }, orderBy: { intentAt: 'desc' }, select: { repId: true } }))?.repId ?? null,
    leastLoaded: async (now) => {
      const rows = await transaction.$queryRaw<Responsible[]>`
        SELECT u.id, u.team_id AS "teamId", u.time_zone AS "timeZone" FROM app_user u
        LEFT JOIN presence pr ON pr.user_id = u.id
        WHERE u.role = 'rep' AND u.disabled_at IS NULL
        ORDER BY ${isAbsentOn('u', Prisma.sql`(${now}::timestamptz AT TIME ZONE u.time_zone)::date`)},
          coalesce(pr.state = 'ready' AND pr.lease_until > ${now}::timestamptz, false) DESC,
          (SELECT count(*) FROM promise p WHERE p.rep_id = u.id AND p.status = 'open')
            + (SELECT count(*) FROM task t WHERE t.assignee_id = u.id AND t.done_at IS NULL), u.id
        LIMIT 1`;
      return rows[0] ?? null;
    },
  };
}

type Calls = Pick<InboundStore, 'create' | 'take' | 'adopt' | 'untake' | 'saveVoicemail' | 'saveDisposedAt' | 'arriving' | 'companyInCall'>;

function calls(transaction: Transaction): Calls {
  return {
    create: async ({ day, companyDay, ...call }) => {
      const dates = { day: dateOfDay(day), companyDay: dateOfDay(companyDay) };
      const { id } = await transaction.call.create({ data: { ...call, ...dates, direction: 'inbound', untaken: true } });
      return id;
    },
    take: async (callId, repId, { teamId, day, hour, announces }) => {
      const { count } = await transaction.call.updateMany({
        where: { id: callId, untaken: true, state: { not: 'ended' }, voicemailAt: null },
        data: { untaken: false, repId, teamId, day: dateOfDay(day), hour, announcement: announces ? 'asked' : null },
      });
      return count === 1;
    },
    adopt: async (callId, repId) => {
      const made = await transaction.dealMove.findFirst({ where: { callId, fromPosition: null }, select: { deal: true } });
      if (!made || made.deal.status !== 'open') return;
      const { count } = await transaction.company.updateMany({
        where: { id: made.deal.companyId, ownerId: null },
        data: { ownerId: repId },
      });
      if (count === 1) await transaction.deal.update({ where: { id: made.deal.id }, data: { ownerId: repId } });
    },
    untake: async (callId) => {
      await transaction.call.updateMany({
        where: { id: callId, state: { not: 'ended' }, answeredAt: null },
        data: { untaken: true, announcement: null },
      });
    },
    saveVoicemail: async (callId, at) => {
      await transaction.call.update({ where: { id: callId }, data: { voicemailAt: at } });
    },
    saveDisposedAt: async (callId, at) => {
      await transaction.call.update({ where: { id: callId }, data: { disposedAt: at } });
    },
    arriving: async () => {
      const rows = await transaction.$queryRaw<
        { id: number }[]
      >`SELECT id FROM call WHERE state <> 'ended' AND untaken AND direction = 'inbound' ORDER BY id`;
      return rows.map((row) => row.id);
    },
    companyInCall: async (callId) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT k.id FROM call c JOIN call k ON k.company_id = c.company_id AND k.id <> c.id AND k.state <> 'ended' AND (NOT k.untaken OR k.volley_id IS NOT NULL)
        WHERE c.id = ${callId} LIMIT 1`;
      return rows.length > 0;
    },
  };
}
