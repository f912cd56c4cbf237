import { z } from 'zod';
import {
  categorySchema,
  daySchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
} from './common.ts';
import { dealSchema } from './company-card.ts';
import { defineEndpoint } from './endpoint.ts';

const workers = ['rep', 'lead', 'head', 'seller', 'admin'] as const;

export const dealRowSchema = dealSchema.extend({
  company: z.object({ id: idSchema, name: z.string(), category: categorySchema }),
  handedBy: personSchema.nullable(),
  lostReason: z.string().nullable(),
  daysInStage: z.int(),
  pastNorm: z.boolean().describe('Longer in its stage than the norm'),
});
export type DealRow = z.infer<typeof dealRowSchema>;

export const listDeals = defineEndpoint({
  method: 'get',
  path: '/api/deals',
  summary: "Deals, longest in their stage first; a rep's and a seller's own, a lead's team, a head's all",
  access: workers,
  query: pageQuery.extend({
    stageId: idTextSchema.optional(),
    ownerId: idTextSchema.optional(),
    status: z.enum(['open', 'won', 'lost']).default('open'),
    category: categorySchema.optional(),
    companyId: idTextSchema.optional(),
  }),
  reply: pageOf(dealRowSchema),
});
export type DealQuery = z.infer<typeof listDeals.query>;

export const getDeal = defineEndpoint({
  method: 'get',
  path: '/api/deals/:id',
  summary: 'A deal with its moves through the stages',
  access: workers,
  params: idParams,
  reply: dealRowSchema.extend({
    moves: z.array(z.object({ at: instantSchema, from: z.int().nullable(), to: z.int(), by: personSchema.nullable(), back: z.boolean() })),
  }),
});
export type DealDetails = z.infer<typeof getDeal.reply>;

/** One thing at a time: a stage, a sum, or the end of the deal. */
export const dealChangeSchema = z.union([
  z.strictObject({ stagePosition: z.int().min(1).max(7) }),
  z.strictObject({ amount: z.number().min(0).max(999_999_999_999).nullable() }),
  z.strictObject({ won: z.object({ startedOn: daySchema }) }),
  z.strictObject({ lost: z.object({ reason: textSchema(500) }) }),
]);
export type DealChange = z.infer<typeof dealChangeSchema>;

export const updateDeal = defineEndpoint({
  method: 'patch',
  path: '/api/deals/:id',
  summary: 'Move a deal forward or back, set its sum, win it with the day on which work started, or lose it with the reason',
  access: workers,
  params: idParams,
  body: dealChangeSchema,
  reply: dealRowSchema,
});

const stageSchema = dealSchema.shape.stage.extend({ probability: z.int() });

export const listFunnels = defineEndpoint({
  method: 'get',
  path: '/api/funnels',
  summary: 'Funnels with their stages',
  access: 'signedIn',
  reply: z.object({ items: z.array(z.object({ id: idSchema, name: z.string(), isDefault: z.boolean(), stages: z.array(stageSchema) })) }),
});
export type FunnelView = z.infer<typeof listFunnels.reply>['items'][number];
