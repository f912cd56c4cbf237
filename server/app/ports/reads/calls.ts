import type { z } from 'zod';
import type { CallColleague } from '../../../contract/http/call-parties.ts';
import type { CallRow, getCall, listCalls } from '../../../contract/http/calls.ts';
import type { OverdueRecordings } from './recordings.ts';
import type { CountedPage, CountedQuery } from './counted.ts';

export type CallFilter = Omit<z.output<typeof listCalls.query>, 'cursor' | 'recording'> &
  CountedQuery & { overdue: OverdueRecordings | undefined };
export type CallCard = z.infer<typeof getCall.reply>;

/** Whose calls may be seen; null means everybody's. */
export interface CallScope {
  repId: number | null;
  teamId: number | null;
}

export interface CallReads {
  /** Newest first; `metric` narrows to exactly what that figure counts. */
  list(scope: CallScope, filter: CallFilter): Promise<CountedPage<CallRow>>;
  card(scope: CallScope, callId: number): Promise<CallCard | null>;
  /** Whom a call can be handed to, free ones first. */
  colleagues(exceptId: number, now: Date): Promise<CallColleague[]>;
}
