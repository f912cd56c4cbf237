import type { Stores } from '../ports/stores/index.ts';

export interface HandingOver {
  fromRepId: number;
  takerIds: readonly number[];
  byUserId: number;
  reason: string;
  now: Date;
  /** Only promises whose time comes before it: for an absence that ends. */
  before?: Date;
}

/**
 * Gives the open promises of a rep who leaves, or is away, to others before their time: a company's promise to its owner when he is
 * among them, the rest spread evenly. Each is written into its history. The caller places the leads of the companies that are answered,
 * last in its transaction.
 */
export function handOverPromises(stores: Stores, { fromRepId, takerIds, byUserId, reason, now, before }: HandingOver): Promise<number[]> {
  if (takerIds.length === 0) return Promise.resolve([]);
  return stores.promises.handOver(fromRepId, { takerIds, byUserId, reason, at: now, before: before ?? null });
}
