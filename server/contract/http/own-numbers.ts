import { z } from 'zod';
import { doneSchema, idParams, idSchema, instantSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const managers = ['admin', 'head'] as const;
const dailyLimitSchema = z.int().min(1).max(5000);

export const ownNumberSchema = z.object({
  id: idSchema,
  e164: z.string(),
  region: z.string().nullable().describe('Shown first to companies of this region'),
  dailyLimit: z.int(),
  dialsToday: z.int(),
  enabled: z.boolean(),
  restsUntil: instantSchema.nullable().describe('Marked as spam: not shown until then'),
});
export type OwnNumberView = z.infer<typeof ownNumberSchema>;

export const listOwnNumbers = defineEndpoint({
  method: 'get',
  path: '/api/admin/own-numbers',
  summary: 'Our own numbers that dials show, with what each dialled today',
  access: managers,
  reply: z.object({ items: z.array(ownNumberSchema) }),
});

export const addOwnNumber = defineEndpoint({
  method: 'post',
  path: '/api/admin/own-numbers',
  summary: 'Add a number; its region is told by its area code unless named',
  access: managers,
  body: z.object({ phone: z.string().trim().min(3).max(32), region: textSchema(100).nullish(), dailyLimit: dailyLimitSchema.default(100) }),
  reply: z.object({ id: idSchema }),
  status: 201,
});

export const changeOwnNumber = defineEndpoint({
  method: 'patch',
  path: '/api/admin/own-numbers/:id',
  summary: 'Change its region or limit, switch it off or on, mark it as spam: it then rests as long as the settings say',
  access: managers,
  params: idParams,
  body: z.object({
    region: textSchema(100).nullish(),
    dailyLimit: dailyLimitSchema.optional(),
    enabled: z.boolean().optional(),
    spam: z.boolean().optional(),
  }),
  reply: doneSchema,
});
export type OwnNumberChange = z.infer<typeof changeOwnNumber.body>;

export const removeOwnNumber = defineEndpoint({
  method: 'delete',
  path: '/api/admin/own-numbers/:id',
  summary: 'Show this number no more',
  access: managers,
  params: idParams,
  reply: doneSchema,
});
