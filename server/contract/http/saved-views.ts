import { z } from 'zod';
import { doneSchema, idParams, idSchema, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const viewPageSchema = z.enum(['companies', 'deals']);
export type ViewPage = z.infer<typeof viewPageSchema>;

export const savedViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  query: z.string().describe("The address's query: filter and order"),
  columns: z.array(z.string()).describe('Ids of the shown columns; empty while the own defaults of the table hold'),
  shared: z.boolean(),
  owner: personSchema,
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const listSavedViews = defineEndpoint({
  method: 'get',
  path: '/api/saved-views',
  summary: "A table's saved views: one's own and the shared ones, by name",
  access: 'signedIn',
  query: z.object({ page: viewPageSchema }),
  reply: z.object({ items: z.array(savedViewSchema) }),
});

export const saveView = defineEndpoint({
  method: 'post',
  path: '/api/saved-views',
  summary: 'Save a view; one of the same name is replaced. Leads and heads may share theirs with everybody',
  access: 'signedIn',
  body: z.object({
    page: viewPageSchema,
    name: textSchema(80),
    query: z.string().max(2_000),
    columns: z.array(z.string().max(40)).max(40).default([]),
    shared: z.boolean().default(false),
  }),
  reply: savedViewSchema,
  status: 201,
});
export type NewSavedView = z.infer<typeof saveView.body>;

export const removeView = defineEndpoint({
  method: 'delete',
  path: '/api/saved-views/:id',
  summary: "Remove a view: one's own, or as a head any that is shared",
  access: 'signedIn',
  params: idParams,
  reply: doneSchema,
});
