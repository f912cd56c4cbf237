import { z } from 'zod';
import { idParams, idSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

/** One thing to say; with a field, what the prospect answers is kept in the call under the field's name. */
export const scriptStepSchema = z.object({ key: z.string().min(1), say: z.string(), field: z.string().optional() });
export type ScriptStep = z.infer<typeof scriptStepSchema>;

/** A usual objection: how it sounds, what it usually means, what to answer. */
const objectionSchema = z.object({ key: z.string().min(1), prospectSays: z.string(), means: z.string(), answer: z.string() });

export const callScriptSchema = z.object({
  id: idSchema,
  name: z.string(),
  steps: z.array(scriptStepSchema),
  objections: z.array(objectionSchema),
});
export type CallScript = z.infer<typeof callScriptSchema>;

export const scriptForCompany = defineEndpoint({
  method: 'get',
  path: '/api/scripts/for-company/:id',
  summary: 'The script of the list that a company is called from; 204 when there is none',
  access: ['rep', 'lead', 'head', 'admin'],
  params: idParams,
  reply: callScriptSchema,
});
