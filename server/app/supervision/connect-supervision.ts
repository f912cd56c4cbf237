import { isShownToRep } from '../../core/supervision/mode.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceMix } from './end-supervision.ts';
import { answerSeconds, leaseFrom } from './keep-supervision.ts';
import { lockAsRep, lockAsSupervisor } from './own-supervision.ts';

/** Passes the supervisor's offer to the rep's browser, which has some seconds to answer. @throws Refused 404 */
export async function passOffer(app: AppContext, actor: Actor, { id, sdp }: { id: number; sdp: string }): Promise<void> {
  const { supervision: rules } = await app.settings.read();
  const until = new Date(app.clock.now().getTime() + answerSeconds * 1000);
  await app.unitOfWork.run(async (stores) => {
    const supervision = await lockAsSupervisor(stores, actor, id);
    await stores.supervision.expectRep(id, until);
    await announceMix(stores, supervision, { mode: supervision.wanted, offer: sdp, shown: isShownToRep(supervision.wanted, rules) });
  });
}

/** Passes the answer of the rep's browser back; from now on it has a part that can be lost. @throws Refused 404 */
export async function passAnswer(
  app: AppContext,
  actor: Actor,
  { id, sdp, socketId }: { id: number; sdp: string; socketId: string },
): Promise<void> {
  const lease = leaseFrom(app.clock.now(), socketId);
  await app.unitOfWork.run(async (stores) => {
    const { supervisorId } = await lockAsRep(stores, actor, id);
    await stores.supervision.keep(id, 'rep', lease);
    await stores.outbox.announce({ event: 'supervision:answer', audience: { user: supervisorId }, payload: { id, sdp } });
  });
}
