import { z } from 'zod';
import {
  categorySchema,
  daySchema,
  doneSchema,
  idParams,
  idSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const listStatusSchema = z.enum(['active', 'paused', 'closed']);
export type ListStatus = z.infer<typeof listStatusSchema>;

const assignmentSchema = z.object({ rep: personSchema, startsOn: daySchema, endsOn: daySchema });

/** How deep a list still is. Each company counts once, in the first of these that fits. */
export const listDepthSchema = z.object({
  total: z.int(),
  promised: z.int().describe('With an open promise'),
  hot: z.int(),
  customers: z.int(),
  early: z.int(),
  inWork: z.int().describe('Dialled, nothing agreed yet'),
  cold: z.int().describe('Never dialled'),
  exhausted: z.int(),
  out: z.int().describe('Not now, killed, do not call, without a number'),
});
export type ListDepth = z.infer<typeof listDepthSchema>;

export const listSchema = z.object({
  id: idSchema,
  name: z.string(),
  priority: z.int().describe('1 is called first'),
  status: listStatusSchema,
  script: z.object({ id: idSchema, name: z.string() }).nullable(),
  createdAt: instantSchema,
  depth: listDepthSchema,
  zones: z.array(z.object({ timeZone: z.string(), cold: z.int() })).describe('Where the never dialled ones are'),
  assignments: z.array(assignmentSchema).describe('Of today and later'),
});
export type ListView = z.infer<typeof listSchema>;

const readers = ['lead', 'head', 'admin'] as const;
const writers = ['head', 'admin'] as const;

export const listLists = defineEndpoint({
  method: 'get',
  path: '/api/lists',
  summary: 'Call lists with how deep they are and who works them on which days; a lead sees those of his team',
  access: readers,
  reply: z.object({ items: z.array(listSchema) }),
});

export const getList = defineEndpoint({
  method: 'get',
  path: '/api/lists/:id',
  summary: 'One list',
  access: readers,
  params: idParams,
  reply: listSchema,
});

export const createList = defineEndpoint({
  method: 'post',
  path: '/api/lists',
  summary: 'A new list, with the companies given',
  access: writers,
  body: z.object({
    name: textSchema(120),
    priority: z.int().min(1).max(100).default(5),
    scriptId: idSchema.optional(),
    companyIds: z.array(idSchema).max(10_000).default([]),
  }),
  reply: listSchema,
  status: 201,
});

export const updateList = defineEndpoint({
  method: 'patch',
  path: '/api/lists/:id',
  summary: 'Rename, change the priority, pause, go on or close; its leads are placed anew',
  access: writers,
  params: idParams,
  body: z.object({
    name: textSchema(120).optional(),
    priority: z.int().min(1).max(100).optional(),
    status: listStatusSchema.optional(),
    scriptId: idSchema.nullable().optional(),
  }),
  reply: listSchema,
});

export const listEntrySchema = z.object({
  companyId: idSchema,
  name: z.string(),
  position: z.int(),
  category: categorySchema,
  region: z.string().nullable(),
  timeZone: z.string(),
  triesTotal: z.int(),
  lastTriedAt: instantSchema.nullable(),
  exhausted: z.boolean(),
  /** Its lead is called from this list, not from another one. */
  calledFromHere: z.boolean(),
});
export type ListEntryView = z.infer<typeof listEntrySchema>;

export const listEntries = defineEndpoint({
  method: 'get',
  path: '/api/lists/:id/entries',
  summary: "A list's companies in their order",
  access: readers,
  params: idParams,
  query: pageQuery,
  reply: pageOf(listEntrySchema),
});

export const addListEntries = defineEndpoint({
  method: 'post',
  path: '/api/lists/:id/entries',
  summary: 'Put companies at the end of a list',
  access: writers,
  params: idParams,
  body: z.object({ companyIds: z.array(idSchema).min(1).max(10_000) }),
  reply: doneSchema,
});

export const putAssignments = defineEndpoint({
  method: 'put',
  path: '/api/lists/:id/assignments',
  summary: 'Hand a list out: which reps work it on which days (theirs, both inclusive). Replaces what is handed out from today on',
  access: writers,
  params: idParams,
  body: z.object({
    assignments: z
      .array(
        z
          .object({ repId: idSchema, startsOn: daySchema, endsOn: daySchema })
          .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { message: 'endsOn is before startsOn', path: ['endsOn'] }),
      )
      .max(500),
  }),
  reply: listSchema,
});

export const listCallers = defineEndpoint({
  method: 'get',
  path: '/api/lists/reps',
  summary: 'Who may be handed a list',
  access: readers,
  reply: z.object({
    items: z.array(personSchema.extend({ team: z.string().nullable(), lists: z.int().describe('Lists handed to him today') })),
  }),
});
