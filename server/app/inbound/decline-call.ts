import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { Telephony } from '../ports/telephony.ts';
import { notFound } from '../problem.ts';
import { ringCall } from './ring-call.ts';

/** Waves an arriving call on; whoever is next rings at once. @throws Refused 404 when it does not ring for him */
export async function declineCall(app: AppContext & { telephony: Telephony }, actor: Actor, callId: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    await stores.calls.lock(callId);
    if (!(await stores.inbound.decline(callId, actor.id, app.clock.now()))) throw notFound('call');
    await stores.outbox.announce({ event: 'call:ring', audience: { user: actor.id }, payload: { callId, ring: null, why: 'declined' } });
    await announceBoardRows(stores, [actor.id]);
  });
  await ringCall(app, callId);
}
