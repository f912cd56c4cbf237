import { z } from 'zod';
import { categorySchema, idParams, idSchema, instantSchema, pageOf, pageQuery, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const readers = ['rep', 'seller', 'lead', 'head', 'lineManager', 'admin'] as const;

export const handoffSchema = z.object({
  id: idSchema,
  company: z.object({ id: idSchema, name: z.string(), category: categorySchema, city: z.string().nullable(), timeZone: z.string() }),
  contact: z.object({ name: z.string(), position: z.string().nullable() }).nullable().describe('The decision maker, as far as known'),
  deal: z.object({ id: idSchema, title: z.string(), stage: z.string(), amount: z.number().nullable() }),
  from: personSchema,
  seller: personSchema,
  status: z.enum(['pending', 'accepted', 'returned']),
  note: z.string().nullable(),
  returnReason: z.string().nullable(),
  openedAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  untouched: z.boolean().describe('Pending longer than the setting allows'),
  mayDecide: z.boolean().describe('Whether the reader is the one to accept or return it'),
});
export type HandoffView = z.infer<typeof handoffSchema>;

export const listHandoffs = defineEndpoint({
  method: 'get',
  path: '/api/handoffs',
  summary: "A seller's inbox, a rep's sent ones, a lead's team, a head's all; pending ones first, oldest on top",
  access: readers,
  query: pageQuery.extend({ status: handoffSchema.shape.status.optional(), untouched: z.enum(['true', 'false']).optional() }),
  reply: pageOf(handoffSchema).extend({ returnReasons: z.array(z.string()) }),
});
export type HandoffQuery = z.infer<typeof listHandoffs.query>;

export const acceptHandoff = defineEndpoint({
  method: 'post',
  path: '/api/handoffs/:id/accept',
  summary: 'Take the prospect over: deal and company become the seller’s',
  access: ['seller'],
  params: idParams,
  reply: handoffSchema,
});

export const returnHandoff = defineEndpoint({
  method: 'post',
  path: '/api/handoffs/:id/return',
  summary: 'Give it back to the rep with the reason',
  access: ['seller'],
  params: idParams,
  body: z.object({ reason: textSchema(200), note: z.string().trim().max(2_000).optional() }),
  reply: handoffSchema,
});
