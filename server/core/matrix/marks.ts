import { addMonths, type Month } from './months.ts';

/**
 * What a cell can carry. Facts: a call that reached a decision maker, a visit or a meeting held, work started.
 * Plans: a call to be made, a meeting to be held, a tender.
 */
export const marks = ['started', 'visit', 'call', 'tender', 'plannedVisit', 'plannedCall'] as const;
export type Mark = (typeof marks)[number];

/** What records of one kind a company has in one month; `monthsAhead` only where calls begin so long before the event. */
export interface MonthFact {
  kind: 'call' | 'visit' | 'heldMeeting' | 'start' | 'promise' | 'plannedMeeting' | 'tender' | 'plannedContact';
  month: Month;
  count: number;
  monthsAhead: number;
}

export interface MarkCount {
  mark: Mark;
  count: number;
}
export interface MatrixCell {
  month: Month;
  marks: MarkCount[];
}

function markOf(kind: MonthFact['kind']): Mark {
  switch (kind) {
    case 'call':
      return 'call';
    case 'visit':
    case 'heldMeeting':
      return 'visit';
    case 'start':
      return 'started';
    case 'promise':
    case 'plannedContact':
      return 'plannedCall';
    case 'plannedMeeting':
      return 'plannedVisit';
    case 'tender':
      return 'tender';
    default:
      return kind satisfies never;
  }
}

const isPlan = (kind: MonthFact['kind']): boolean => kind === 'promise' || kind === 'plannedMeeting' || kind === 'plannedContact';

/** An overdue promise is an obligation of this month; any other plan whose month is over was replaced by its facts. A tender stays where it was. */
function shownIn({ kind, month }: MonthFact, current: Month): Month | null {
  if (!isPlan(kind) || month >= current) return month;
  return kind === 'promise' ? current : null;
}

/** The months before an event in which it is called about: a tender in November, two months ahead, means calls from September. */
export function leadUp(on: Month, monthsAhead: number): Month[] {
  return Array.from({ length: monthsAhead }, (_, index) => addMonths(on, index - monthsAhead));
}

/**
 * A company's cells, oldest first, each with its marks in the order of `marks`; months without any are left out.
 * What leads up to an event is planned only from `current` on, and only in months that `window` shows.
 */
export function cellsOf(facts: readonly MonthFact[], window: readonly Month[], current: Month): MatrixCell[] {
  const shown = new Set(window);
  const counts = new Map<Month, Map<Mark, number>>();
  const add = (month: Month, mark: Mark, count: number): void => {
    if (!shown.has(month)) return;
    const cell = counts.get(month) ?? new Map<Mark, number>();
    counts.set(month, cell.set(mark, (cell.get(mark) ?? 0) + count));
  };
  for (const fact of facts) {
    const month = shownIn(fact, current);
    if (month === null) continue;
    add(month, markOf(fact.kind), fact.count);
    for (const before of leadUp(fact.month, fact.monthsAhead)) if (before >= current) add(before, 'plannedCall', fact.count);
  }
  return [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([month, cell]) => ({ month, marks: marks.flatMap((mark) => (cell.has(mark) ? [{ mark, count: cell.get(mark) ?? 0 }] : [])) }));
}
