import type { CompanyFilter } from '../../contract/http/companies.ts';
import type { Actor } from '../actor.ts';
import type { ExportRow } from '../ports/reads/companies.ts';
import { bookExport, exportQuotaOf } from './book-export.ts';
import type { CompanyParts } from './scope.ts';

const pageRows = 1000;

async function* rowsOf(app: CompanyParts, filter: CompanyFilter, count: number): AsyncGenerator<ExportRow> {
  let after = 0;
  let left = count;
  while (left > 0) {
    const rows = await app.reads.companies.exportRows(filter, { after, limit: Math.min(pageRows, left) });
    yield* rows;
    left -= rows.length;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/**
 * The filtered companies, row by row. What is taken is written down before the first row leaves, so that a broken-off download counts too;
 * more than the day's quota is refused whole.
 */
export async function exportCompanies(
  app: CompanyParts,
  actor: Actor,
  filter: CompanyFilter,
  format: string,
): Promise<AsyncIterable<ExportRow>> {
  const quota = exportQuotaOf(await app.settings.read(), actor.role);
  const rows = await app.reads.companies.count(filter, quota + 1);
  await bookExport(app, actor, rows, { format });
  return rowsOf(app, filter, rows);
}
