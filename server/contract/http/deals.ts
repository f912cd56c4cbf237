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

const amountSchema = z.number().min(0).max(999_999_999_999);
const answerSchema = z.string().trim().max(500).default('');
/** What the first qualification asks, each answered in a few words. */
export const qualificationSchema = z.object({ budget: answerSchema, authority: answerSchema, need: answerSchema, time: answerSchema });
export type Qualification = z.infer<typeof qualificationSchema>;

export const dealRowSchema = dealSchema.extend({
  qualification: qualificationSchema,
  company: z.object({ id: idSchema, name: z.string(), category: categorySchema }),
  handedBy: personSchema.nullable(),
  lostReason: z.string().nullable(),
  daysInStage: z.int(),
  pastNorm: z.boolean().describe('Longer in its stage than the norm'),
});
export type DealRow = z.infer<typeof dealRowSchema>;

const dealFilterSchema = z.object({ ownerId: idTextSchema.optional(), category: categorySchema.optional() });

export const listDeals = defineEndpoint({
  method: 'get',
  path: '/api/deals',
  summary: "Deals, longest in their stage first; a rep's and a seller's own, a lead's team, a head's all",
  access: workers,
  query: pageQuery.extend({
    ...dealFilterSchema.shape,
    stageId: idTextSchema.optional(),
    status: z.enum(['open', 'won', 'lost']).default('open'),
    companyId: idTextSchema.optional(),
  }),
  reply: pageOf(dealRowSchema),
});
export type DealQuery = z.infer<typeof listDeals.query>;

export const sumDeals = defineEndpoint({
  method: 'get',
  path: '/api/deals/sums',
  summary: 'How many open deals stand in each stage and what they are worth, apart for categories A, B and C',
  access: workers,
  query: dealFilterSchema,
  reply: z.object({
    items: z.array(
      z.object({
        stageId: idSchema,
        category: categorySchema,
        deals: z.int(),
        amount: z.number(),
        pastNorm: z.int().describe('How many of them stand longer than the norm'),
      }),
    ),
  }),
});
export type DealFilter = z.infer<typeof dealFilterSchema>;
export type DealSum = z.infer<typeof sumDeals.reply>['items'][number];

export const createDeal = defineEndpoint({
  method: 'post',
  path: '/api/deals',
  summary: "Open a company's deal by hand; it has one open deal at a time",
  access: workers,
  body: z.object({
    companyId: idSchema,
    title: textSchema(200),
    amount: amountSchema.nullable().default(null),
    stagePosition: z.int().min(1).max(7).default(1),
  }),
  reply: dealRowSchema,
  status: 201,
});
export type NewDeal = z.infer<typeof createDeal.body>;

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

/** One thing at a time: a stage, a sum, the answers of the qualification, or the end of the deal. */
export const dealChangeSchema = z.union([
  z.strictObject({ stagePosition: z.int().min(1).max(7) }),
  z.strictObject({ amount: amountSchema.nullable() }),
  z.strictObject({ qualification: qualificationSchema }),
  z.strictObject({ won: z.object({ startedOn: daySchema }) }),
  z.strictObject({ lost: z.object({ reason: textSchema(500) }) }),
]);
export type DealChange = z.infer<typeof dealChangeSchema>;

export const updateDeal = defineEndpoint({
  method: 'patch',
  path: '/api/deals/:id',
  summary:
    'Move a deal forward or back, set its sum or the answers of its qualification, win it with the day on which work started, or lose it with the reason',
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
