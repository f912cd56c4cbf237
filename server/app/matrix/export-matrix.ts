import { localDay } from '../../core/hours/local-time.ts';
import { cellsOf, type MatrixCell } from '../../core/matrix/marks.ts';
import { monthOf, type Month } from '../../core/matrix/months.ts';
import type { Actor } from '../actor.ts';
import { bookExport } from '../companies/book-export.ts';
import type { CompanyParts } from '../companies/scope.ts';
import type { CompanyScope } from '../ports/reads/companies.ts';
import type { MatrixChoice, MatrixExportRow } from '../ports/reads/matrix.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import { outcomeLabels } from './outcome-labels.ts';
import { matrixScope } from './scope.ts';

const pageRows = 500;

export type MatrixFileRow = MatrixExportRow & { cells: MatrixCell[] };
export interface MatrixFile {
  channel: string;
  months: Month[];
  rows: AsyncIterable<MatrixFileRow>;
}

async function* rowsOf(
  app: CompanyParts,
  scope: CompanyScope,
  chosen: MatrixChoice,
  { count, labels }: { count: number; labels: ReadonlyMap<string, string> },
): AsyncGenerator<MatrixFileRow> {
  let left = count;
  for (let afterId = 0; left > 0;) {
    const rows = await app.reads.matrix.exportRows(scope, chosen, { afterId, limit: Math.min(pageRows, left) });
    for (const row of rows) {
      const contacts = row.contacts.map((contact) => ({ ...contact, outcome: labels.get(contact.outcome ?? '') ?? contact.outcome }));
      yield { ...row, contacts, cells: cellsOf(row.facts, chosen.months, monthOf(chosen.today)) };
    }
    const last = rows.at(-1);
    if (!last) return;
    left -= rows.length;
    afterId = last.id;
  }
}

/**
 * The companies of one channel that have anything in the chosen months, with the substance of their last contacts and what comes next.
 * Written down before the first row leaves, and counted against the same quota as every export.
 */
export async function exportMatrix(
  app: CompanyParts,
  actor: Actor,
  chosen: { months: readonly Month[]; channel?: number | undefined },
): Promise<MatrixFile> {
  const scope = await matrixScope(app, actor);
  if (scope === null) throw conflict('noChannel', 'Вам ещё не назначен канал: попросите руководителя отдела');
  const channelId = chosen.channel ?? (scope.kind === 'channel' ? scope.channelId : undefined);
  if (channelId === undefined) throw invalid('channel', 'required', 'Выберите канал: файл готовится для его линейного руководителя');
  const channel = await app.reads.matrix.channelName(channelId);
  if (channel === null || (scope.kind === 'channel' && scope.channelId !== channelId)) throw notFound('channel');
  const months = [...new Set(chosen.months)].toSorted();
  const count = await app.reads.matrix.countWithFacts(scope, channelId, months);
  await bookExport(app, actor, count, { format: 'xlsx', matrix: { channelId, months } });
  const today = localDay(app.clock.now(), actor.timeZone);
  const labels = await outcomeLabels(app, actor);
  return { channel, months, rows: rowsOf(app, scope, { channelId, months, today }, { count, labels }) };
}
