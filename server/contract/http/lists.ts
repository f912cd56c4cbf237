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
  timeZoneSchema,
} from './common.ts';
import { listDialingSchema, listPaceSchema } from './list-dialing.ts';
import { defineEndpoint } from './endpoint.ts';
import { tierSchema } from './queue.ts';
import { spreadRuleSchema } from './simulation.ts';

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
  skill: z.object({ id: idSchema, name: z.string() }).nullable().describe('What whoever works it should be able to do'),
  createdAt: instantSchema,
  dialing: listDialingSchema,
  pace: listPaceSchema,
  russianAdvertising: z.boolean().describe('Advertising by Russian law: never dialled on several lines'),
  depth: listDepthSchema,
  zones: z.array(z.object({ timeZone: z.string(), cold: z.int() })).describe('Where the never dialled ones are'),
  regions: z
    .array(z.object({ id: idSchema, name: z.string(), cold: z.int() }))
    .describe('The same by region, the largest first; those without one are left out'),
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
    skillId: idSchema.nullable().default(null),
    dialing: listDialingSchema.partial().optional(),
    russianAdvertising: z.boolean().default(false),
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
    skillId: idSchema.nullable().optional(),
    dialing: listDialingSchema.partial().optional(),
    russianAdvertising: z.boolean().optional(),
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

const givenDaysSchema = z
  .object({ repId: idSchema, startsOn: daySchema, endsOn: daySchema })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { message: 'endsOn is before startsOn', path: ['endsOn'] });

export const putAssignments = defineEndpoint({
  method: 'put',
  path: '/api/lists/:id/assignments',
  summary: 'Hand a list out: which reps work it on which days (theirs, both inclusive). Replaces what is handed out from today on',
  access: writers,
  params: idParams,
  body: z.object({
    assignments: z.array(givenDaysSchema).max(500),
  }),
  reply: listSchema,
});

export const listCallers = defineEndpoint({
  method: 'get',
  path: '/api/lists/reps',
  summary: 'Who may be handed a list',
  access: readers,
  reply: z.object({
    items: z.array(
      personSchema.extend({
        team: z.string().nullable(),
        timeZone: timeZoneSchema,
        skillIds: z.array(idSchema),
        absentFrom: daySchema.nullable(),
        absentUntil: daySchema.nullable().describe('Null with absentFrom: until somebody ends it'),
        lists: z.int().describe('Lists handed to him today'),
      }),
    ),
  }),
});
export type ListCaller = z.infer<typeof listCallers.reply>['items'][number];

const runsDrySchema = z
  .object({ on: daySchema, workingDays: z.int().describe('Up to it, that day included') })
  .nullable()
  .describe('When the last never dialled company is begun; null when not within `horizonDays`');

export const seeDepths = defineEndpoint({
  method: 'get',
  path: '/api/lists/depths',
  summary: 'How much of each tier every rep has on a day, and when he and the lists run out of never dialled companies at the learned pace',
  access: readers,
  query: z.object({ date: daySchema.optional().describe('Today when absent') }),
  reply: z.object({
    date: daySchema,
    horizonDays: z.int().describe('Working days that were looked at'),
    reps: z.array(
      z.object({
        repId: idSchema,
        depth: z.record(tierSchema, z.int()).describe('What he may call by the end of the day, each counted up to a thousand'),
        coldPerDay: z.number().describe('Cold dials of his on a day, learned'),
        dry: runsDrySchema,
      }),
    ),
    lists: z.array(z.object({ listId: idSchema, cold: z.int().describe('Never dialled ones that may be called'), dry: runsDrySchema })),
  }),
});
export type ListDepths = z.infer<typeof seeDepths.reply>;

const handOutsSchema = z.array(z.object({ listId: idSchema, assignments: z.array(givenDaysSchema).max(500) })).max(200);

export const planHandOuts = defineEndpoint({
  method: 'post',
  path: '/api/lists/hand-outs/plan',
  summary: 'How a rule would deal lists out to reps for some days; nothing is written',
  access: writers,
  body: z
    .object({
      startsOn: daySchema,
      endsOn: daySchema,
      rule: spreadRuleSchema,
      listIds: z.array(idSchema).max(200).optional().describe('All active lists with companies when absent'),
      repIds: z.array(idSchema).max(500).optional().describe('All who are there on one of the days when absent'),
    })
    .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { message: 'endsOn is before startsOn', path: ['endsOn'] }),
  reply: z.object({
    lists: z.array(
      z.object({
        listId: idSchema,
        repIds: z.array(idSchema).describe('Who works it on these days; nobody when nobody has its skill'),
        assignments: z.array(givenDaysSchema).describe('All its days as they would stand'),
      }),
    ),
  }),
});

export type PlannedHandOuts = z.infer<typeof planHandOuts.reply>['lists'];

export const putHandOuts = defineEndpoint({
  method: 'put',
  path: '/api/lists/hand-outs',
  summary:
    'Hand several lists out, all or none; each as PUT /api/lists/:id/assignments does. What stood before is answered: put it back to undo',
  access: writers,
  body: z.object({ lists: handOutsSchema }),
  reply: z.object({ before: handOutsSchema }),
});
export type HandOuts = z.output<typeof putHandOuts.body>['lists'];
