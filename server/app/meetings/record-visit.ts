import type { NewVisit } from '../../contract/http/meetings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { refuseStranger, writePromise } from '../promises/make-promise.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, notFound } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';

/** The next contact agreed on a visit takes the place of what was promised before. */
async function writeNextContact(
  stores: Stores,
  { actor, settings, now, visit }: { actor: Actor; settings: Settings; now: Date; visit: NewVisit },
): Promise<void> {
  const { companyId, contactId, nextContact } = visit;
  if (!nextContact) return;
  const open = await stores.promises.openOf(companyId);
  if (open) await stores.promises.close(open.id, { status: 'moved', at: now, callId: null });
  const step = { stores, actor, settings, now, companyId, contactId: contactId ?? null, note: null };
  const made = await writePromise(step, 'nextContact', nextContact);
  if (open) await stores.promises.saveMovedTo(open.id, { promiseId: made.id, byUserId: actor.id, reason: 'visitCard', at: now });
}

/** Writes the card of a visit. @throws Refused 404 for a company out of the actor's sight, 422 for a visit that has not been yet */
export async function recordVisit(app: AppContext, actor: Actor, visit: NewVisit) {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const { companyId, contactId = null, result, note = null } = visit;
  const at = new Date(visit.at);
  if (at > now) throw invalid('at', 'notYet', 'Карточку пишут после визита: это время ещё не наступило');
  const id = await app.unitOfWork.run(async (stores) => {
    if (!(await stores.taskCommands.worksOn(actor, companyId))) throw notFound('company');
    if (contactId !== null) await refuseStranger(stores, companyId, contactId);
    await stores.queue.lockFacts([companyId]);
    const created = await stores.meetings.createVisit({ companyId, contactId, userId: actor.id, at, result, note });
    await stores.meetings.saveContact(companyId, at);
    await writeNextContact(stores, { actor, settings, now, visit });
    await placeLead(stores, { companyId, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'visit.create',
      entity: 'company',
      entityId: companyId,
      details: { visitId: created },
    });
    return created;
  });
  return { id, companyId, at: at.toISOString(), result, note };
}
