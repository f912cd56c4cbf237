import type { NewVisit } from '../../contract/http/meetings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { invalid, notFound } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';

/** Writes the card of a visit. @throws Refused 404 for a company out of the actor's sight, 422 for a visit that has not been yet */
export async function recordVisit(app: AppContext, actor: Actor, { at, note, ...input }: NewVisit) {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const visited = new Date(at);
  if (visited > now) throw invalid('at', 'notYet', 'a card is written after the visit');
  const visit = { ...input, note: note ?? null };
  const id = await app.unitOfWork.run(async (stores) => {
    if (!(await stores.taskCommands.worksOn(actor, input.companyId))) throw notFound('company');
    const created = await stores.meetings.createVisit({ ...visit, userId: actor.id, at: visited });
    await stores.meetings.saveContact(input.companyId, visited);
    await placeLead(stores, { companyId: input.companyId, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'visit.create',
      entity: 'company',
      entityId: input.companyId,
      details: { visitId: created },
    });
    return created;
  });
  return { id, ...visit, at: visited.toISOString() };
}
