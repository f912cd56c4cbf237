import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { HandoffView } from '../../contract/http/handoffs.ts';
import type { Actor } from '../actor.ts';
import { bookWin } from '../deals/book-progress.ts';
import { placeLead } from '../queue/place-lead.ts';
import { lockOwn, viewAfter } from './decide.ts';
import type { HandoffContext } from './list-handoffs.ts';

/** Takes the prospect over: deal and company become the seller's, and the rep has a win. @throws Refused 404, 409 `alreadyDecided` */
export async function acceptHandoff(app: HandoffContext, actor: Actor, handoffId: number): Promise<HandoffView> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const handoff = await lockOwn(stores, actor, handoffId);
    const { companyId, dealId, fromRepId } = handoff;
    await stores.handoffs.decide(handoffId, { status: 'accepted', returnReason: null, at: now });
    await stores.handoffs.giveToSeller(handoff);
    await stores.handoffs.closeAcceptTask(handoff, now);
    await bookWin(stores, 'handoffAccepted', `handoffAccepted:handoff ${handoffId}`, { repId: fromRepId, companyId, dealId, at: now });
    await placeLead(stores, { companyId, now, settings });
    await stores.audit.write({ userId: actor.id, action: 'handoff.accept', entity: 'handoff', entityId: handoffId });
    await announceBoardRows(stores, [fromRepId]);
  });
  return viewAfter(app, actor, handoffId);
}
