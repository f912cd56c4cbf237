import type { SupervisionMode } from '../../core/supervision/mode.ts';
import type { Scheduler } from '../calls/line-dropped.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { SupervisionLease } from '../ports/stores/supervision.ts';
import { notFound } from '../problem.ts';
import { endSupervision } from './end-supervision.ts';

/** Browsers say three times in this time that they are still there. */
const leaseSeconds = 30;
/** A browser whose socket was lost has so long to come back with another: a restart of the server ends nothing. */
const graceSeconds = 12;
/** The rep's browser answers an offer within this, or has no headset that could. */
export const answerSeconds = 12;

export function leaseFrom(now: Date, socketId: string): SupervisionLease {
  return { socketId, until: new Date(now.getTime() + leaseSeconds * 1000) };
}

/**
 * A browser of either side is still there, perhaps with another socket. Answers the mode that is wanted.
 * @throws Refused 404 when it is over
 */
export async function keepSupervision(
  app: AppContext,
  actor: Actor,
  { id, socketId }: { id: number; socketId: string },
): Promise<{ wanted: SupervisionMode }> {
  const lease = leaseFrom(app.clock.now(), socketId);
  return app.unitOfWork.run(async (stores) => {
    const supervision = await stores.supervision.lock(id);
    if (supervision?.supervisorId === actor.id) await stores.supervision.keep(id, 'supervisor', lease);
    else if (supervision?.repId === actor.id) await stores.supervision.keep(id, 'rep', lease);
    else throw notFound('supervision');
    return { wanted: supervision.wanted };
  });
}

/** Ends what a browser fell silent of. The sweeper's part, and soon after a socket was lost. */
export async function endLapsedSupervision(app: AppContext): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    for (const supervision of await stores.supervision.lockLapsed(now)) {
      const { repLeaseUntil, supervisorLeaseUntil, mode } = supervision;
      const repIsSilent = repLeaseUntil !== null && repLeaseUntil <= now && supervisorLeaseUntil > now;
      const because = !repIsSilent ? 'supervisorGone' : mode === null ? 'notAnswered' : 'repGone';
      await endSupervision(stores, supervision, because, now);
    }
  });
}

/** Takes the word that a socket was lost; what hung on it ends unless its browser comes back in time. */
export function supervisionKeeper(app: AppContext, scheduler: Scheduler) {
  const look = (): void => {
    endLapsedSupervision(app).catch((error: unknown) => {
      app.log.error({ err: error }, 'supervision of a lost browser was not ended; the sweep does it');
    });
  };
  return {
    async onSocketLost(socketId: string): Promise<void> {
      const until = new Date(app.clock.now().getTime() + graceSeconds * 1000);
      if (await app.unitOfWork.run((stores) => stores.supervision.shorten(socketId, until))) {
        scheduler.after(graceSeconds * 1000, look);
      }
    },
  };
}
