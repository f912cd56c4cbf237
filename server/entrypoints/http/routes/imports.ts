import { z } from 'zod';
import { previewImport as preview } from '../../../app/imports/preview-import.ts';
import { seeImport, seeImportErrors, seeImports } from '../../../app/imports/see-imports.ts';
import { startImport as start } from '../../../app/imports/start-import.ts';
import { invalid } from '../../../app/problem.ts';
import { flagSchema, idTextSchema } from '../../../contract/http/common.ts';
import {
  getImport,
  listImportErrors,
  listImports,
  mappingInputSchema,
  previewImport,
  startImport,
} from '../../../contract/http/imports.ts';
import { readUpload } from '../kit/uploaded-file.ts';
import { route, type Route } from '../kit/route.ts';

const absentWhenEmpty = (value: unknown): unknown => (value === '' ? undefined : value);

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid('mapping', 'notJson', 'mapping is no JSON');
    throw error;
  }
}

const startFields = z.object({
  mapping: z.preprocess(absentWhenEmpty, z.string().transform(parsedJson).pipe(mappingInputSchema).default({})),
  listId: z.preprocess(absentWhenEmpty, idTextSchema.optional()),
  dryRun: z.preprocess(absentWhenEmpty, flagSchema.default(false)),
});

/** Imports of companies: what the file holds, the work, its result. */
export const importRoutes: Route[] = [
  route(previewImport, async ({ app, request }) => {
    const { file, fileName } = await readUpload(request, app.importFiles);
    return preview(app, file, fileName);
  }),
  route(startImport, async ({ app, actor, request }) => {
    const { file, fileName, fields } = await readUpload(request, app.importFiles);
    const parsed = startFields.safeParse(fields);
    if (!parsed.success) {
      await app.importFiles.remove(file.storagePath);
      throw parsed.error;
    }
    const { mapping, listId, dryRun } = parsed.data;
    return { importId: await start(app, actor, { file, fileName, mapping, listId: listId ?? null, dryRun }) };
  }),
  route(listImports, ({ app, query }) => seeImports(app, query)),
  route(getImport, ({ app, params }) => seeImport(app, params.id)),
  route(listImportErrors, ({ app, params, query }) => seeImportErrors(app, params.id, query)),
];
