import type { AttemptQuery, AttemptRow } from '../../../contract/http/attempts.ts';
import type { PromiseQuery, PromiseRow } from '../../../contract/http/met-promises.ts';
import type { WinQuery, WinRow } from '../../../contract/http/wins.ts';
import type { CallScope } from './calls.ts';
import type { CountedPage, CountedQuery } from './counted.ts';

/** The records behind the figures, newest first. */
export interface AttemptReads {
  attempts(scope: CallScope, query: CountedQuery & Pick<AttemptQuery, 'kind' | 'yes' | 'companyId'>): Promise<CountedPage<AttemptRow>>;
  wins(scope: CallScope, query: CountedQuery & Pick<WinQuery, 'kind'>): Promise<CountedPage<WinRow>>;
  promises(scope: CallScope, query: CountedQuery & Pick<PromiseQuery, 'outcome' | 'dialled'>): Promise<CountedPage<PromiseRow>>;
}
