import { z } from 'zod';
import { daySchema, idParams, idSchema, instantSchema, pageOf, pageQuery, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const readers = ['lead', 'head', 'admin'] as const;
const writers = ['head', 'admin'] as const;

const programStatusSchema = z.enum(['planned', 'running', 'done']);

export const programSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.string(),
  goal: z.string().nullable(),
  status: programStatusSchema,
  startsOn: daySchema,
  endsOn: daySchema,
  owner: personSchema.nullable(),
  companies: z.int(),
  companiesDone: z.int(),
});
export type ProgramView = z.infer<typeof programSchema>;

const inOrder = (days: { startsOn?: string | undefined; endsOn?: string | undefined }): boolean =>
  days.startsOn === undefined || days.endsOn === undefined || days.startsOn <= days.endsOn;
const endsAfterStart = { message: 'endsOn is before startsOn', path: ['endsOn'] };

const programBody = z.object({
  name: textSchema(200),
  kind: textSchema(100),
  goal: z.string().trim().max(1_000).nullable().default(null),
  status: programStatusSchema.default('planned'),
  startsOn: daySchema,
  endsOn: daySchema,
  ownerId: idSchema.nullable().default(null),
  companyIds: z.array(idSchema).max(10_000).default([]),
});

export const listPrograms = defineEndpoint({
  method: 'get',
  path: '/api/programs',
  summary: 'Programs with their progress, running ones first',
  access: readers,
  query: pageQuery.extend({ status: programStatusSchema.optional() }),
  reply: pageOf(programSchema),
});
export type ProgramQuery = z.infer<typeof listPrograms.query>;

export const getProgram = defineEndpoint({
  method: 'get',
  path: '/api/programs/:id',
  summary: 'A program with its companies',
  access: readers,
  params: idParams,
  query: pageQuery,
  reply: programSchema.extend({
    items: z.array(z.object({ companyId: idSchema, companyName: z.string(), doneAt: instantSchema.nullable() })),
    nextCursor: z.string().nullable(),
  }),
});

export const createProgram = defineEndpoint({
  method: 'post',
  path: '/api/programs',
  summary: 'Start a campaign over a group of companies',
  access: writers,
  body: programBody.refine(inOrder, endsAfterStart),
  reply: programSchema,
  status: 201,
});
export type NewProgram = z.infer<typeof createProgram.body>;

export const updateProgram = defineEndpoint({
  method: 'patch',
  path: '/api/programs/:id',
  summary: 'Change a program, add or take away companies, mark companies as done',
  access: writers,
  params: idParams,
  body: z
    .object({
      name: programBody.shape.name.optional(),
      kind: programBody.shape.kind.optional(),
      goal: z.string().trim().max(1_000).nullable().optional(),
      status: programStatusSchema.optional(),
      startsOn: daySchema.optional(),
      endsOn: daySchema.optional(),
      ownerId: idSchema.nullable().optional(),
      addCompanyIds: z.array(idSchema).max(10_000).default([]),
      removeCompanyIds: z.array(idSchema).max(10_000).default([]),
      doneCompanyIds: z.array(idSchema).max(10_000).default([]),
      notDoneCompanyIds: z.array(idSchema).max(10_000).default([]),
    })
    .refine(inOrder, endsAfterStart),
  reply: programSchema,
});
export type ProgramChange = z.infer<typeof updateProgram.body>;
