import type { GroupChange } from '../../contract/http/companies.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { CompanyChange } from '../ports/stores/companies.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, notFound } from '../problem.ts';
import { placeLeads } from '../queue/place-lead.ts';
import { companyScope, type CompanyParts } from './scope.ts';
import { refuseOwner } from './update-company.ts';

async function factsOf(stores: Stores, actor: Actor, change: GroupChange, now: Date): Promise<CompanyChange> {
  if ('category' in change) return { category: change.category };
  if ('ownerId' in change) {
    await refuseOwner(stores, actor, change.ownerId);
    return { ownerId: change.ownerId };
  }
  const { until, reason } = change.notNow;
  if (until <= localDay(now, actor.timeZone)) throw invalid('until', 'dayPassed', 'Выберите день позже сегодняшнего');
  return { status: 'notNow', notNowUntil: until, statusReason: reason ?? null };
}

/** The same change for many companies, all or none; one that the person does not see refuses the whole. */
export async function changeCompanies(
  app: CompanyParts,
  actor: Actor,
  companyIds: readonly number[],
  change: GroupChange,
): Promise<{ changed: number }> {
  const ids = [...new Set(companyIds)];
  if (!(await app.reads.companies.seesAll(companyScope(app, actor), ids))) throw notFound('company');
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    await stores.companies.changeAll(ids, await factsOf(stores, actor, change, now));
    await placeLeads(stores, { companyIds: ids, now, settings });
    const details = { companies: ids.length, what: Object.keys(change).join(',') };
    await stores.audit.write({ userId: actor.id, action: 'company.groupChange', entity: 'company', details });
  });
  return { changed: ids.length };
}
