import type { BoardRow } from '$contract/http/kpi.ts';

/** What makes a lead look at a rep, gravest first. */
export type Concern = 'promiseAtRisk' | 'longWrapUp' | 'idle' | 'longCard';

/** After so many seconds in a state the lead wants to know why. */
const patienceSeconds = { wrapUp: 180, ready: 180, card: 180 } as const;

const secondsIn = (row: BoardRow, nowMilliseconds: number): number => (nowMilliseconds - Date.parse(row.since)) / 1000;

/** The concerns about a rep now, gravest first. */
export function concernsOf(row: BoardRow, nowMilliseconds: number): Concern[] {
  const seconds = secondsIn(row, nowMilliseconds);
  const concerns: Concern[] = [];
  if (row.promisesAtRisk > 0) concerns.push('promiseAtRisk');
  if (row.activity === 'wrapUp' && seconds > patienceSeconds.wrapUp) concerns.push('longWrapUp');
  if (row.activity === 'ready' && seconds > patienceSeconds.ready) concerns.push('idle');
  if (row.activity === 'card' && seconds > patienceSeconds.card) concerns.push('longCard');
  return concerns;
}

const concernWeight: Record<Concern, number> = { promiseAtRisk: 100, longWrapUp: 40, idle: 30, longCard: 20 };

/** Those at work before those on a break, those before the absent ones. */
const presenceWeight: Record<BoardRow['activity'], number> = {
  talking: 5,
  ringing: 5,
  incoming: 5,
  dialing: 5,
  card: 5,
  wrapUp: 5,
  ready: 5,
  break: 2,
  away: 0,
};

function weightOf(row: BoardRow, nowMilliseconds: number): number {
  const concerns = concernsOf(row, nowMilliseconds).reduce((sum, concern) => sum + concernWeight[concern], 0);
  // An absent rep's promises are at risk too, but he is not the one to be spoken to first.
  return concerns + presenceWeight[row.activity] + Math.min(row.promisesAtRisk, 9);
}

/** Rep ids, those who need attention first; equal ones by name, then id. */
export function orderByAttention(rows: readonly BoardRow[], nowMilliseconds: number): number[] {
  const collator = new Intl.Collator(['ru', 'en']);
  return rows
    .map((row) => ({ row, weight: weightOf(row, nowMilliseconds) }))
    .toSorted(
      (left, right) =>
        right.weight - left.weight || collator.compare(left.row.rep.name, right.row.rep.name) || left.row.rep.id - right.row.rep.id,
    )
    .map(({ row }) => row.rep.id);
}

/** The order that the eye knows: those who left drop out, new ones come last. */
export function keepOrder(order: readonly number[], rows: readonly BoardRow[]): number[] {
  const here = new Set(rows.map((row) => row.rep.id));
  const known = order.filter((id) => here.has(id));
  const seen = new Set(known);
  return [...known, ...rows.map((row) => row.rep.id).filter((id) => !seen.has(id))];
}

/** True when another order would put somebody else where the eye looks first. */
export function isOutOfOrder(order: readonly number[], rows: readonly BoardRow[], nowMilliseconds: number): boolean {
  return orderByAttention(rows, nowMilliseconds).some((id, index) => id !== order[index]);
}
