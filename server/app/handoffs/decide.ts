import type { HandoffView } from '../../contract/http/handoffs.ts';
import type { Actor } from '../actor.ts';
import type { HandoffRecord } from '../ports/stores/handoffs.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, notFound } from '../problem.ts';
import { handoffView, untouchedBefore, type HandoffContext } from './list-handoffs.ts';

/** The handoff, locked, when it is the actor's to decide. @throws Refused 404 for another's, 409 `alreadyDecided` */
export async function lockOwn(stores: Stores, actor: Actor, handoffId: number): Promise<HandoffRecord> {
  const handoff = await stores.handoffs.lock(handoffId);
  if (!handoff || handoff.sellerId !== actor.id) throw notFound('handoff');
  if (handoff.status !== 'pending') throw conflict('alreadyDecided', 'this handoff is decided already');
  return handoff;
}

export async function viewAfter(app: HandoffContext, actor: Actor, handoffId: number): Promise<HandoffView> {
  const row = await app.reads.handoffs.handoff(handoffId);
  if (!row) throw notFound('handoff');
  return handoffView(row, actor, await untouchedBefore(app));
}
