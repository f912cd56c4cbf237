import type { MatrixCard, MatrixFilter, MatrixFilters, MatrixPage } from '../../contract/http/matrix.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { cellsOf } from '../../core/matrix/marks.ts';
import { matrixMonths, monthOf, type Month } from '../../core/matrix/months.ts';
import type { Actor } from '../actor.ts';
import type { CompanyParts } from '../companies/scope.ts';
import { pageOfRows, readCursor } from '../page.ts';
import { invalid } from '../problem.ts';
import { outcomeLabels } from './outcome-labels.ts';
import { matrixScope, refuseOutsideMatrix } from './scope.ts';

const todayOf = (app: CompanyParts, actor: Actor): string => localDay(app.clock.now(), actor.timeZone);

/** A page of companies, each with its 48 months. @throws Refused 422 `badCursor` */
export async function readMatrix(
  app: CompanyParts,
  actor: Actor,
  filter: MatrixFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<MatrixPage> {
  const today = todayOf(app, actor);
  const months = matrixMonths(today);
  const current = monthOf(today);
  const scope = await matrixScope(app, actor);
  if (scope === null) return { months, current, withoutChannel: true, items: [], nextCursor: null };
  const [afterId = null] = readCursor(cursor, 1) ?? [];
  const span = { from: months[0] ?? current, to: months.at(-1) ?? current };
  const rows = await app.reads.matrix.companies(scope, filter, { afterId, limit: limit + 1, span });
  if (rows === null) throw invalid('cursor', 'badCursor', 'the company that this page went on after is not there any more');
  const page = pageOfRows(rows, limit, ({ id }) => [id]);
  const items = page.items.map(({ facts, ...company }) => ({ ...company, cells: cellsOf(facts, months, current) }));
  return { months, current, withoutChannel: false, items, nextCursor: page.nextCursor };
}

/** What the matrix can be filtered by. */
export async function readMatrixFilters(app: CompanyParts, actor: Actor): Promise<MatrixFilters> {
  const scope = await matrixScope(app, actor);
  return scope === null ? { channels: [], subchannels: [], regions: [], owners: [] } : app.reads.matrix.filters(scope);
}

/** The cards behind a cell. @throws Refused 404 for a company out of sight */
export async function readCards(app: CompanyParts, actor: Actor, companyId: number, month: Month): Promise<MatrixCard[]> {
  await refuseOutsideMatrix(app, actor, companyId);
  const labels = await outcomeLabels(app, actor);
  const cards = await app.reads.matrix.cards(companyId, { month, current: monthOf(todayOf(app, actor)) });
  return cards.map((card) => (card.kind === 'call' ? { ...card, title: labels.get(card.title ?? '') ?? card.title } : card));
}
