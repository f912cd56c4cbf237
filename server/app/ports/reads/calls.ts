import type { z } from 'zod';
import type { CallRow, getCall, listCalls } from '../../../contract/http/calls.ts';

export type CallFilter = z.output<typeof listCalls.query>;
export type CallCard = z.infer<typeof getCall.reply>;

/** Whose calls may be seen; null means everybody's. */
export interface CallScope {
  repId: number | null;
  teamId: number | null;
}

export interface CallReads {
  /** Newest first; `metric` narrows to exactly what that figure counts. */
  list(scope: CallScope, filter: CallFilter): Promise<{ items: CallRow[]; nextCursor: string | null }>;
  card(scope: CallScope, callId: number): Promise<CallCard | null>;
}
