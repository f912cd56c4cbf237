import { z } from 'zod';
import { daySchema, idSchema, idTextSchema, instantSchema, pageOf, pageQuery, personSchema, textSchema } from './common.ts';
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
  summary:
    'Leads whose tries or numbers are used up and that wait for a decision, the latest first; a lead sees those of his team and of nobody',
  access: managers,
  query: pageQuery.extend({ listId: idTextSchema.optional(), reason: z.enum(['tries', 'noPhone']).optional() }),
  reply: pageOf(exhaustedLeadSchema).describe('With the total on the first page'),
});

/** What becomes of exhausted leads: back into their queue, into another list, or rest until a day. */
const decisionShape = {
  leadIds: z.array(idSchema).min(1).max(500),
  listId: idSchema.optional().describe('They are called from this list from now on'),
  notNow: z
    .object({ until: daySchema, reason: textSchema(500).optional() })
    .optional()
    .describe('They come back on that day'),
};

export const returnExhausted = defineEndpoint({
  method: 'post',
  path: '/api/leads/exhausted/return',
  summary: 'Count the tries of these leads anew and put them back into the queue: now, from another list, or on a later day',
  access: managers,
  body: z
    .object(decisionShape)
    .refine(({ listId, notNow }) => listId === undefined || notNow === undefined, { message: 'either a list or a day', path: ['notNow'] }),
  reply: z.object({
    returned: z.int(),
    withoutPhone: z.int().describe('Stay exhausted: there is no number to dial'),
  }),
});
export type ExhaustedDecision = z.output<typeof returnExhausted.body>;
