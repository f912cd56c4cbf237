import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { Counts, Dimensions } from '../../core/kpi/metrics.ts';
import { countsOfAttempt, countsOfPromise, countsOfWin } from '../../core/kpi/metrics.ts';
import type { PromiseVerdict } from '../../core/promises/promise-times.ts';
import type { NewAttempt, NewWin } from '../ports/stores/attempts.ts';
import type { CallDimensions } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { announceBoardRows } from './announce-board-rows.ts';

/** The key of a counter: what a record does not have is 0. */
const dimensionsOf = (record: CallDimensions & { repId: number }): Dimensions => ({
  day: record.day,
  hour: record.hour,
  repId: record.repId,
  teamId: record.teamId ?? 0,
  listId: record.listId ?? 0,
  channelId: record.channelId ?? 0,
  sourceId: record.sourceId ?? 0,
});

/** Adds to the counters of a record. */
export const count = (stores: Stores, record: CallDimensions & { repId: number }, counts: Counts): Promise<void> =>
  stores.kpi.add(dimensionsOf(record), counts);

/** What counts and happened without a call: for this person, on his own day and hour, under the company's list, channel and source. */
export async function withoutCall(stores: Stores, { repId, companyId, at }: { repId: number; companyId: number; at: Date }) {
  const { timeZone, ...counted } = await stores.dealCommands.countedBy(repId, companyId);
  return { ...counted, day: localDay(at, timeZone), hour: localHour(at, timeZone), at, repId, companyId, callId: null };
}

/** Writes an attempt into the ledger and counts it; one that is there already counts nothing. */
export async function recordAttempt(stores: Stores, attempt: NewAttempt): Promise<void> {
  if (await stores.attempts.write(attempt)) await count(stores, attempt, countsOfAttempt(attempt));
}

/** Writes a win and counts it, once. Answers whether it was new. */
export async function recordWin(stores: Stores, win: NewWin): Promise<boolean> {
  const isNew = await stores.attempts.writeWin(win);
  if (isNew) await count(stores, win, countsOfWin(win.kind));
  return isNew;
}

/** Writes how a promise was met and counts it for whose promise it is, whoever dialled; his row of the board changes by it. */
export async function recordVerdict(
  stores: Stores,
  promise: { id: number; repId: number },
  verdict: PromiseVerdict,
  dialledAt: Date | null,
  dimensions: CallDimensions,
): Promise<void> {
  const { day, hour, teamId, listId, channelId, sourceId } = dimensions;
  const countedBy = { repId: promise.repId, day, hour, teamId, listId, channelId, sourceId };
  await stores.promises.saveOutcome(promise.id, { verdict, dialledAt, ...countedBy });
  await count(stores, countedBy, countsOfPromise(verdict));
  await announceBoardRows(stores, [promise.repId]);
}
