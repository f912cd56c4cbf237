import type { Claim, Reason } from '../../contract/http/queue.ts';
import { pressedByHand } from '../../core/dialing/card-mode.ts';
import { choosePhone } from '../../core/queue/choose-phone.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

export interface ClaimedLead {
  leadId: number;
  companyId: number;
  reason: Reason;
  claimedAt: Date;
  leaseUntil: Date;
}

/** A claimed lead with everything the call screen shows. */
export async function claimView(
  app: Pick<AppContext, 'settings' | 'clock'> & { reads: Pick<Reads, 'companyCard'> },
  actor: Actor,
  claimed: ClaimedLead,
): Promise<Claim> {
  const company = await app.reads.companyCard.card(claimed.companyId, app.clock.now());
  if (!company) throw notFound('company');
  const { queue } = await app.settings.read();
  const consent = { company: company.consent, required: queue.consentRequired };
  const chosen = choosePhone(company.phones, company.contacts, company.promise?.contactId ?? null, consent);
  if (!chosen) throw new Error(`company ${claimed.companyId} was queued for ${actor.id} without a phone in use`);
  return {
    dialing: company.list?.dialing ?? pressedByHand,
    lead: { id: claimed.leadId, listId: company.list?.id ?? null, triesTotal: company.triesTotal, triesToday: company.triesToday },
    company,
    contact: chosen.contact,
    phone: chosen.phone,
    reason: claimed.reason,
    runnerUp: claimed.reason.runnerUp,
    claimedAt: claimed.claimedAt.toISOString(),
    leaseUntil: claimed.leaseUntil.toISOString(),
  };
}
