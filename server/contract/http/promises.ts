import { z } from 'zod';
import { promiseInputSchema } from './calls.ts';
import {
  daySchema,
  doneSchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
} from './common.ts';
import { overCapacitySchema, promiseSchema } from './company-card.ts';
import { defineEndpoint } from './endpoint.ts';

const workers = ['rep', 'lead', 'head', 'admin'] as const;
const reasonSchema = textSchema(300);

export const makePromise = defineEndpoint({
  method: 'post',
  path: '/api/promises',
  summary: 'Promise a next contact by hand; 409 promiseOpen when one is open already, 409 overCapacity asks once',
  access: [...workers, 'seller'],
  body: z.object({
    companyId: idSchema,
    contactId: idSchema.optional(),
    promise: promiseInputSchema,
    note: z.string().trim().max(1_000).optional(),
  }),
  reply: promiseSchema,
  status: 201,
});
export type NewPromiseInput = z.output<typeof makePromise.body>;

export const movePromise = defineEndpoint({
  method: 'patch',
  path: '/api/promises/:id',
  summary: 'Move an open promise to another time, with the reason; answers the promise that took its place. 409 overCapacity asks once',
  access: workers,
  params: idParams,
  body: z.object({ promise: promiseInputSchema, reason: reasonSchema }),
  reply: promiseSchema,
});

export const handOverPromise = defineEndpoint({
  method: 'post',
  path: '/api/promises/:id/hand-over',
  summary: 'Give an open promise to another rep, with the reason',
  access: workers,
  params: idParams,
  body: z.object({ repId: idSchema, reason: reasonSchema }),
  reply: promiseSchema,
});

export const withdrawPromise = defineEndpoint({
  method: 'post',
  path: '/api/promises/:id/withdraw',
  summary: 'End an open promise that is owed no more, with the reason',
  access: workers,
  params: idParams,
  body: z.object({ reason: reasonSchema }),
  reply: doneSchema,
});

/** One deed in the life of a promise. `made` begins it; `met` is how a dial, or the prospect's own call, met it. */
export const promiseDeedSchema = z.object({
  promiseId: idSchema,
  kind: z.enum(['made', 'moved', 'handedOver', 'withdrawn', 'fulfilledByInbound', 'met']),
  at: instantSchema,
  by: personSchema.nullable(),
  reason: z.string().nullable(),
  callId: idSchema.nullable(),
  fromRep: personSchema.nullable(),
  toRep: personSchema.nullable(),
  fromPromisedAt: instantSchema.nullable(),
  toPromisedAt: instantSchema.nullable(),
  outcome: z.enum(['onTime', 'late', 'broken']).nullable(),
});
export type PromiseDeedView = z.infer<typeof promiseDeedSchema>;

export const promiseHistory = defineEndpoint({
  method: 'get',
  path: '/api/promises/:id/history',
  summary: 'Who made, moved, handed over and met a promise, when and why, across all the times it was moved to; oldest first',
  access: workers,
  params: idParams,
  reply: z.object({ items: z.array(promiseDeedSchema) }),
});

export const promiseSummarySchema = z.object({
  onTime: z.int(),
  late: z.int(),
  broken: z.int(),
  onTimeShare: z.number().nullable().describe('Of all that were met or broken; null when there was none'),
  p90LatenessMinutes: z.number().nullable().describe('After the deadline, over all dialled ones; on time counts as 0'),
  open: z.int(),
  oldestOpen: z
    .object({ promiseId: idSchema, companyId: idSchema, companyName: z.string(), rep: personSchema, deadlineAt: instantSchema })
    .nullable()
    .describe('The open one with the earliest deadline'),
});
export type PromiseSummary = z.infer<typeof promiseSummarySchema>;

export const promiseSummary = defineEndpoint({
  method: 'get',
  path: '/api/promises/summary',
  summary: 'Share on time, 90th percentile of lateness and the oldest open promise; a rep sees his own, a lead his team, a head everybody',
  access: workers,
  query: z.object({ repId: idTextSchema.optional(), teamId: idTextSchema.optional(), from: daySchema, to: daySchema }),
  reply: promiseSummarySchema,
});

export const openPromiseRowSchema = z.object({
  id: idSchema,
  kind: z.enum(['exact', 'window']),
  startsAt: instantSchema,
  promisedAt: instantSchema,
  deadlineAt: instantSchema,
  dialledAt: instantSchema.nullable().describe('Dialled already, nobody reached yet'),
  overCapacity: overCapacitySchema,
  note: z.string().nullable(),
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string(), timeZone: z.string() }),
});
export type OpenPromiseRow = z.infer<typeof openPromiseRowSchema>;

export const listOpenPromises = defineEndpoint({
  method: 'get',
  path: '/api/promises/open',
  summary: 'The open promises that the summary counts, the earliest deadline first',
  access: workers,
  query: pageQuery.extend({ repId: idTextSchema.optional(), teamId: idTextSchema.optional() }),
  reply: pageOf(openPromiseRowSchema).describe('With the total on the first page'),
});
