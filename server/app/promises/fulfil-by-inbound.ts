import { verdictOfDial } from '../../core/promises/promise-times.ts';
import { recordVerdict } from '../kpi/count.ts';
import type { CallDimensions } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';

/**
 * The prospect called by himself and was talked to: the company's open promise is met by it (domain.md, "promise kept on time"), also when
 * he called before its time. Call it inside the transaction that takes the answer, before the lead is placed.
 * @returns the promise that was met, or null when nothing was owed
 */
export async function fulfilByInbound(
  stores: Stores,
  call: CallDimensions & { id: number; companyId: number },
  answeredAt: Date,
): Promise<number | null> {
  const promise = await stores.promises.openOf(call.companyId);
  if (!promise) return null;
  if (promise.outcome === 'pending') await recordVerdict(stores, promise, verdictOfDial(promise, answeredAt) ?? 'onTime', answeredAt, call);
  await stores.promises.record(promise.id, {
    kind: 'fulfilledByInbound',
    at: answeredAt,
    byUserId: null,
    reason: 'inbound',
    callId: call.id,
  });
  await stores.promises.close(promise.id, { status: 'fulfilled', at: answeredAt, callId: call.id });
  return promise.id;
}
