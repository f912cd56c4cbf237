import type { PresenceState } from '../../contract/http/kpi.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';

/** The console refreshes twice in this time; who does not is away. */
const leaseSeconds = 75;

/** Presence is a lease: setting it again with the same state refreshes it without telling anybody. */
export async function setPresence(app: AppContext, actor: Actor, state: PresenceState): Promise<PresenceState> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const { changed } = await stores.presence.set(actor.id, state, now, new Date(now.getTime() + leaseSeconds * 1000));
    if (changed) await announceBoardRows(stores, [actor.id]);
  });
  return state;
}

/** The last tab closed: he has as long to come back as to a live call, then he is away. */
export async function shortenPresence(app: AppContext, actor: Actor): Promise<void> {
  const { calls } = await app.settings.read();
  const leaseUntil = new Date(app.clock.now().getTime() + calls.lineGraceSeconds * 1000);
  await app.unitOfWork.run((stores) => stores.presence.shortenLease(actor.id, leaseUntil));
}

/** Sweeper's part: leases that ran out become "away" on every board. */
export async function expirePresence(app: AppContext): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const gone = await stores.presence.expire(now);
    if (gone.length > 0) await announceBoardRows(stores, gone);
  });
}
