import type { HandOn } from '../../contract/http/admin.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { OpenWork } from '../ports/stores/leavers.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import { handOverPromises } from '../promises/hand-over-promises.ts';
import { placeLeads } from '../queue/place-lead.ts';
import { lastAdmin, lockAmongAdmins } from './update-user.ts';

async function takersOf(stores: Stores, handOn: HandOn, leaverId: number): Promise<number[]> {
  if ('toTeamId' in handOn) {
    const takers = await stores.leavers.takersInTeam(handOn.toTeamId, leaverId);
    if (takers.length === 0) throw invalid('handOn', 'nobodyToTake', 'nobody in this team can take it');
    return takers;
  }
  const taker = await stores.people.lock(handOn.toUserId);
  if (!taker || taker.disabled || taker.id === leaverId) throw invalid('handOn', 'nobodyToTake', 'this person cannot take it');
  return [taker.id];
}

/** The company he holds goes back into the queue, unless its call still runs: the sweeper ends that claim after the call. */
async function giveBackClaim(stores: Stores, userId: number): Promise<number[]> {
  const held = await stores.queue.claimOf(userId);
  if (!held || (await stores.queue.openCallOf(userId))) return [];
  await stores.queue.removeClaim(userId, held.leadId);
  return [held.companyId];
}

const isEmpty = (open: OpenWork): boolean => Object.values(open).every((count) => count === 0);

/**
 * Ends access at once: sessions go in this transaction, and companies, promises, tasks, deals and lists are handed on in it.
 * Doing it again changes nothing. The caller closes the sockets after it; who misses that is found by the sockets' own watch.
 * @throws Refused 404, 409 `yourself`, `lastAdmin`, 422 `handOnNeeded`, `nobodyToTake`
 */
export async function disableUser(app: AppContext, actor: Actor, userId: number, handOn: HandOn | null): Promise<OpenWork> {
  if (userId === actor.id) throw conflict('yourself', 'nobody disables himself');
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const { isLastAdmin } = await lockAmongAdmins(stores, userId);
    if (isLastAdmin) throw lastAdmin();
    const open = await stores.leavers.openWorkOf(userId);
    if (handOn === null && !isEmpty(open)) throw invalid('handOn', 'handOnNeeded', 'say who takes over what is open');
    await stores.people.setDisabledAt(userId, now);
    await stores.sessions.removeAllOf(userId);
    await stores.presence.shortenLease(userId, now);
    const companyIds = await giveBackClaim(stores, userId);
    if (handOn !== null) {
      const takers = await takersOf(stores, handOn, userId);
      const handed = await stores.leavers.handOn(userId, takers, localDay(now, actor.timeZone));
      const promised = await handOverPromises(stores, { fromRepId: userId, takerIds: takers, byUserId: actor.id, reason: 'leaver', now });
      companyIds.push(...handed.companyIds, ...promised);
    }
    await placeLeads(stores, { companyIds: [...new Set(companyIds)], now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'user.disable',
      entity: 'user',
      entityId: userId,
      details: { ...open, ...handOn },
    });
    return open;
  });
}

/** Lets a disabled person sign in again; what was handed on stays where it is. @throws Refused 404 */
export async function enableUser(app: AppContext, actor: Actor, userId: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.people.lock(userId))) throw notFound('user');
    await stores.people.setDisabledAt(userId, null);
    await stores.audit.write({ userId: actor.id, action: 'user.enable', entity: 'user', entityId: userId });
  });
}
