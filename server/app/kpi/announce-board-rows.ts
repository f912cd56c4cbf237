import type { Stores } from '../ports/stores/index.ts';

/**
 * Says that the live rows of these reps changed: a call moved, a claim, a presence, a count. After the commit the board's publisher
 * gathers such words for a quarter of a second and tells the rows as they then are, with the rep's own figures.
 */
export async function announceBoardRows(stores: Pick<Stores, 'outbox'>, repIds: readonly number[]): Promise<void> {
  await stores.outbox.boardChanged(repIds);
}
