import type { Settings } from '../../contract/settings.ts';
import { placeOf } from '../../core/queue/place.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeRules } from './rules.ts';

interface PlaceInput {
  companyIds: readonly number[];
  now: Date;
  settings: Settings;
}

/**
 * Puts the leads of these companies where their facts now say, or takes them out of the queue.
 * Call it last in every transaction that changed a fact of `LeadFacts`.
 */
export async function placeLeads(stores: Stores, { companyIds, now, settings }: PlaceInput): Promise<void> {
  const rules = placeRules(settings);
  const leads = await stores.queue.lockFacts(companyIds);
  await stores.queue.write(
    leads.map((facts) => ({ leadId: facts.leadId, calendar: facts, place: placeOf(facts, rules) })),
    now,
  );
}

/** The same for one company. */
export const placeLead = (stores: Stores, { companyId, ...input }: { companyId: number; now: Date; settings: Settings }): Promise<void> =>
  placeLeads(stores, { companyIds: [companyId], ...input });
