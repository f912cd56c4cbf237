import type { StatusChange } from '../../contract/http/companies.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { invalid } from '../problem.ts';
import { changing } from './change-company.ts';
import type { CompanyParts } from './scope.ts';

/** Not now until a day, on the kill list for a reason, or back to work. Killed companies are never dialled: their open promises end. */
export async function changeStatus(app: CompanyParts, actor: Actor, companyId: number, change: StatusChange): Promise<void> {
  await changing(app, actor, { companyId, action: `company.${change.status}` }, async (stores, now) => {
    switch (change.status) {
      case 'active':
        return stores.companies.change(companyId, { status: 'active', notNowUntil: null, statusReason: null });
      case 'notNow':
        if (change.until <= localDay(now, actor.timeZone)) throw invalid('until', 'dayPassed', 'Выберите день позже сегодняшнего');
        return stores.companies.change(companyId, { status: 'notNow', notNowUntil: change.until, statusReason: change.reason ?? null });
      case 'killed':
        await stores.companies.withdrawPromises(companyId, now);
        return stores.companies.change(companyId, { status: 'killed', notNowUntil: null, statusReason: change.reason });
      default:
        return change satisfies never;
    }
  });
}
