import type { Role } from '../../contract/http/endpoint.ts';
import type { Settings } from '../../contract/settings.ts';
import { addMinutes } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { Refused } from '../problem.ts';

/** Rows that one person of a role may take out within a day (faults.md, "mass export by a leaver"); who exports nothing has none. */
export function exportQuotaOf({ exports }: Settings, role: Role): number {
  switch (role) {
    case 'head':
      return exports.headRowsPerDay;
    case 'lineManager':
      return exports.lineManagerRowsPerDay;
    case 'admin':
      return exports.adminRowsPerDay;
    case 'rep':
    case 'lead':
    case 'seller':
      return 0;
    default:
      return role satisfies never;
  }
}

/**
 * Writes down what is about to be taken out, whichever file it goes into: all of them share one quota. A refusal is written down too.
 * @throws Refused 429 `exportQuota` when the day's is used up
 */
export async function bookExport(app: AppContext, actor: Actor, rows: number, details: Record<string, unknown>): Promise<void> {
  const since = addMinutes(app.clock.now(), -24 * 60);
  const quota = exportQuotaOf(await app.settings.read(), actor.role);
  const refused = await app.unitOfWork.run(async (stores) => {
    const taken = await stores.companies.exportedSince(actor.id, since);
    const entry = { userId: actor.id, entity: 'company' };
    if (taken + rows <= quota) {
      await stores.audit.write({ ...entry, action: 'company.export', details: { rows, ...details } });
      return null;
    }
    await stores.audit.write({ ...entry, action: 'company.exportRefused', details: { rows, taken, quota } });
    return { taken };
  });
  if (refused === null) return;
  app.log.warn({ userId: actor.id, taken: refused.taken, asked: rows, quota }, 'export over the quota was refused');
  throw new Refused(429, 'exportQuota', `За сутки можно выгрузить ${quota} компаний, уже выгружено ${refused.taken}. Сузьте отбор`);
}
