import type { ImportedCompany } from '../../../app/ports/stores/imports.ts';
import type { CompanyFacts } from '../../../core/import/company-facts.ts';
import type { PlannedCompany } from '../../../core/import/plan-batch.ts';
import type { Transaction } from '../client.ts';
import { reviveWithPhone } from './leads.ts';
import { dictionaryIds, type DictionaryIds } from './imported-dictionaries.ts';
import { putIntoList } from './list-entries.ts';

const columnsOf = (facts: CompanyFacts, ids: DictionaryIds) => ({
  name: facts.name,
  normalizedName: facts.normalizedName,
  legalName: facts.legalName,
  taxNumber: facts.taxNumber,
  regionId: ids.region(facts.region),
  city: facts.city,
  address: facts.address,
  timeZone: facts.timeZone,
  category: facts.category,
  channelId: ids.channel(facts.channel),
  subchannelId: ids.subchannel(facts.channel, facts.subchannel),
  sourceId: ids.source(facts.source),
  site: facts.site,
  notes: facts.notes,
  fields: facts.fields,
});

async function createCompanies(
  transaction: Transaction,
  planned: readonly PlannedCompany[],
  ids: DictionaryIds,
): Promise<Map<PlannedCompany, number>> {
  const rows = await transaction.company.createManyAndReturn({
    data: planned.map(({ facts }) => columnsOf(facts, ids)),
    select: { id: true },
  });
  return new Map(
    planned.map((company, index) => {
      const row = rows[index];
      if (!row) throw new Error('the base gave back fewer companies than were written');
      return [company, row.id] as const;
    }),
  );
}

/** New people of the companies, and changes to those that were there. */
async function writeContacts(transaction: Transaction, idOf: ReadonlyMap<PlannedCompany, number>): Promise<void> {
  const fresh = [];
  for (const [{ before, facts }, companyId] of idOf) {
    for (const contact of facts.contacts) {
      const known = before?.contacts.find(({ name }) => name === contact.name);
      if (!known) fresh.push({ companyId, ...contact });
      else if (JSON.stringify(known) !== JSON.stringify(contact)) {
        await transaction.contact.updateMany({ where: { companyId, name: contact.name, leftAt: null }, data: contact });
      }
    }
  }
  await transaction.contact.createMany({ data: fresh });
}

async function writePhones(transaction: Transaction, idOf: ReadonlyMap<PlannedCompany, number>): Promise<void> {
  const people = await transaction.contact.findMany({
    where: { companyId: { in: [...idOf.values()] } },
    select: { id: true, companyId: true, name: true },
    orderBy: { id: 'desc' },
  });
  const contactIds = new Map(people.map(({ id, companyId, name }) => [`${companyId}|${name.toLowerCase()}`, id]));
  const fresh = [];
  for (const [{ before, facts }, companyId] of idOf) {
    for (const [position, { e164, extension, contactName }] of facts.phones.entries()) {
      const contactId = contactName === null ? null : (contactIds.get(`${companyId}|${contactName.toLowerCase()}`) ?? null);
      const known = before?.phones.find((phone) => phone.e164 === e164);
      if (!known) fresh.push({ companyId, e164, extension, contactId, position });
      else if (known.extension !== extension || known.contactName !== contactName) {
        await transaction.phone.update({ where: { companyId_e164: { companyId, e164 } }, data: { extension, contactId } });
      }
    }
  }
  await transaction.phone.createMany({ data: fresh });
  await reviveWithPhone(
    transaction,
    fresh.map((phone) => phone.companyId),
  );
}

/** Writes what a batch planned: companies, people, numbers, list entries with their leads. */
export async function writeImported(
  transaction: Transaction,
  companies: readonly PlannedCompany[],
  listId: number | null,
  now: Date,
): Promise<{ touchedIds: number[]; fresh: ImportedCompany[] }> {
  if (companies.length === 0) return { touchedIds: [], fresh: [] };
  const ids = await dictionaryIds(
    transaction,
    companies.map(({ facts }) => facts),
  );
  const planned = companies.filter(({ before }) => before === null);
  const idOf = await createCompanies(transaction, planned, ids);
  for (const company of companies) {
    if (company.before === null) continue;
    idOf.set(company, company.id);
    await transaction.company.update({ where: { id: company.id }, data: columnsOf(company.facts, ids) });
  }
  await writeContacts(transaction, idOf);
  await writePhones(transaction, idOf);
  const joining = [...idOf].filter(([company]) => company.joinsList).map(([, companyId]) => companyId);
  if (listId !== null) await putIntoList(transaction, listId, joining, now);
  return {
    touchedIds: [...idOf.values()],
    fresh: [...idOf]
      .filter(([company]) => company.before === null)
      .map(([{ facts }, companyId]) => ({ companyId, timeZone: facts.timeZone, obligationMinutes: ids.obligationMinutes(facts.source) })),
  };
}
