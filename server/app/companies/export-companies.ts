import type { CompanyFilter } from '../../contract/http/companies.ts';
import { addMinutes } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { ExportRow } from '../ports/reads/companies.ts';
import { Refused } from '../problem.ts';
import type { CompanyParts } from './scope.ts';

/** Rows that one person may take out within a day (faults.md, "mass export by a leaver"). */
const exportQuotaPerDay = 20_000;
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
  const now = app.clock.now();
  const rows = await app.reads.companies.count(filter, exportQuotaPerDay + 1);
  await app.unitOfWork.run(async (stores) => {
    const taken = await stores.companies.exportedSince(actor.id, addMinutes(now, -24 * 60));
    if (taken + rows > exportQuotaPerDay) {
      app.log.warn({ userId: actor.id, taken, asked: rows }, 'export over the quota was refused');
      throw new Refused(429, 'exportQuota', `За сутки можно выгрузить ${exportQuotaPerDay} компаний, уже выгружено ${taken}. Сузьте отбор`);
    }
    await stores.audit.write({ userId: actor.id, action: 'company.export', entity: 'company', details: { rows, format } });
  });
  return rowsOf(app, filter, rows);
}
