import type { AppContext } from '../context.ts';
import { placeLeads } from './place-lead.ts';

const batchSize = 1_000;

/** Places every lead anew, batch by batch, each in its own transaction: after a change of rules, a restore, the first load. */
export async function requeueAll(app: Pick<AppContext, 'unitOfWork' | 'settings' | 'clock'>): Promise<{ leads: number }> {
  const settings = await app.settings.read();
  let afterLeadId = 0;
  let leads = 0;
  for (;;) {
    const batch = await app.unitOfWork.run(async (stores) => {
      const found = await stores.queue.leadsAfter(afterLeadId, batchSize);
      await placeLeads(stores, { companyIds: found.map((lead) => lead.companyId), now: app.clock.now(), settings });
      return found;
    });
    const last = batch.at(-1);
    if (!last) return { leads };
    afterLeadId = last.leadId;
    leads += batch.length;
  }
}
