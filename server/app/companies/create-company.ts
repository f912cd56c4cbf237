import type { z } from 'zod';
import type { createCompany as endpoint } from '../../contract/http/companies.ts';
import { normalizeCompanyName } from '../../core/import/company-name.ts';
import { regionOfPhone } from '../../core/import/regions.ts';
import type { Actor } from '../actor.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, invalid } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { phoneFrom } from './phones-and-notes.ts';
import type { CompanyParts } from './scope.ts';

type Input = z.output<typeof endpoint.body>;

async function zoneFor(stores: Stores, actor: Actor, input: Input, phones: readonly { e164: string }[]): Promise<string> {
  const ofRegion = input.regionId === undefined ? null : await stores.companies.regionTimeZone(input.regionId);
  const ofPhone = phones.map(({ e164 }) => regionOfPhone(e164)).find((found) => found !== null);
  return input.timeZone ?? ofRegion ?? ofPhone?.timeZone ?? actor.timeZone;
}

/** A new company by hand; refused when its tax number or a phone is known already. Its number. */
export async function createCompany(app: CompanyParts, actor: Actor, input: Input): Promise<number> {
  const phones = await Promise.all(input.phones.map((text, index) => phoneFrom(app, text, `phones.${index}`)));
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const known = await stores.companies.sameAs(
      input.taxNumber ?? null,
      phones.map(({ e164 }) => e164),
    );
    if (known !== null) throw conflict('duplicateCompany', `Такая компания уже есть: № ${known}`);
    const companyId = await stores.companies.create({
      name: input.name,
      normalizedName: normalizeCompanyName(input.name),
      timeZone: await zoneFor(stores, actor, input, phones),
      taxNumber: input.taxNumber ?? null,
      category: input.category,
      regionId: input.regionId ?? null,
      channelId: input.channelId ?? null,
      subchannelId: input.subchannelId ?? null,
      sourceId: input.sourceId ?? null,
      city: input.city ?? null,
      site: input.site ?? null,
    });
    const contactId = input.contactName
      ? await stores.companies.addContact({ companyId, name: input.contactName, position: null, role: 'unknown', email: null })
      : null;
    for (const phone of phones) await stores.companies.addPhone({ companyId, contactId, ...phone });
    if (input.listId !== undefined) {
      if (!(await stores.lists.find(input.listId))) throw invalid('listId', 'listAbsent', 'Такого списка нет');
      await stores.lists.addCompanies(input.listId, [companyId], now);
    }
    await placeLead(stores, { companyId, now, settings });
    await stores.audit.write({ userId: actor.id, action: 'company.create', entity: 'company', entityId: companyId });
    return companyId;
  });
}
