import type { Scheduler } from '../calls/line-dropped.ts';
import { takeCarrierEvent } from '../calls/take-carrier-event.ts';
import type { AppContext } from '../context.ts';
import type { Telephony } from '../ports/telephony.ts';
import type { CarrierEvent } from '../../core/calls/carrier-event.ts';
import { settleVolley } from './settle-volley.ts';

/**
 * Decides volleys anew at each word of the carrier about their lines, and when doubt or patience ends. Only the waiting lives in this
 * process; what rings for whom is in the base, and `resume` goes on with it after a restart.
 */
export function volleyKeeper(app: AppContext & { telephony: Telephony }, scheduler: Scheduler) {
  const waiting = new Map<number, () => void>();

  const settle = async (volleyId: number): Promise<void> => {
    try {
      const again = await settleVolley(app, volleyId);
      waiting.get(volleyId)?.();
      waiting.delete(volleyId);
      if (again === null) return;
      const wait = Math.max(0, again.getTime() - app.clock.now().getTime());
      const cancel = scheduler.after(wait, () => void settle(volleyId));
      waiting.set(volleyId, cancel);
    } catch (error) {
      app.log.error({ err: error, volleyId }, 'lines that ring together were not decided; the next word or sweep will');
    }
  };

  return {
    /** Takes a word of the carrier, and what follows from it for the lines that ring together. */
    async onEvent(event: CarrierEvent): Promise<void> {
      const volleyId = await takeCarrierEvent(app, event);
      if (volleyId !== null) await settle(volleyId);
    },
    /** Goes on with all that is not over: after a restart, and for words that were lost. */
    async resume(): Promise<void> {
      for (const volleyId of await app.unitOfWork.run((stores) => stores.volleys.open())) await settle(volleyId);
    },
  };
}
