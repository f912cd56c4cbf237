import { z } from 'zod';
import { idSchema, instantSchema, daySchema, pageOf, pageQuery, personSchema } from './common.ts';
import { winKindSchema } from './company-card.ts';
import { countedByQuery } from './counted-by.ts';
import { defineEndpoint } from './endpoint.ts';

export const winRowSchema = z.object({
  id: idSchema,
  kind: winKindSchema,
  at: instantSchema,
  day: daySchema.describe('The day it counts on'),
  rep: personSchema,
  company: z.object({ id: idSchema, name: z.string() }),
  callId: idSchema.nullable(),
});
export type WinRow = z.infer<typeof winRowSchema>;

export const listWins = defineEndpoint({
  method: 'get',
  path: '/api/wins',
  summary: 'Exactly the records that a figure of wins or of started work counts, newest first; a rep sees his own',
  access: ['rep', 'lead', 'head', 'admin'],
  query: pageQuery.extend(countedByQuery.shape).extend({ kind: winKindSchema.optional() }),
  reply: pageOf(winRowSchema),
});
export type WinQuery = z.output<typeof listWins.query>;
