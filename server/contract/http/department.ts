import { z } from 'zod';
import { settingsSchema, type SettingsGroup } from '../settings.ts';
import { daySchema, doneSchema, idParams, idSchema, textSchema, timeZoneSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

const managers = ['admin', 'head'] as const;

const groupNames = settingsSchema.keyof().options satisfies readonly SettingsGroup[];

export const getSettings = defineEndpoint({
  method: 'get',
  path: '/api/admin/settings',
  summary: 'All settings by group, with the defaults',
  access: managers,
  reply: z.object({ values: settingsSchema, defaults: settingsSchema }),
});

const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'two capital letters');
export const holidaySchema = z.object({ country: countrySchema, day: daySchema, name: z.string() });
export type HolidayView = z.infer<typeof holidaySchema>;

/** What a screen needs to know to let a rep promise and to judge a day's pace. */
export const rulesSchema = z.object({
  callingHours: settingsSchema.shape.callingHours,
  promises: settingsSchema.shape.promises.unwrap().pick({ graceMinutes: true, perQuarterHour: true, dueSoonMinutes: true }),
  holidays: z.array(holidaySchema).describe('Days off that lie ahead, of every country'),
  country: countrySchema.describe("Whose days off are the department's own"),
});
export type Rules = z.infer<typeof rulesSchema>;

export const getRules = defineEndpoint({
  method: 'get',
  path: '/api/department/rules',
  summary: 'The calling hours, and what the department asks of a promise; for everyone who works here',
  access: 'signedIn',
  reply: rulesSchema,
});

export const putSettings = defineEndpoint({
  method: 'put',
  path: '/api/admin/settings/:group',
  summary: 'Replace a group of settings; what is left out takes its default. The field at fault is named',
  access: managers,
  params: z.object({ group: z.enum(groupNames) }),
  body: z.record(z.string(), z.unknown()),
  reply: z.object({ values: settingsSchema, requeued: z.boolean().describe('The queue is being placed anew') }),
});

export const listHolidays = defineEndpoint({
  method: 'get',
  path: '/api/admin/holidays',
  summary: 'Days on which nobody is called, by country and year',
  access: managers,
  query: z.object({ country: countrySchema.default('RU'), year: z.coerce.number().int().min(2000).max(2100) }),
  reply: z.object({ items: z.array(holidaySchema), countries: z.array(z.string()) }),
});

export const putHoliday = defineEndpoint({
  method: 'put',
  path: '/api/admin/holidays/:country/:day',
  summary: 'Add or rename a holiday',
  access: managers,
  params: z.object({ country: countrySchema, day: daySchema }),
  body: z.object({ name: textSchema(100) }),
  reply: holidaySchema,
});

export const removeHoliday = defineEndpoint({
  method: 'delete',
  path: '/api/admin/holidays/:country/:day',
  summary: 'Make it an ordinary day again',
  access: managers,
  params: z.object({ country: countrySchema, day: daySchema }),
  reply: doneSchema,
});

const used = { companies: z.int().describe('How many companies have it') };
const channelSchema = z.object({
  id: idSchema,
  name: z.string(),
  ...used,
  subchannels: z.array(z.object({ id: idSchema, name: z.string(), ...used })),
});
const regionSchema = z.object({ id: idSchema, name: z.string(), country: countrySchema, timeZone: timeZoneSchema, ...used });
const sourceSchema = z.object({ id: idSchema, name: z.string(), obligationMinutes: z.int().nullable(), ...used });
const skillSchema = z.object({ id: idSchema, name: z.string(), people: z.int(), lists: z.int().describe('How many lists ask for it') });

export const dictionariesSchema = z.object({
  channels: z.array(channelSchema),
  regions: z.array(regionSchema),
  sources: z.array(sourceSchema),
  skills: z.array(skillSchema),
});
export type Dictionaries = z.infer<typeof dictionariesSchema>;

export const getDictionaries = defineEndpoint({
  method: 'get',
  path: '/api/admin/dictionaries',
  summary: 'Channels, regions, sources and skills',
  access: managers,
  reply: dictionariesSchema,
});

/** An entry of a dictionary as it is typed; `kind` says of which. */
export const dictionaryEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('channel'), name: textSchema(100) }),
  z.object({ kind: z.literal('subchannel'), channelId: idSchema, name: textSchema(100) }),
  z.object({ kind: z.literal('region'), name: textSchema(100), country: countrySchema.default('RU'), timeZone: timeZoneSchema }),
  z.object({
    kind: z.literal('source'),
    name: textSchema(100),
    obligationMinutes: z
      .int()
      .min(1)
      .max(60 * 24 * 30)
      .nullable()
      .default(null),
  }),
  z.object({ kind: z.literal('skill'), name: textSchema(100) }),
]);
export type DictionaryEntry = z.infer<typeof dictionaryEntrySchema>;
export const dictionaryKindSchema = z.enum(['channel', 'subchannel', 'region', 'source', 'skill']);
export type DictionaryKind = z.infer<typeof dictionaryKindSchema>;

export const addDictionaryEntry = defineEndpoint({
  method: 'post',
  path: '/api/admin/dictionaries',
  summary: 'Add a channel, subchannel, region, source or skill',
  access: managers,
  body: dictionaryEntrySchema,
  reply: z.object({ id: idSchema }),
  status: 201,
});

export const changeDictionaryEntry = defineEndpoint({
  method: 'put',
  path: '/api/admin/dictionaries/:id',
  summary: 'Change an entry',
  access: managers,
  params: idParams,
  body: dictionaryEntrySchema,
  reply: doneSchema,
});

export const removeDictionaryEntry = defineEndpoint({
  method: 'delete',
  path: '/api/admin/dictionaries/:kind/:id',
  summary: 'Remove an entry that nothing and nobody has',
  access: managers,
  params: idParams.extend({ kind: dictionaryKindSchema }),
  reply: doneSchema,
});
