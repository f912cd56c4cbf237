import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, type Refused } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';

interface Wanted {
  leadId: number;
  companyId: number;
  now: Date;
  settings: Settings;
}

export type Held = { kind: 'held' } | { kind: 'open'; refusal: Refused };

/**
 * Puts a lead into the rep's hand out of the queue's order: his other card goes back to exactly its place, and a colleague who only
 * looks at this one gives it up. The rep's row and the lead's are locked already. Not while a call of his is live or has no outcome.
 */
export async function holdLead(stores: Stores, actor: Pick<Actor, 'id'>, { leadId, companyId, now, settings }: Wanted): Promise<Held> {
  const mine = await stores.queue.claimOf(actor.id);
  if (mine && mine.leadId !== leadId) await stores.queue.removeClaim(actor.id, mine.leadId);
  // After the locks: a dial of the other card that was faster has committed by now.
  const open = await stores.queue.openCallOf(actor.id);
  if (open) {
    const refusal = open.live
      ? conflict('callLive', 'a call is still live')
      : conflict('outcomeMissing', 'the last call has no outcome yet');
    return { kind: 'open', refusal };
  }
  if (mine && mine.leadId !== leadId) await placeLead(stores, { companyId: mine.companyId, now, settings });
  const holder = await stores.inbound.holderOf(leadId);
  if (holder !== null && holder !== actor.id) {
    await stores.queue.removeClaim(holder, leadId);
    await stores.outbox.announce({
      event: 'queue:claim',
      audience: { user: holder },
      payload: { leadId, companyId, why: 'answeredByColleague' },
    });
  }
  const leaseUntil = new Date(now.getTime() + settings.queue.claimLeaseSeconds * 1000);
  await stores.inbound.takeClaim(leadId, actor.id, now, leaseUntil);
  await stores.outbox.announce({ event: 'queue:claim', audience: { user: actor.id }, payload: { leadId, companyId, why: 'claimed' } });
  return { kind: 'held' };
}
