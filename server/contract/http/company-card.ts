import { z } from 'zod';
import { categorySchema, daySchema, idSchema, instantSchema, personSchema } from './common.ts';
import { listDialingSchema } from './list-dialing.ts';

export const contactRoleSchema = z.enum(['decisionMaker', 'influencer', 'shapesDecision', 'gatekeeper', 'unknown']);
export type ContactRole = z.infer<typeof contactRoleSchema>;

export const contactSchema = z.object({
  id: idSchema,
  name: z.string(),
  position: z.string().nullable(),
  role: contactRoleSchema,
  email: z.string().nullable(),
  left: z.boolean(),
});

export const consentSchema = z.enum(['unknown', 'given', 'withdrawn']);

export const phoneSchema = z.object({
  id: idSchema,
  e164: z.string(),
  extension: z.string().nullable(),
  contactId: idSchema.nullable(),
  retired: z.boolean(),
  retiredReason: z.string().nullable(),
  doNotCall: z.boolean(),
  consent: consentSchema.describe('Of this number; unknown leaves it to the company'),
});

/** Promised on purpose at a time that was full already. */
export const overCapacitySchema = z.boolean().describe('Promised although its quarter of an hour was full');

export const promiseSchema = z.object({
  id: idSchema,
  companyId: idSchema,
  contactId: idSchema.nullable(),
  rep: personSchema,
  kind: z.enum(['exact', 'window']),
  origin: z.enum(['callback', 'offer', 'meeting', 'inbound', 'source', 'manual', 'abandoned']),
  localTime: z.string(),
  timeZone: z.string(),
  startsAt: instantSchema,
  promisedAt: instantSchema,
  deadlineAt: instantSchema,
  status: z.enum(['open', 'fulfilled', 'moved', 'withdrawn']),
  outcome: z.enum(['pending', 'onTime', 'late', 'broken']),
  overCapacity: overCapacitySchema,
  note: z.string().nullable(),
  moveReason: z.string().nullable().describe('Why it was moved or withdrawn'),
});
export type PromiseView = z.infer<typeof promiseSchema>;

export const dealSchema = z.object({
  id: idSchema,
  title: z.string(),
  companyId: idSchema,
  owner: personSchema,
  stage: z.object({ id: idSchema, position: z.int(), name: z.string(), heat: z.enum(['early', 'hot', 'won']), normDays: z.int() }),
  stages: z.int().describe('How many stages the funnel has'),
  amount: z.number().nullable(),
  status: z.enum(['open', 'won', 'lost']),
  stageSince: instantSchema,
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  startedOn: daySchema.nullable(),
});
export type DealView = z.infer<typeof dealSchema>;

export const winKindSchema = z.enum(['stageUp', 'meetingHeld', 'handoffAccepted', 'newDecisionMaker', 'workStarted']);

/** One line of a company's history, newest first. */
export const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    at: instantSchema,
    callId: idSchema,
    rep: personSchema,
    contactName: z.string().nullable(),
    direction: z.enum(['outbound', 'inbound']),
    endCause: z.string().nullable(),
    dispositionCode: z.string().nullable(),
    talkSeconds: z.int(),
    note: z.string().nullable(),
    recordingId: idSchema.nullable(),
    company: personSchema.nullable().describe('Another company, where a person of this one was spoken to before he moved here'),
  }),
  z.object({ kind: z.literal('promise'), at: instantSchema, promise: promiseSchema }),
  z.object({
    kind: z.literal('deal'),
    at: instantSchema,
    dealId: idSchema,
    title: z.string(),
    status: z.enum(['won', 'lost']),
    reason: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('task'),
    at: instantSchema,
    taskId: idSchema,
    title: z.string(),
    assignee: personSchema,
    dueAt: instantSchema,
    done: z.boolean(),
  }),
  z.object({ kind: z.literal('win'), at: instantSchema, win: winKindSchema, rep: personSchema }),
  z.object({ kind: z.literal('note'), at: instantSchema, author: personSchema.nullable(), text: z.string() }),
  z.object({ kind: z.literal('stage'), at: instantSchema, from: z.string().nullable(), to: z.string(), back: z.boolean() }),
  z.object({
    kind: z.literal('meeting'),
    at: instantSchema,
    meetingId: idSchema,
    status: z.enum(['planned', 'held', 'failed']),
    place: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('visit'),
    at: instantSchema,
    contactName: z.string().nullable(),
    result: z.string().nullable(),
    note: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('handoff'),
    at: instantSchema,
    handoffId: idSchema,
    seller: personSchema,
    status: z.enum(['pending', 'accepted', 'returned']),
  }),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;

/** Everything a rep sees of a company while he works on it. */
export const companyCardSchema = z.object({
  id: idSchema,
  name: z.string(),
  legalName: z.string().nullable(),
  taxNumber: z.string().nullable(),
  category: categorySchema,
  status: z.enum(['active', 'notNow', 'killed']),
  statusReason: z.string().nullable(),
  notNowUntil: daySchema.nullable(),
  doNotCall: z.boolean(),
  doNotCallReason: z.string().nullable(),
  consent: consentSchema,
  hours: z
    .object({
      callFrom: z.string().nullable(),
      callTo: z.string().nullable(),
      lunchFrom: z.string().nullable(),
      lunchTo: z.string().nullable(),
    })
    .describe('Hours of its own on its own clock; null as in the settings'),
  isCustomer: z.boolean(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  site: z.string().nullable(),
  region: z.string().nullable(),
  channel: z.string().nullable(),
  subchannel: z.string().nullable(),
  source: z.string().nullable(),
  regionId: idSchema.nullable(),
  channelId: idSchema.nullable(),
  subchannelId: idSchema.nullable(),
  sourceId: idSchema.nullable(),
  timeZone: z.string(),
  country: z.string().describe('Of its region; its holidays count'),
  owner: personSchema.nullable(),
  notes: z.string(),
  fields: z.record(z.string(), z.string()),
  contacts: z.array(contactSchema),
  phones: z.array(phoneSchema),
  deal: dealSchema.nullable(),
  promise: promiseSchema.nullable().describe('The open one'),
  lastContactAt: instantSchema.nullable(),
  triesTotal: z.int(),
  triesToday: z.int(),
  list: z.object({ id: idSchema, name: z.string(), dialing: listDialingSchema }).nullable(),
  timeline: z.array(timelineItemSchema),
});
export type CompanyCard = z.infer<typeof companyCardSchema>;
