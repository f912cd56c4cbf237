import { placeLeads } from '../queue/place-lead.ts';
import type { AppContext } from '../context.ts';

/** A list may hold a hundred thousand companies: more in one transaction would hold up the queue. */
const leadsPerTransaction = 1000;

/** Places the leads of a list where the list's facts now put them. Stopped midway, the rest follow with their next change or a requeue. */
export async function placeListLeads(app: AppContext, listId: number): Promise<void> {
  const settings = await app.settings.read();
  const companyIds = await app.unitOfWork.run((stores) => stores.lists.companyIds(listId));
  for (let from = 0; from < companyIds.length; from += leadsPerTransaction) {
    const some = companyIds.slice(from, from + leadsPerTransaction);
    await app.unitOfWork.run((stores) => placeLeads(stores, { companyIds: some, now: app.clock.now(), settings }));
  }
}
