import { sellerIds } from '../people.ts';
import { visitNotes } from '../words/talk.ts';
import type { CompanyState } from './company-state.ts';
import { officeMillisLater } from './deals.ts';
import type { World } from './world.ts';

/** Sellers call on customers now and then; the contact matrix shows it. */
export function addVisits(world: World, states: readonly CompanyState[]): void {
  const { ledger, random, nowMillis } = world;
  for (const state of states) {
    if (state.customerSince === null) continue;
    for (let millis = Date.parse(state.customerSince); ;) {
      millis = officeMillisLater(random, millis, random.integer(25, 120));
      if (millis > nowMillis) break;
      ledger.visits.add({
        companyId: state.company.id,
        userId: random.pick(sellerIds),
        at: new Date(millis),
        result: 'встретились',
        note: random.pick(visitNotes),
      });
    }
  }
}
