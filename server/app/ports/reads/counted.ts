import type { CountedBy } from '../../../contract/http/counted-by.ts';

/** A page of the rows behind a figure; `after` is the id of the last row seen. */
export interface CountedQuery extends CountedBy {
  after: number | undefined;
  limit: number;
}

export interface CountedPage<Row> {
  items: Row[];
  nextCursor: string | null;
  /** How many there are in all, where that is cheap to know. */
  total?: number;
}
