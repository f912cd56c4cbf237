import { recordAttempt, recordWin, withoutCall } from '../kpi/count.ts';
import type { WinKind } from '../ports/stores/attempts.ts';
import type { Stores } from '../ports/stores/index.ts';

/** Something of a deal that counts and happened without a call. */
interface Progress {
  repId: number;
  companyId: number;
  dealId: number;
  at: Date;
}

/** Writes a win and counts it; one with the same key is written once. */
export async function bookWin(stores: Stores, kind: WinKind, key: string, progress: Progress): Promise<void> {
  await recordWin(stores, { ...(await withoutCall(stores, progress)), kind, key, dealId: progress.dealId });
}

/** Writes the attempt to close, one per deal, and counts it. */
export async function bookClose(stores: Stores, yes: boolean, progress: Progress): Promise<void> {
  await recordAttempt(stores, { ...(await withoutCall(stores, progress)), kind: 'close', yes, dealId: progress.dealId, meetingId: null });
}
