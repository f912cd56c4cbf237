import { addMinutes, localClock, localDay } from '../../core/hours/local-time.ts';
import type { ImportedCompany } from '../ports/stores/imports.ts';
import type { Stores } from '../ports/stores/index.ts';

/**
 * Fresh leads of a source with a time in which they must be called become promises, each to the rep who works the list today and has
 * the fewest open ones. While nobody works the list they wait as cold leads of it.
 */
export async function promiseFreshLeads(stores: Stores, companies: readonly ImportedCompany[], now: Date): Promise<void> {
  for (const listId of new Set(companies.flatMap((company) => company.listId ?? [])))
    await promiseOfList(
      stores,
      listId,
      companies.filter((company) => company.listId === listId),
      now,
    );
}

async function promiseOfList(stores: Stores, listId: number, companies: readonly ImportedCompany[], now: Date): Promise<void> {
  const obliged = companies.flatMap((company) =>
    company.obligationMinutes === null ? [] : [{ ...company, minutes: company.obligationMinutes }],
  );
  if (obliged.length === 0) return;
  const loads = await stores.lists.repsAtWork(listId, now);
  const promises = obliged.flatMap((company) => {
    const rep = loads.toSorted((left, right) => left.openPromises - right.openPromises || left.repId - right.repId)[0];
    if (!rep) return [];
    rep.openPromises += 1;
    return [
      {
        companyId: company.companyId,
        repId: rep.repId,
        localTime: `${localDay(now, company.timeZone)}T${localClock(now, company.timeZone)}`,
        timeZone: company.timeZone,
        startsAt: now,
        promisedAt: now,
        deadlineAt: addMinutes(now, company.minutes),
      },
    ];
  });
  await stores.lists.openSourcePromises(promises);
}
