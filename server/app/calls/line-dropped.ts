import type { AppContext } from '../context.ts';
import type { HeadsetLine, Telephony } from '../ports/telephony.ts';
import { cancelVolley } from '../volleys/cancel-volley.ts';

/** Runs something later; the entrypoint gives real timers, tests their own. Answers how to call it off. */
export interface Scheduler {
  after(milliseconds: number, action: () => void): () => void;
}

/**
 * Watches the reps' lines: whose line drops in a call has the setting's seconds to come back, then the prospect is not left
 * in silence and the call is ended (faults.md). Graces live in this process; a call whose process died is found by the sweeper.
 */
export function lineKeeper(app: AppContext & { telephony: Telephony }, scheduler: Scheduler) {
  const graces = new Map<number, () => void>();
  const callOff = (repId: number): void => {
    graces.get(repId)?.();
    graces.delete(repId);
  };
  return {
    /** Takes what the carrier says of a rep's line. */
    async onLine(repId: number, line: HeadsetLine): Promise<void> {
      callOff(repId);
      if (line.state === 'connected' || line.state === 'connecting') return;
      const { calls } = await app.settings.read();
      const endIt = (): void => {
        graces.delete(repId);
        endCallOf(app, repId).catch((error: unknown) => {
          app.log.error({ err: error, repId }, 'a call whose rep lost his line could not be ended');
        });
      };
      graces.set(repId, scheduler.after(calls.lineGraceSeconds * 1000, endIt));
    },
  };
}

async function endCallOf(app: AppContext & { telephony: Telephony }, repId: number): Promise<void> {
  const { open, volleyId } = await app.unitOfWork.run(async (stores) => ({
    open: await stores.calls.openOf(repId),
    volleyId: await stores.volleys.openOf(repId),
  }));
  if (volleyId !== null) await cancelVolley(app, { id: repId }, volleyId);
  if (open && open.state !== 'ended') await app.telephony.hangup(open.id);
}
