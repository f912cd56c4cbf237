import { z } from 'zod';
import { companyCardSchema, contactSchema, overCapacitySchema, phoneSchema } from './company-card.ts';
import { daySchema, doneSchema, idSchema, idTextSchema, instantSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';
import { listDialingSchema } from './list-dialing.ts';

export const tierSchema = z.enum(['due', 'overdueToday', 'overdueEarlier', 'hot', 'customer', 'early', 'cold']);

/** An obligation that stands earlier but may not be called now, with why. */
const skippedSchema = z.object({ companyId: idSchema, companyName: z.string(), why: z.string() });

const runnerUpSchema = z.object({
  companyId: idSchema,
  companyName: z.string(),
  tier: tierSchema,
  text: z.string(),
  lostBy: z.string().default('tier').describe('The rule of the order by which it lost'),
  lost: z.string().default('').describe('The same in words'),
});

/** Why this one: the rule that chose it, in the reader's language, and the values it chose by. */
export const reasonSchema = z.object({
  tier: tierSchema,
  text: z.string(),
  minutesLate: z.int().nullable(),
  promisedAt: instantSchema.nullable(),
  stage: z.string().nullable(),
  category: z.enum(['A', 'B', 'C']),
  lastContactAt: instantSchema.nullable(),
  tries: z.int(),
  listName: z.string().nullable(),
  /** Set when the promise belongs to an absent colleague and the team takes it. */
  takenOverFrom: z.string().nullable(),
  /** Obligations of his that were passed over. */
  skipped: z.array(skippedSchema).default([]),
  /** Who would have been called otherwise, and why it lost. */
  runnerUp: runnerUpSchema.nullable().default(null),
  ruleVersion: z.int(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** A lead held for this rep, with all that the call screen shows. */
export const claimSchema = z.object({
  dialing: listDialingSchema.describe('How this card is dialled; what is in no list waits for the key'),
  lead: z.object({ id: idSchema, listId: idSchema.nullable(), triesTotal: z.int(), triesToday: z.int() }),
  company: companyCardSchema,
  contact: contactSchema.nullable(),
  phone: phoneSchema,
  reason: reasonSchema,
  runnerUp: runnerUpSchema.nullable(),
  claimedAt: instantSchema,
  leaseUntil: instantSchema,
});
export type Claim = z.infer<typeof claimSchema>;

const workers = ['rep', 'lead', 'head', 'admin'] as const;
const readers = ['rep', 'lead', 'head', 'admin'] as const;

export const nextCall = defineEndpoint({
  method: 'post',
  path: '/api/queue/next',
  summary: 'Claim the right next call; 204 when there is none now. Asking again returns the same claim',
  access: workers,
  reply: claimSchema,
});

export const currentClaim = defineEndpoint({
  method: 'get',
  path: '/api/queue/claim',
  summary: 'What this rep holds now; 204 when nothing',
  access: workers,
  reply: claimSchema,
});

export const heartbeatClaim = defineEndpoint({
  method: 'post',
  path: '/api/queue/heartbeat',
  summary: 'Keep the claim; 409 claimLost when it has gone back to the queue',
  access: workers,
  body: z.object({ leadId: idSchema }),
  reply: z.object({ leaseUntil: instantSchema }),
});

export const releaseClaim = defineEndpoint({
  method: 'post',
  path: '/api/queue/release',
  summary: 'Give the claim back to exactly its place',
  access: workers,
  body: z.object({ leadId: idSchema, why: textSchema(200) }),
  reply: doneSchema,
});

export const queueItemSchema = z.object({
  leadId: idSchema,
  companyId: idSchema,
  companyName: z.string(),
  timeZone: z.string(),
  tier: tierSchema,
  promisedAt: instantSchema.nullable(),
  stage: z.string().nullable(),
  category: z.enum(['A', 'B', 'C']),
  reason: z.string(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

export const previewQueue = defineEndpoint({
  method: 'get',
  path: '/api/queue/preview',
  summary: "A rep's queue in order as of any instant; nothing is claimed. A rep may look at his own only",
  access: readers,
  query: z.object({
    repId: idTextSchema.optional(),
    at: instantSchema.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  reply: z.object({ at: instantSchema, items: z.array(queueItemSchema), depth: z.record(tierSchema, z.int()) }),
});

/** What keeps a lead out of a rep's queue now. */
export const exclusionSchema = z.enum([
  'noLead',
  'held',
  'inCall',
  'ownedByAnother',
  'closedHours',
  'doNotCall',
  'killed',
  'notNow',
  'retryPause',
  'companyPause',
  'promiseLater',
  'attemptsToday',
  'exhausted',
  'notInList',
  'listPaused',
  'noPhone',
  'noConsent',
]);
export type Exclusion = z.infer<typeof exclusionSchema>;

export const whyQueue = defineEndpoint({
  method: 'get',
  path: '/api/queue/why',
  summary: "Why a company is or is not in a rep's queue now",
  access: readers,
  query: z.object({ companyId: idTextSchema, repId: idTextSchema.optional() }),
  reply: z.object({
    inQueue: z.boolean(),
    place: z.int().nullable().describe('1 is next; null when out or beyond the first 500'),
    tier: tierSchema.nullable(),
    text: z.string(),
    exclusions: z.array(
      z.object({
        code: exclusionSchema,
        text: z.string(),
        until: instantSchema.nullable(),
        fix: z.object({ fix: z.string(), text: z.string() }).describe('What can be done about it'),
      }),
    ),
  }),
});

export const daySlots = defineEndpoint({
  method: 'get',
  path: '/api/schedule',
  summary: "A rep's day laid out",
  access: readers,
  query: z.object({ repId: idTextSchema.optional(), date: daySchema.optional() }),
  reply: z.object({
    date: daySchema,
    timeZone: z.string(),
    slots: z.array(
      z.object({
        start: instantSchema,
        end: instantSchema,
        leadId: idSchema.nullable(),
        callId: idSchema.nullable(),
        companyId: idSchema,
        companyName: z.string(),
        tier: tierSchema.nullable(),
        promisedAt: instantSchema.nullable(),
        promise: z
          .object({ id: idSchema, timeZone: z.string(), overCapacity: overCapacitySchema })
          .nullable()
          .describe('What can be moved: an open promise, on the clock of its company'),
        state: z.enum(['done', 'live', 'planned']),
        lateRisk: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .describe('How probable it is that the promise is dialled after its deadline; null without one'),
        atRisk: z.boolean().describe('It is kept less surely than the promise guard asks for'),
      }),
    ),
    depth: z.record(tierSchema, z.int()),
  }),
});

export const capacity = defineEndpoint({
  method: 'get',
  path: '/api/schedule/capacity',
  summary: 'How full each quarter of an hour of a rep is, and the nearest free ones',
  access: readers,
  query: z.object({ repId: idTextSchema.optional(), date: daySchema }),
  reply: z.object({
    date: daySchema,
    quarters: z.array(z.object({ start: instantSchema, promises: z.int(), room: z.int() })),
    nearestFree: z.array(instantSchema),
  }),
});
