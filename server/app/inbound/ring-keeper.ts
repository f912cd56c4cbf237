import type { Scheduler } from '../calls/line-dropped.ts';
import type { AppContext } from '../context.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { ArrivingCall, Telephony } from '../ports/telephony.ts';
import { ringCall } from './ring-call.ts';
import { takeOver } from './take-over.ts';
import { takeArrivingCall } from './take-arriving-call.ts';

/** Somebody may become ready, or begin a call, while it rings: it is looked at again at least so often. */
const longestWaitMilliseconds = 2_000;

/**
 * Lets arriving calls ring: first here, then there, until they are answered. Only the waiting lives in this process; what rings for
 * whom is in the base, and `resume` goes on with it after a restart.
 */
export function ringKeeper(app: AppContext & { telephony: Telephony; recordingStorage: RecordingStorage }, scheduler: Scheduler) {
  const waiting = new Map<number, () => void>();

  const decide = async (callId: number): Promise<void> => {
    waiting.delete(callId);
    const again = await ringCall(app, callId);
    if (again === null) return;
    const wait = Math.min(longestWaitMilliseconds, Math.max(0, again.getTime() - app.clock.now().getTime()));
    waiting.get(callId)?.();
    waiting.set(
      callId,
      scheduler.after(wait, () => {
        begin(callId);
      }),
    );
  };
  const begin = (callId: number): void => {
    decide(callId).catch((error: unknown) => {
      app.log.error({ err: error, callId }, 'an arriving call could not be passed on; the next look will');
    });
  };

  return {
    /** Takes a call in and lets it ring; the carrier needs its number at once, ringing follows. */
    async onArriving(arriving: ArrivingCall): Promise<number | null> {
      const callId = await takeArrivingCall(app, arriving);
      if (callId === null) return null;
      scheduler.after(0, () => {
        takeOver(app, callId)
          .catch((error: unknown) =>
            app.log.warn({ err: error, callId }, 'who was consulted could not take over at once; it rings for him'),
          )
          .finally(() => begin(callId));
      });
      return callId;
    },
    /** Goes on with whatever rings in the base and nobody here waits for. */
    async resume(): Promise<void> {
      const arriving = await app.unitOfWork.run((stores) => stores.inbound.arriving());
      for (const callId of arriving) if (!waiting.has(callId)) begin(callId);
    },
  };
}
