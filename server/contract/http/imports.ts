import { z } from 'zod';
import { importFields } from '../../core/import/fields.ts';
import { idParams, idSchema, instantSchema, pageOf, pageQuery, personSchema } from './common.ts';
import { defineEndpoint } from './endpoint.ts';

export const importFieldSchema = z.enum(importFields);
export type { ImportField } from '../../core/import/fields.ts';

/** Header → field; the other way round is taken too. */
export const mappingInputSchema = z.record(z.string().max(300), z.string().max(300));
export const mappingSchema = z.record(z.string(), importFieldSchema);

export const importSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  sizeBytes: z.int(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  failure: z.string().nullable(),
  dryRun: z.boolean(),
  list: z.object({ id: idSchema, name: z.string() }).nullable(),
  mapping: mappingSchema,
  rowsDone: z.int(),
  rowsTotal: z.int().nullable().describe('Null until the file has been counted'),
  created: z.int(),
  merged: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  createdBy: personSchema,
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
});
export type ImportView = z.infer<typeof importSchema>;

const importers = ['head', 'admin'] as const;

export const startImport = defineEndpoint({
  method: 'post',
  path: '/api/imports',
  summary: 'Import companies from CSV or XLSX. Multipart: file, mapping? (JSON: header → field), listId?, dryRun?',
  access: importers,
  bodyKind: 'multipart',
  reply: z.object({ importId: idSchema }),
  status: 202,
});

export const importPreviewSchema = z.object({
  fileName: z.string(),
  format: z.string().describe('What the file was found to be: encoding and delimiter, or xlsx'),
  headers: z.array(z.string()),
  mapping: mappingSchema,
  remembered: z.boolean().describe('The mapping was used before for a file with the same header'),
  rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const previewImport = defineEndpoint({
  method: 'post',
  path: '/api/imports/preview',
  summary: 'The first rows of a file and what its columns were found to mean; nothing is kept. Multipart: file',
  access: importers,
  bodyKind: 'multipart',
  reply: importPreviewSchema,
});

export const listImports = defineEndpoint({
  method: 'get',
  path: '/api/imports',
  summary: 'Imports, newest first',
  access: importers,
  query: pageQuery,
  reply: pageOf(importSchema),
});

export const getImport = defineEndpoint({
  method: 'get',
  path: '/api/imports/:id',
  summary: 'Progress and counts of an import',
  access: importers,
  params: idParams,
  reply: importSchema,
});

export const importErrorSchema = z.object({
  id: idSchema,
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  value: z.string().nullable(),
});
export type ImportErrorView = z.infer<typeof importErrorSchema>;

export const listImportErrors = defineEndpoint({
  method: 'get',
  path: '/api/imports/:id/errors',
  summary: 'Rows that were not taken, or not whole: line, column, reason',
  access: importers,
  params: idParams,
  query: pageQuery,
  reply: pageOf(importErrorSchema),
});
