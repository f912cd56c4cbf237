import { z } from 'zod';
import { spreadRules } from '../../core/lists/spread-lists.ts';
import { daySchema, idSchema, instantSchema, personSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const forecastSchema = z.object({
  dials: z.number(),
  connects: z.number(),
  promisesDue: z.int(),
  promisesLate: z.number().describe('How many of them are expected to be dialled after their deadline or not at all'),
  reps: z.array(z.object({ repId: idSchema, dials: z.number(), connects: z.number(), busyShare: z.number() })),
  atRisk: z.array(
    z.object({
      company: z.object({ id: idSchema, name: z.string() }),
      repId: idSchema,
      deadlineAt: instantSchema,
      risk: z.number().describe('Share of the runs in which it was late'),
    }),
  ),
  lists: z.array(
    z.object({
      listId: idSchema,
      cold: z.int().describe('Never dialled ones before the day'),
      coldLeft: z.number(),
      dryShare: z.number().describe('Share of the runs in which it ran dry'),
      dryAt: instantSchema.nullable().describe('When, in the middle one of those runs'),
    }),
  ),
});
export type DayForecastView = z.infer<typeof forecastSchema>;

export const spreadRuleSchema = z.enum(spreadRules);
export type SpreadRule = z.infer<typeof spreadRuleSchema>;

const ids = z.array(idSchema).max(500).default([]);

const handOutSchema = z.object({ listId: idSchema, repIds: z.array(idSchema).max(500) });

export const dayChangesSchema = z.object({
  absentRepIds: ids,
  presentRepIds: ids.describe('Absent by the calendar, but they come'),
  handOuts: z.array(handOutSchema).max(200).default([]).describe('Who works a list that day instead of those it is handed to'),
  shareAbsentPromises: z.boolean().default(false).describe('Promises of who is absent go to the least loaded of those who are there'),
  guardPercent: z.int().min(50).max(99).nullable().default(null),
  maxDialsPerDay: z.int().min(1).max(20).nullable().default(null),
  customersBeforeHot: z.boolean().nullable().default(null),
});

/** A question about a day: whose, which, and what would be otherwise. */
const questionSchema = z.object({
  date: daySchema,
  teamId: idSchema.optional().describe('Everybody when absent; a lead has his own team'),
  changes: dayChangesSchema.optional(),
});

export const simulateDay = defineEndpoint({
  method: 'post',
  path: '/api/simulations/day',
  summary: "A team's day as it would be worked, from the real queue; beside it the same day with changes. Nothing is written",
  access: ['lead', 'head', 'admin'],
  body: questionSchema.extend({
    askId: z.uuid().optional().describe('Under which `simulation:progress` is told; ending the request ends the simulation'),
    spread: spreadRuleSchema.optional().describe('Deal the lists out by this rule instead of the hand-outs of the changes'),
  }),
  reply: z.object({
    date: daySchema,
    workingDay: z.boolean(),
    reps: z.array(personSchema.extend({ absent: z.boolean(), listIds: z.array(idSchema), skillIds: z.array(idSchema) })),
    lists: z.array(z.object({ id: idSchema, name: z.string(), skillId: idSchema.nullable().describe('What it asks for') })),
    rules: z.object({ guardPercent: z.int(), maxDialsPerDay: z.int(), customersBeforeHot: z.boolean() }),
    base: forecastSchema,
    changed: forecastSchema.nullable(),
    handOuts: z.array(handOutSchema).describe('The lists that the changes hand out otherwise'),
    promisesTo: z
      .array(z.object({ fromRepId: idSchema, toRepId: idSchema, count: z.int() }))
      .describe('Promises up to the end of the day that the changes give to others'),
  }),
});
export type DayQuestion = Omit<z.output<typeof simulateDay.body>, 'askId'>;
export type DayAnswer = z.infer<typeof simulateDay.reply>;

export const publishDay = defineEndpoint({
  method: 'post',
  path: '/api/simulations/day/publish',
  summary:
    'Do what the simulated changes say: hand the lists out for that day, give the promises of who is absent to others. Absences and settings are changed elsewhere',
  access: ['head', 'admin'],
  body: questionSchema.required({ changes: true }),
  reply: z.object({
    lists: z.int(),
    promises: z.int(),
    promisesLeft: z.int().describe('Could not be given away: in a call, closed meanwhile'),
  }),
});
export type DayToPublish = z.output<typeof publishDay.body>;
