import { z } from 'zod';
import { attemptKindSchema } from './calls.ts';
import { daySchema, idSchema, idTextSchema, instantSchema, pageOf, pageQuery, personSchema } from './common.ts';
import { countedByQuery } from './counted-by.ts';
import { defineEndpoint } from './endpoint.ts';

export const attemptRowSchema = z.object({
  id: idSchema,
  kind: attemptKindSchema,
  yes: z.boolean(),
  at: instantSchema,
  day: daySchema.describe('The day it counts on'),
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  callId: idSchema.nullable(),
  meetingId: idSchema.nullable(),
  dealId: idSchema.nullable(),
});
export type AttemptRow = z.infer<typeof attemptRowSchema>;

export const listAttempts = defineEndpoint({
  method: 'get',
  path: '/api/attempts',
  summary: 'Exactly the records that a figure of attempts counts, newest first; a rep sees his own',
  access: ['rep', 'lead', 'head', 'admin'],
  query: pageQuery.extend(countedByQuery.shape).extend({
    kind: attemptKindSchema.optional(),
    yes: z.enum(['true', 'false']).optional(),
    companyId: idTextSchema.optional(),
  }),
  reply: pageOf(attemptRowSchema),
});
export type AttemptQuery = z.output<typeof listAttempts.query>;
