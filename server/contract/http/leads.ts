import { z } from 'zod';
import { idSchema, idTextSchema, instantSchema, pageOf, pageQuery, personSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const managers = ['lead', 'head', 'admin'] as const;

/** A lead on which nothing is tried any more until somebody decides. */
export const exhaustedLeadSchema = z.object({
  leadId: idSchema,
  company: z.object({ id: idSchema, name: z.string(), category: z.enum(['A', 'B', 'C']), region: z.string().nullable() }),
  owner: personSchema.nullable(),
  list: z.object({ id: idSchema, name: z.string() }).nullable(),
  reason: z.enum(['tries', 'noPhone']).describe('All tries used up, or no number left'),
  exhaustedAt: instantSchema,
  triesTotal: z.int(),
  lastTriedAt: instantSchema.nullable(),
  lastCause: z.string().nullable(),
  promisedAt: instantSchema.nullable().describe('A promise that stands on it all the same'),
});
export type ExhaustedLead = z.infer<typeof exhaustedLeadSchema>;

export const listExhausted = defineEndpoint({
  method: 'get',
  path: '/api/leads/exhausted',
  summary: 'Leads whose tries or numbers are used up, the latest first; a lead sees those of his team and of nobody',
  access: managers,
  query: pageQuery.extend({ listId: idTextSchema.optional(), reason: z.enum(['tries', 'noPhone']).optional() }),
  reply: pageOf(exhaustedLeadSchema),
});

export const returnExhausted = defineEndpoint({
  method: 'post',
  path: '/api/leads/exhausted/return',
  summary: 'Count the tries of these leads anew and put them back into the queue',
  access: managers,
  body: z.object({ leadIds: z.array(idSchema).min(1).max(500) }),
  reply: z.object({ returned: z.int() }),
});
