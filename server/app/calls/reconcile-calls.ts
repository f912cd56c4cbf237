import type { CarrierEvent } from '../../core/calls/carrier-event.ts';
import type { AppContext } from '../context.ts';
import type { Telephony } from '../ports/telephony.ts';
import { endEvent } from './start-call.ts';
import { neverDialledKey, takeCarrierEvent } from './take-carrier-event.ts';

/** A dial that is being made is not in doubt yet; after this time a call of which nothing is heard is asked after. */
const usuallySilentSeconds = 45;

/**
 * Asks the carrier after calls in doubt: those whose dial was ambiguous, and live ones of which nothing was heard for long.
 * Run after a restart and by the sweeper, so that every call ends. Nothing is ever dialled again.
 */
export async function reconcileCalls(
  app: AppContext & { telephony: Telephony },
  silentSeconds = usuallySilentSeconds,
): Promise<{ asked: number }> {
  const now = app.clock.now();
  const stale = await app.unitOfWork.run((stores) => stores.calls.staleSince(new Date(now.getTime() - silentSeconds * 1000)));
  for (const callId of stale) {
    try {
      await reconcileCall(app, callId, now);
    } catch (error) {
      // One call that cannot be looked up now must not keep the others waiting; the next sweep asks again.
      app.log.error({ err: error, callId }, 'a call in doubt could not be looked up');
    }
  }
  return { asked: stale.length };
}

/** Asks the carrier after one call and takes what it says of its end. */
export async function reconcileCall(app: AppContext & { telephony: Telephony }, callId: number, now: Date): Promise<void> {
  const event = await whatTheCarrierKnows(app, callId, now);
  if (event) await takeCarrierEvent(app, event);
}

async function whatTheCarrierKnows(app: AppContext & { telephony: Telephony }, callId: number, now: Date): Promise<CarrierEvent | null> {
  const found = await app.telephony.lookUp(callId);
  switch (found.kind) {
    case 'live':
      return null;
    case 'ended':
      return endEvent(callId, 'lookUp:ended', found.cause, found.carrierWord, found.endedAt);
    case 'unheardOf':
      return unheardOf(app, callId, now);
    default:
      return found satisfies never;
  }
}

/** A call the carrier never took was not dialled; one that it took and forgot ended in a way nobody can tell. */
async function unheardOf(app: AppContext, callId: number, now: Date): Promise<CarrierEvent | null> {
  const call = await app.unitOfWork.run((stores) => stores.calls.find(callId));
  if (!call) return null;
  return call.dialedAt === null && call.direction === 'outbound'
    ? endEvent(callId, neverDialledKey, 'canceled', 'unheard of', now)
    : endEvent(callId, 'lookUp:unheardOf', 'unknown', 'unheard of', now);
}
