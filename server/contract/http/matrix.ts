import { z } from 'zod';
import { marks } from '../../core/matrix/marks.ts';
import { categorySchema, daySchema, idParams, idSchema, idTextSchema, pageQuery, personSchema, textSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const readers = ['lead', 'head', 'lineManager', 'admin'] as const;
const planners = ['lead', 'head', 'admin'] as const;
const takers = ['head', 'lineManager', 'admin'] as const;

const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM');

const markSchema = z.enum(marks);
export const matrixCellSchema = z.object({
  month: monthSchema,
  marks: z.array(z.object({ mark: markSchema, count: z.int().positive() })).min(1),
});
export type MatrixCell = z.infer<typeof matrixCellSchema>;

export const matrixRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  category: categorySchema,
  isCustomer: z.boolean(),
  channel: z.string().nullable(),
  subchannel: z.string().nullable(),
  region: z.string().nullable(),
  owner: personSchema.nullable(),
  cells: z.array(matrixCellSchema).describe('Only the months that carry something, oldest first'),
});
export type MatrixRow = z.infer<typeof matrixRowSchema>;

export const matrixFilterSchema = z.object({
  channel: idTextSchema.optional(),
  subchannel: idTextSchema.optional(),
  region: idTextSchema.optional(),
  ownerId: idTextSchema.optional(),
  category: categorySchema.optional(),
});
export type MatrixFilter = z.infer<typeof matrixFilterSchema>;

export const readMatrix = defineEndpoint({
  method: 'get',
  path: '/api/matrix',
  summary: 'Companies by month, in the order of channel, subchannel, region; a line manager sees his own channel',
  access: readers,
  query: pageQuery.extend(matrixFilterSchema.shape),
  reply: z.object({
    months: z.array(monthSchema).length(48),
    current: monthSchema,
    withoutChannel: z.boolean().describe('A line manager who was not given a channel: he sees nothing'),
    items: z.array(matrixRowSchema),
    nextCursor: z.string().nullable(),
  }),
});
export type MatrixPage = z.infer<typeof readMatrix.reply>;

const named = z.object({ id: idSchema, name: z.string() });
export const matrixFilters = defineEndpoint({
  method: 'get',
  path: '/api/matrix/filters',
  summary: 'What the matrix can be filtered by; a line manager is given his own channel',
  access: readers,
  reply: z.object({
    channels: z.array(named),
    subchannels: z.array(named.extend({ channelId: idSchema })),
    regions: z.array(named),
    owners: z.array(named),
  }),
});
export type MatrixFilters = z.infer<typeof matrixFilters.reply>;

export const matrixCardSchema = z.object({
  kind: z.enum(['call', 'visit', 'heldMeeting', 'start', 'promise', 'plannedMeeting', 'tender', 'plannedContact']),
  id: idSchema.describe('Of the call, visit, deal, promise, meeting or planned event'),
  day: daySchema.describe("In the company's zone"),
  person: z.string().nullable().describe('Whose it is on our side'),
  contact: z.string().nullable(),
  title: z.string().nullable().describe('Outcome, deal, event'),
  text: z.string().nullable().describe('Note or card'),
});
export type MatrixCard = z.infer<typeof matrixCardSchema>;

export const matrixCards = defineEndpoint({
  method: 'get',
  path: '/api/matrix/:id/cards',
  summary: "The cards behind one cell: a company's calls, visits, starts and plans of a month; events that are called about in it too",
  access: readers,
  params: idParams,
  query: z.object({ month: monthSchema }),
  reply: z.object({ items: z.array(matrixCardSchema) }),
});

export const planEvent = defineEndpoint({
  method: 'post',
  path: '/api/matrix/:id/plans',
  summary: 'Plan a tender or a contact for a company; calls begin so many months before it',
  access: planners,
  params: idParams,
  body: z.object({
    kind: z.enum(['tender', 'contact']),
    title: textSchema(200),
    on: daySchema,
    monthsAhead: z.int().min(0).max(12).default(0),
  }),
  reply: z.object({ id: idSchema }),
  status: 201,
});
export type NewPlan = z.output<typeof planEvent.body>;

export const removePlan = defineEndpoint({
  method: 'delete',
  path: '/api/matrix/plans/:id',
  summary: 'Take a planned event away',
  access: planners,
  params: idParams,
  reply: z.object({ ok: z.literal(true) }),
});

export const exportMatrix = defineEndpoint({
  method: 'get',
  path: '/api/matrix/export',
  summary: "The chosen months' substance of one channel as xlsx, for its line manager; limited per person and day, logged",
  access: takers,
  query: z.object({
    months: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(monthSchema).min(1).max(48))
      .describe('YYYY-MM, separated by commas'),
    channel: idTextSchema.optional().describe("A line manager's own when left out"),
  }),
  replyKind: 'stream',
  reply: z.object({}),
});
