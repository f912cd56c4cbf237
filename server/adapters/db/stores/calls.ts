import { z } from 'zod';
import type { CallRecord, CallStore, DialTarget, NewCall } from '../../../app/ports/stores/calls.ts';
import { madeSchema } from '../../../contract/http/calls.ts';
import type { CarrierEvent, CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { partyWord } from '../../../core/calls/call-party.ts';
import { endCauses } from '../../../core/calls/carrier-event.ts';
import type { Transaction } from '../client.ts';
import type { Call } from '../generated/client.ts';
import { announcementStateSchema, answeredBySchema, callView, partyStateSchema } from '../reads/call-view.ts';
import { dateOfDay, dayOf } from '../days.ts';

export function callStore(transaction: Transaction): CallStore {
  return { ...finding(transaction), ...writing(transaction), ...logging(transaction) };
}

function toRecord(row: Call): CallRecord {
  return {
    ...row,
    day: dayOf(row.day),
    answeredBy: answeredBySchema.parse(row.answeredBy),
    partyState: partyStateSchema.parse(row.partyState),
    announcement: announcementStateSchema.parse(row.announcement),
    made: row.made === null ? null : madeSchema.parse(row.made),
  };
}

type Finding = Pick<CallStore, 'askedInto' | 'inCall' | 'withKey' | 'openOf' | 'find' | 'lock' | 'dialTarget' | 'staleSince' | 'view'>;

function finding(transaction: Transaction): Finding {
  const find = async (callId: number): Promise<CallRecord | null> => {
    const row = await transaction.call.findUnique({ where: { id: callId } });
    return row && toRecord(row);
  };
  return {
    find,
    askedInto: async (repId) => {
      const party = partyWord({ kind: 'rep', repId });
      const rows = await transaction.call.findMany({ where: { party, state: { not: 'ended' } }, orderBy: { id: 'asc' } });
      return rows.map(toRecord);
    },
    inCall: async (companyId) => (await transaction.call.count({ where: { companyId, disposedAt: null } })) > 0,
    withKey: async (repId, idempotencyKey) => {
      const row = await transaction.call.findUnique({ where: { repId_idempotencyKey: { repId, idempotencyKey } } });
      return row && toRecord(row);
    },
    openOf: async (repId) => {
      const row = await transaction.call.findFirst({ where: { repId, disposedAt: null, untaken: false }, orderBy: { id: 'desc' } });
      return row && toRecord(row);
    },
    lock: async (callId) => {
      // The lead first, the call second: the order in which starting a call locks.
      await transaction.$queryRaw`SELECT l.id FROM lead l JOIN call c ON c.lead_id = l.id WHERE c.id = ${callId} FOR NO KEY UPDATE OF l`;
      await transaction.$queryRaw`SELECT id FROM call WHERE id = ${callId} FOR NO KEY UPDATE`;
      return find(callId);
    },
    dialTarget: (leadId) => dialTarget(transaction, leadId),
    staleSince: async (instant) => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT c.id FROM call c
        WHERE c.state <> 'ended'
          AND (c.ambiguous OR greatest(c.intent_at, (SELECT max(e.received_at) FROM call_event e WHERE e.call_id = c.id)) < ${instant}::timestamptz)
        ORDER BY c.id`;
      return rows.map((row) => row.id);
    },
    view: (callId) => callView(transaction, callId),
  };
}

async function dialTarget(transaction: Transaction, leadId: number): Promise<DialTarget | null> {
  await transaction.$queryRaw`SELECT id FROM lead WHERE id = ${leadId} FOR NO KEY UPDATE`;
  const lead = await transaction.lead.findUnique({
    where: { id: leadId },
    include: {
      company: { include: { phones: { orderBy: [{ position: 'asc' }, { id: 'asc' }] }, promises: { where: { status: 'open' }, take: 1 } } },
    },
  });
  if (!lead) return null;
  const { company } = lead;
  const [openPromise] = company.promises;
  return {
    companyId: company.id,
    timeZone: company.timeZone,
    status: company.status,
    doNotCall: company.doNotCall,
    consent: company.consent,
    listId: lead.listId,
    channelId: company.channelId,
    sourceId: company.sourceId,
    openPromise: openPromise ? { id: openPromise.id, contactId: openPromise.contactId } : null,
    phones: company.phones.map((phone) => ({
      id: phone.id,
      e164: phone.e164,
      contactId: phone.contactId,
      retired: phone.retiredAt !== null,
      doNotCall: phone.doNotCall,
      consent: phone.consent,
    })),
  };
}

type Writing = Pick<CallStore, 'create' | 'saveFold' | 'saveDialled' | 'saveDraft' | 'saveOutcome'>;

function writing(transaction: Transaction): Writing {
  return {
    create: (call) => create(transaction, call),
    saveFold: async (callId, folded, { dialedAt, announcement }) => {
      const { state, endCause, waitsUntil, ringingAt, answeredAt, endedAt, talkSeconds, held, muted, recordingPaused, answeredBy } = folded;
      const party = { party: folded.party?.word ?? null, partyState: folded.party?.state ?? null };
      const instants = { dialedAt, waitsUntil, ringingAt, answeredAt, endedAt };
      const settled = state === 'ended' ? { ambiguous: false } : {};
      await transaction.call.update({
        where: { id: callId },
        data: { state, endCause, ...instants, talkSeconds, held, muted, recordingPaused, answeredBy, announcement, ...party, ...settled },
      });
    },
    saveDialled: async (callId, { carrierCallId, dialedAt, ambiguous }) => {
      await transaction.call.update({ where: { id: callId }, data: { carrierCallId, dialedAt, ambiguous } });
    },
    saveDraft: async (callId, draft) => {
      await transaction.call.update({ where: { id: callId }, data: { draft: z.record(z.string(), z.json()).parse(draft) } });
    },
    saveOutcome: async (callId, { code, at, contactId, answers, note, made }) => {
      const data = { dispositionCode: code, disposedAt: at, contactId, answers, note, made };
      await transaction.call.update({ where: { id: callId }, data });
    },
  };
}

async function create(transaction: Transaction, call: NewCall): Promise<number | null> {
  // ON CONFLICT without a target: the key and both guards of live calls refuse alike, and the transaction lives on.
  const rows = await transaction.$queryRaw<{ id: number }[]>`
    INSERT INTO call (idempotency_key, rep_id, company_id, lead_id, contact_id, phone_id, phone_e164, from_e164, carrier, intent_at,
      tier, reason, promise_id, list_id, channel_id, source_id, team_id, day, hour, company_day, volley_id, untaken, announcement)
    VALUES (${call.idempotencyKey}, ${call.repId}, ${call.companyId}, ${call.leadId}, ${call.contactId}, ${call.phoneId}, ${call.phoneE164}, ${call.fromE164},
      ${call.carrier}, ${call.intentAt}::timestamptz, ${call.reason?.tier ?? null}, ${JSON.stringify(call.reason)}::jsonb, ${call.promiseId},
      ${call.listId}, ${call.channelId}, ${call.sourceId}, ${call.teamId}, ${dateOfDay(call.day)}::date, ${call.hour}, ${dateOfDay(call.companyDay)}::date,
      ${call.volleyId}::int, ${call.volleyId !== null}, ${call.announces ? 'asked' : null})
    ON CONFLICT DO NOTHING RETURNING id`;
  return rows[0]?.id ?? null;
}

type Logging = Pick<CallStore, 'append' | 'events'>;

function logging(transaction: Transaction): Logging {
  return {
    append: async (event, receivedAt) => {
      const written = await transaction.callEvent.createMany({
        data: {
          callId: event.callId,
          eventKey: event.eventKey,
          kind: event.body.kind,
          at: event.at,
          receivedAt,
          carrierWord: event.carrierWord,
          body: { ...event.body },
        },
        skipDuplicates: true,
      });
      return written.count === 1;
    },
    events: async (callId) => {
      const rows = await transaction.callEvent.findMany({ where: { callId }, orderBy: { id: 'asc' } });
      return rows.map((row): CarrierEvent => ({
        callId,
        eventKey: row.eventKey,
        at: row.at,
        carrierWord: row.carrierWord,
        body: bodySchema.parse(row.body),
      }));
    },
  };
}

const bare = z.enum([
  ...(['dialing', 'ringing', 'answered', 'held', 'unheld', 'muted', 'unmuted'] as const),
  ...(['recordingPaused', 'recordingResumed', 'announcementEnded', 'voicemail', 'unknown'] as const),
]);
const bodySchema: z.ZodType<CarrierEventBody> = z.union([
  z.object({ kind: bare }),
  z.object({ kind: z.literal('answeredBy'), by: z.enum(['human', 'machine', 'unknown']) }),
  z.object({ kind: z.literal('digits'), digits: z.string() }),
  z.object({ kind: z.literal('messageLeft'), clipId: z.number() }),
  z.object({ kind: z.literal('announcementStarted'), seconds: z.number() }),
  z.object({ kind: z.literal('transferred'), to: z.string() }),
  z.object({ kind: z.enum(['partyAsked', 'partyJoined', 'partyMerged', 'partyLeft']), party: z.string() }),
  z.object({ kind: z.literal('waiting'), seconds: z.number() }),
  z.object({ kind: z.literal('ended'), cause: z.enum(endCauses), takenBack: z.boolean().optional() }),
]);
