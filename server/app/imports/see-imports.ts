import type { ImportErrorView, ImportView } from '../../contract/http/imports.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/** Imports, newest first. */
export async function seeImports(app: { reads: Reads }, page: Page): Promise<{ items: ImportView[]; nextCursor: string | null }> {
  const rows = await app.reads.imports.imports({ before: Number(page.cursor) || null, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? String(items.at(-1)?.id) : null };
}

/** One import with its progress. */
export async function seeImport(app: { reads: Reads }, importId: number): Promise<ImportView> {
  const view = await app.reads.imports.import(importId);
  if (!view) throw notFound('import');
  return view;
}

/** What was wrong with its rows, in their order. */
export async function seeImportErrors(
  app: { reads: Reads },
  importId: number,
  page: Page,
): Promise<{ items: ImportErrorView[]; nextCursor: string | null }> {
  await seeImport(app, importId);
  const rows = await app.reads.imports.errors(importId, { after: Number(page.cursor) || 0, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? String(items.at(-1)?.id) : null };
}
