import { z } from 'zod';
import { daySchema, flagSchema, idSchema, instantSchema, pageOf, pageQuery, personSchema } from './common.ts';
import { overCapacitySchema } from './company-card.ts';
import { countedByQuery } from './counted-by.ts';
import { defineEndpoint } from './endpoint.ts';

export const promiseOutcomeSchema = z.enum(['onTime', 'late', 'broken']);

export const promiseRowSchema = z.object({
  id: idSchema,
  outcome: promiseOutcomeSchema,
  promisedAt: instantSchema,
  deadlineAt: instantSchema,
  dialledAt: instantSchema.nullable(),
  overCapacity: overCapacitySchema,
  day: daySchema.describe('The day its outcome counts on'),
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  madeInCallId: idSchema.nullable(),
});
export type PromiseRow = z.infer<typeof promiseRowSchema>;

export const listPromises = defineEndpoint({
  method: 'get',
  path: '/api/promises',
  summary: 'Exactly the promises that a figure of kept, late and broken ones counts, newest first; a rep sees his own',
  access: ['rep', 'lead', 'head', 'admin'],
  query: pageQuery.extend(countedByQuery.shape).extend({
    outcome: promiseOutcomeSchema.optional(),
    dialled: flagSchema.optional().describe('Those that were dialled at all, in time or not'),
  }),
  reply: pageOf(promiseRowSchema),
});
export type PromiseQuery = z.output<typeof listPromises.query>;
