import type { z } from 'zod';
import type { currentCall as currentCallEndpoint } from '../../contract/http/calls.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';

type CurrentCall = z.infer<typeof currentCallEndpoint.reply>;

/** The rep's live call, or the ended one that still wants its outcome, with all that the call screen shows; null when neither. */
export async function currentCall(
  app: AppContext & { reads: Pick<Reads, 'companyCard' | 'calls'> },
  actor: Actor,
): Promise<CurrentCall | null> {
  const found = await app.unitOfWork.run(async (stores) => {
    const open = await stores.calls.openOf(actor.id);
    return open && { record: open, call: await stores.calls.view(open.id) };
  });
  if (!found) return null;
  const { record, call } = found;
  const [company, card] = await Promise.all([
    app.reads.companyCard.card(record.companyId, app.clock.now()),
    app.reads.calls.card({ repId: actor.id, teamId: null }, record.id),
  ]);
  if (!company) throw new Error(`call ${record.id} has no company`);
  return {
    call,
    company,
    contact: company.contacts.find((contact) => contact.id === record.contactId) ?? null,
    phone: company.phones.find((phone) => phone.id === record.phoneId) ?? null,
    reason: card?.reason ?? null,
  };
}
