import { addMinutes } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { Refused } from '../problem.ts';

/** Rows that one person may take out within a day (faults.md, "mass export by a leaver"). */
export const exportQuotaPerDay = 20_000;

/**
 * Writes down what is about to be taken out, whichever file it goes into: all of them share one quota.
 * @throws Refused 429 `exportQuota` when the day's is used up
 */
export async function bookExport(app: AppContext, actor: Actor, rows: number, details: Record<string, unknown>): Promise<void> {
  const since = addMinutes(app.clock.now(), -24 * 60);
  await app.unitOfWork.run(async (stores) => {
    const taken = await stores.companies.exportedSince(actor.id, since);
    if (taken + rows > exportQuotaPerDay) {
      app.log.warn({ userId: actor.id, taken, asked: rows }, 'export over the quota was refused');
      throw new Refused(429, 'exportQuota', `За сутки можно выгрузить ${exportQuotaPerDay} компаний, уже выгружено ${taken}. Сузьте отбор`);
    }
    await stores.audit.write({ userId: actor.id, action: 'company.export', entity: 'company', details: { rows, ...details } });
  });
}
