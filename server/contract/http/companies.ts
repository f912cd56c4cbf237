import { z } from 'zod';
import { companyCardSchema, consentSchema } from './company-card.ts';
import {
  categorySchema,
  clockTimeSchema,
  daySchema,
  flagSchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
  timeZoneSchema,
} from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const companyStatusSchema = z.enum(['active', 'notNow', 'killed']);
export type CompanyStatus = z.infer<typeof companyStatusSchema>;

export const companyRowSchema = z.object({
  id: idSchema,
  name: z.string(),
  taxNumber: z.string().nullable(),
  category: categorySchema,
  status: companyStatusSchema,
  doNotCall: z.boolean(),
  isCustomer: z.boolean(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  timeZone: z.string(),
  channel: z.string().nullable(),
  subchannel: z.string().nullable(),
  owner: personSchema.nullable(),
  phone: z.string().nullable(),
  list: z.string().nullable(),
  stage: z.string().nullable(),
  lastContactAt: instantSchema.nullable(),
});
export type CompanyRow = z.infer<typeof companyRowSchema>;

export const companyFilterSchema = z.object({
  q: z.string().trim().max(100).optional().describe('Part of a name, tax number, phone or contact'),
  channelId: idTextSchema.optional(),
  subchannelId: idTextSchema.optional(),
  regionId: idTextSchema.optional(),
  sourceId: idTextSchema.optional(),
  category: categorySchema.optional(),
  ownerId: idTextSchema.optional(),
  status: companyStatusSchema.optional(),
  listId: idTextSchema.optional(),
  stageId: idTextSchema.optional(),
});
export type CompanyFilter = z.infer<typeof companyFilterSchema>;

/** Who sees companies and their people, and who may change them. */
export const readers = ['rep', 'lead', 'head', 'seller', 'admin'] as const;
export const editors = ['rep', 'lead', 'head', 'seller', 'admin'] as const;
const managers = ['lead', 'head', 'admin'] as const;
const heads = ['head', 'admin'] as const;

export const companySortSchema = z.enum(['name', 'category', 'region', 'channel', 'owner', 'last', 'tax']);
export type CompanySort = z.infer<typeof companySortSchema>;

export const listCompanies = defineEndpoint({
  method: 'get',
  path: '/api/companies',
  summary: 'Companies; a rep sees those he owns or works on today. The first page says how many there are',
  access: readers,
  query: pageQuery.extend(companyFilterSchema.shape).extend({ sort: companySortSchema.optional(), descending: flagSchema.optional() }),
  reply: pageOf(companyRowSchema),
});

const named = z.object({ id: idSchema, name: z.string() });
export const companyFilters = defineEndpoint({
  method: 'get',
  path: '/api/companies/filters',
  summary: 'What companies can be filtered by',
  access: readers,
  reply: z.object({
    channels: z.array(named),
    subchannels: z.array(named.extend({ channelId: idSchema })),
    regions: z.array(named),
    sources: z.array(named),
    owners: z.array(named),
    lists: z.array(named),
    stages: z.array(named),
  }),
});

export const getCompany = defineEndpoint({
  method: 'get',
  path: '/api/companies/:id',
  summary: "A company's card",
  access: readers,
  params: idParams,
  reply: companyCardSchema,
});

const taxNumberSchema = z.string().regex(/^(\d{9,10}|\d{12})$/, '10 или 12 цифр');

export const createCompany = defineEndpoint({
  method: 'post',
  path: '/api/companies',
  summary: 'A new company; 409 duplicateCompany when one with this tax number or phone is there',
  access: managers,
  body: z.object({
    name: textSchema(300),
    taxNumber: taxNumberSchema.optional(),
    phones: z.array(textSchema(60)).max(10).default([]),
    regionId: idSchema.optional(),
    channelId: idSchema.optional(),
    subchannelId: idSchema.optional(),
    sourceId: idSchema.optional(),
    timeZone: timeZoneSchema.optional(),
    category: categorySchema.default('C'),
    city: z.string().trim().max(200).optional(),
    site: z.string().trim().max(300).optional(),
    contactName: z.string().trim().max(200).optional(),
    listId: idSchema.optional(),
  }),
  reply: companyCardSchema,
  status: 201,
});

/** Full and half hours: companies with the same hours share a stream of the queue, so there should be few of them. */
const hourSchema = clockTimeSchema.regex(/:[03]0$/, 'HH:00 or HH:30');

export const updateCompany = defineEndpoint({
  method: 'patch',
  path: '/api/companies/:id',
  summary: 'Change a company; each change places its lead anew. The owner is changed by leads and heads',
  access: editors,
  params: idParams,
  body: z.object({
    name: textSchema(300).optional(),
    legalName: z.string().trim().max(500).nullable().optional(),
    taxNumber: taxNumberSchema.nullable().optional(),
    category: categorySchema.optional(),
    regionId: idSchema.nullable().optional(),
    channelId: idSchema.nullable().optional(),
    subchannelId: idSchema.nullable().optional(),
    sourceId: idSchema.nullable().optional(),
    timeZone: timeZoneSchema.optional(),
    city: z.string().trim().max(200).nullable().optional(),
    address: z.string().trim().max(500).nullable().optional(),
    site: z.string().trim().max(300).nullable().optional(),
    notes: z.string().trim().max(10_000).optional(),
    fields: z.record(textSchema(100), z.string().trim().max(4_000)).optional().describe('All of them: what is left out is removed'),
    doNotCall: z.boolean().optional(),
    doNotCallReason: z.string().trim().max(500).optional(),
    consent: consentSchema.optional(),
    callFrom: hourSchema.nullable().optional(),
    callTo: hourSchema.nullable().optional(),
    lunchFrom: hourSchema.nullable().optional(),
    lunchTo: hourSchema.nullable().optional(),
    ownerId: idSchema.nullable().optional(),
  }),
  reply: companyCardSchema,
});
export type CompanyUpdate = z.output<typeof updateCompany.body>;

/** At most so many companies at once: one transaction that holds their leads. */
const groupSize = 1000;
export const changeCompanies = defineEndpoint({
  method: 'post',
  path: '/api/companies/group-changes',
  summary: 'The same change for many companies at once: owner, category, or the not-now list',
  access: managers,
  body: z.object({
    companyIds: z.array(idSchema).min(1).max(groupSize),
    change: z.union([
      z.strictObject({ ownerId: idSchema.nullable() }),
      z.strictObject({ category: categorySchema }),
      z.strictObject({ notNow: z.object({ until: daySchema, reason: z.string().trim().max(500).optional() }) }),
    ]),
  }),
  reply: z.object({ changed: z.int() }),
});
export type GroupChange = z.output<typeof changeCompanies.body>['change'];

export const changeCompanyStatus = defineEndpoint({
  method: 'post',
  path: '/api/companies/:id/status',
  summary: 'Put on the not-now list until a day, on the kill list with the reason, or bring back',
  access: editors,
  params: idParams,
  body: z.discriminatedUnion('status', [
    z.object({ status: z.literal('active') }),
    z.object({ status: z.literal('notNow'), until: daySchema, reason: z.string().trim().max(500).optional() }),
    z.object({ status: z.literal('killed'), reason: textSchema(500) }),
  ]),
  reply: companyCardSchema,
});
export type StatusChange = z.infer<typeof changeCompanyStatus.body>;

export const addCompanyNote = defineEndpoint({
  method: 'post',
  path: '/api/companies/:id/notes',
  summary: 'Add a note to the history',
  access: editors,
  params: idParams,
  body: z.object({ text: textSchema(10_000) }),
  reply: companyCardSchema,
  status: 201,
});

export const addCompanyPhone = defineEndpoint({
  method: 'post',
  path: '/api/companies/:id/phones',
  summary: 'Add a number, or bring a retired one back',
  access: editors,
  params: idParams,
  body: z.object({ phone: textSchema(60), contactId: idSchema.optional() }),
  reply: companyCardSchema,
  status: 201,
});

export const retireCompanyPhone = defineEndpoint({
  method: 'post',
  path: '/api/companies/:id/phones/:phoneId/retire',
  summary: 'A number that is not to be dialled any more',
  access: editors,
  params: idParams.extend({ phoneId: idTextSchema }),
  body: z.object({ reason: textSchema(200) }),
  reply: companyCardSchema,
});

export const changeCompanyPhone = defineEndpoint({
  method: 'patch',
  path: '/api/companies/:id/phones/:phoneId',
  summary: 'Correct a number, or say who answers it; earlier calls keep the number they dialled',
  access: editors,
  params: idParams.extend({ phoneId: idTextSchema }),
  body: z.object({ phone: textSchema(60).optional(), contactId: idSchema.nullable().optional() }),
  reply: companyCardSchema,
});

export const orderCompanyPhones = defineEndpoint({
  method: 'put',
  path: '/api/companies/:id/phones/order',
  summary: 'The order in which the numbers are tried',
  access: editors,
  params: idParams,
  body: z.object({ phoneIds: z.array(idSchema).min(1).max(100) }),
  reply: companyCardSchema,
});

export const companyDuplicates = defineEndpoint({
  method: 'get',
  path: '/api/companies/:id/duplicates',
  summary: 'Companies that may be the same: a phone, or name and region in common',
  access: managers,
  params: idParams,
  reply: z.object({ items: z.array(companyRowSchema) }),
});

export const mergeCompanies = defineEndpoint({
  method: 'post',
  path: '/api/companies/:id/merge',
  summary: 'Take a duplicate into this company with its people, numbers, calls, deals and history',
  access: heads,
  params: idParams,
  body: z.object({ duplicateId: idSchema }),
  reply: companyCardSchema,
});

export const exportCompanies = defineEndpoint({
  method: 'get',
  path: '/api/companies/export',
  summary: 'The filtered companies as a file; limited per person and day, logged',
  access: heads,
  query: companyFilterSchema.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  replyKind: 'stream',
  reply: z.object({}),
});
