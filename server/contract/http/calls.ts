import { z } from 'zod';
import { announcementStates } from '../../core/calls/announcement.ts';
import {
  acceptedSchema,
  clockTimeSchema,
  daySchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  localTimeSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
} from './common.ts';
import { companyCardSchema, contactRoleSchema, contactSchema, dealSchema, phoneSchema, promiseSchema } from './company-card.ts';
import { countedByQuery } from './counted-by.ts';
import { defineEndpoint } from './endpoint.ts';
import { reasonSchema, tierSchema } from './queue.ts';

export const announcementSchema = z.enum(announcementStates);
const callStateSchema = z.enum(['intent', 'dialing', 'ringing', 'answered', 'ended']);
export const endCauseSchema = z.enum([
  'completed',
  'busy',
  'noAnswer',
  'rejected',
  'invalidNumber',
  'canceled',
  'machine',
  'providerError',
  'unknown',
]);
export const attemptKindSchema = z.enum(['reachDecisionMaker', 'setMeeting', 'holdMeeting', 'close']);

/** The dispositions of domain.md; 1–9 are their keys after a talk, the rest the carrier chooses. */
export const dispositionCodes = [
  'callBack',
  'gatekeeper',
  'refused',
  'sendOffer',
  'meetingSet',
  'notNow',
  'wrongNumber',
  'handOver',
  'kill',
  'busy',
  'noAnswer',
  'rejected',
  'invalidNumber',
  'machine',
  'providerError',
  'canceled',
] as const;
export const dispositionCodeSchema = z.enum(dispositionCodes);
export type DispositionCode = (typeof dispositionCodes)[number];

/** What a disposition may ask for. */
export const requirementSchema = z.enum(['promise', 'meeting', 'reason', 'notNowUntil', 'seller', 'contact', 'note']);
export type Requirement = z.infer<typeof requirementSchema>;

export const dispositionSchema = z.object({
  code: dispositionCodeSchema,
  hotkey: z.string().nullable().describe('1–9 after a talk; null when the carrier chooses it'),
  label: z.string(),
  does: z.string().describe('What it will make, in words'),
  requires: z.array(requirementSchema),
  optional: z.array(requirementSchema),
  reasons: z.array(z.string()).describe('Usual reasons to pick from'),
  afterTalk: z.boolean(),
  withDecisionMaker: z.enum(['yes', 'no', 'ask']).describe('Whether the talk was with a decision maker'),
});
export type Disposition = z.infer<typeof dispositionSchema>;

export const listDispositions = defineEndpoint({
  method: 'get',
  path: '/api/dispositions',
  summary: 'The codes, hotkeys and what each requires',
  access: 'signedIn',
  reply: z.object({ items: z.array(dispositionSchema) }),
});

/** A promise as the rep types it: an exact local time, or a window of a day, in the company's zone. */
export const promiseInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), localTime: localTimeSchema, acceptOverCapacity: z.boolean().default(false) }),
  z.object({ kind: z.literal('window'), day: daySchema, from: clockTimeSchema, to: clockTimeSchema, lastDay: daySchema.optional() }),
]);
export type PromiseInput = z.infer<typeof promiseInputSchema>;

const meetingInputSchema = z.object({
  localTime: localTimeSchema,
  contactId: idSchema.optional(),
  place: z.string().trim().max(200).optional(),
});

export const callSchema = z.object({
  id: idSchema,
  state: callStateSchema,
  endCause: endCauseSchema.nullable(),
  direction: z.enum(['outbound', 'inbound']),
  ambiguous: z.boolean(),
  rep: personSchema,
  companyId: idSchema,
  companyName: z.string(),
  leadId: idSchema.nullable(),
  contactId: idSchema.nullable(),
  phone: z.string(),
  intentAt: instantSchema,
  waitsUntil: instantSchema.nullable().describe('Until when it waits for a line of the carrier before it is dialled'),
  ringingAt: instantSchema.nullable(),
  answeredAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  talkSeconds: z.int(),
  held: z.boolean(),
  muted: z.boolean(),
  party: z
    .object({ state: z.enum(['asked', 'joined', 'merged']), rep: personSchema.nullable(), phone: z.string().nullable() })
    .nullable()
    .describe('Who was asked in besides the prospect: a colleague or a number'),
  recordingPaused: z.boolean(),
  announcement: announcementSchema.nullable().describe('How far the prospect has heard that he is recorded; null when he is not told'),
  answeredBy: z.string().nullable(),
  suggestedDisposition: dispositionCodeSchema.nullable().describe('Chosen by the carrier when there was no talk; Enter confirms'),
  dispositionCode: dispositionCodeSchema.nullable(),
  disposedAt: instantSchema.nullable(),
  draft: z.record(z.string(), z.unknown()).nullable(),
});
export type CallView = z.infer<typeof callSchema>;

/** What one disposition made, told to the rep. */
export const madeSchema = z.object({
  attempts: z.array(z.object({ kind: attemptKindSchema, yes: z.boolean() })),
  deal: dealSchema.nullable(),
  task: z.object({ id: idSchema, title: z.string(), assignee: personSchema, dueAt: instantSchema }).nullable(),
  promise: promiseSchema.nullable(),
  meeting: z.object({ id: idSchema, startsAt: instantSchema }).nullable(),
  handoff: z.object({ id: idSchema, seller: personSchema }).nullable(),
  retryAt: instantSchema.nullable(),
  retiredPhone: z.string().nullable(),
  nextPhone: z.string().nullable(),
  notNowUntil: daySchema.nullable(),
  killed: z.boolean(),
  exhausted: z.boolean(),
  wins: z.array(z.string()),
});
export type Made = z.infer<typeof madeSchema>;

export const workers = ['rep', 'lead', 'head', 'admin'] as const;

export const startCall = defineEndpoint({
  method: 'post',
  path: '/api/calls',
  summary: 'Dial the claimed lead. Header Idempotency-Key: the same key gives the same call',
  access: workers,
  body: z.object({ leadId: idSchema, phoneId: idSchema.optional() }),
  reply: callSchema,
  status: 201,
});

export const currentCall = defineEndpoint({
  method: 'get',
  path: '/api/calls/current',
  summary: "The rep's live call, or the ended one that still wants its outcome; 204 when neither",
  access: workers,
  reply: z.object({
    call: callSchema,
    company: companyCardSchema,
    contact: contactSchema.nullable(),
    phone: phoneSchema.nullable(),
    reason: reasonSchema.nullable(),
  }),
});

export const command = (name: string, summary: string) =>
  defineEndpoint({
    method: 'post',
    path: `/api/calls/:id/${name}`,
    summary,
    access: workers,
    params: idParams,
    reply: acceptedSchema,
    status: 202,
  });

export const hangupCall = command('hangup', 'Hang up; the truth comes as an event');
export const holdCall = command('hold', 'Hold');
export const unholdCall = command('unhold', 'Take off hold');
export const muteCall = command('mute', 'Mute the rep towards the prospect');
export const unmuteCall = command('unmute', 'Unmute');
export const sendDigits = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/dtmf',
  summary: 'Send digits',
  access: workers,
  params: idParams,
  body: z.object({ digits: z.string().regex(/^[0-9*#A-Dw]{1,32}$/) }),
  reply: acceptedSchema,
  status: 202,
});
export const saveDraft = defineEndpoint({
  method: 'put',
  path: '/api/calls/:id/draft',
  summary: 'Autosave what is typed during the call',
  access: workers,
  params: idParams,
  body: z.object({ draft: z.record(z.string(), z.unknown()) }),
  reply: z.object({ savedAt: instantSchema }),
});

export const disposeCall = defineEndpoint({
  method: 'post',
  path: '/api/calls/:id/disposition',
  summary: 'The outcome of a call; makes everything that follows in one transaction. Repeating it returns what was made',
  access: workers,
  params: idParams,
  body: z.object({
    code: dispositionCodeSchema,
    contactId: idSchema.optional(),
    newContact: z.object({ name: textSchema(200), position: z.string().trim().max(200).optional(), role: contactRoleSchema }).optional(),
    withDecisionMaker: z.boolean().optional(),
    meetingNotThePurpose: z.boolean().default(false),
    answers: z.record(z.string(), z.string().max(4000)).default({}),
    promise: promiseInputSchema.optional(),
    meeting: meetingInputSchema.optional(),
    reason: z.string().trim().max(500).optional(),
    notNowUntil: daySchema.optional(),
    sellerId: idSchema.optional(),
    note: z.string().trim().max(10_000).optional(),
  }),
  reply: madeSchema,
});
export type DispositionInput = z.infer<typeof disposeCall.body>;

/** A line of the call list. */
export const callRowSchema = z.object({
  id: idSchema,
  intentAt: instantSchema,
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  contactName: z.string().nullable(),
  phone: z.string(),
  direction: z.enum(['outbound', 'inbound']),
  state: callStateSchema,
  endCause: endCauseSchema.nullable(),
  dispositionCode: dispositionCodeSchema.nullable(),
  tier: tierSchema.nullable(),
  talkSeconds: z.int(),
  listName: z.string().nullable(),
  recordingId: idSchema.nullable(),
  recordingStatus: z.enum(['pending', 'ready', 'partial', 'missing', 'erased']).nullable(),
  attempts: z.array(z.object({ kind: attemptKindSchema, yes: z.boolean() })),
});
export type CallRow = z.infer<typeof callRowSchema>;

/**
 * `metric` narrows to exactly the calls that a figure of a board or a report counts. A meeting held and a deal closed are
 * no call's: their rows are `/api/attempts`.
 */
const callMetricSchema = z.enum(['dials', 'connects', 'providerErrors', 'reachDecisionMaker', 'setMeeting']);

export const listCalls = defineEndpoint({
  method: 'get',
  path: '/api/calls',
  summary: 'Calls, newest first; a rep sees his own',
  access: workers,
  query: pageQuery.extend(countedByQuery.shape).extend({
    companyId: idTextSchema.optional(),
    endCause: endCauseSchema.optional(),
    dispositionCode: dispositionCodeSchema.optional(),
    metric: callMetricSchema.optional(),
    yes: z.enum(['true', 'false']).optional(),
    minTalkSeconds: z.coerce.number().int().min(0).optional(),
    recorded: z.enum(['true', 'false']).optional(),
    recording: z.enum(['overdue']).optional().describe('Those that the alarm of the ledger of recordings counts'),
  }),
  reply: pageOf(callRowSchema),
});
export type CallQuery = z.output<typeof listCalls.query>;

export const getCall = defineEndpoint({
  method: 'get',
  path: '/api/calls/:id',
  summary: "A call's card: events, recording, attempts, why it was chosen, what it made",
  access: workers,
  params: idParams,
  reply: callRowSchema.extend({
    answeredAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    reason: reasonSchema.nullable(),
    note: z.string().nullable(),
    answers: z.record(z.string(), z.string()),
    made: madeSchema.nullable(),
    events: z.array(z.object({ at: instantSchema, receivedAt: instantSchema, kind: z.string(), carrierWord: z.string() })),
  }),
});
