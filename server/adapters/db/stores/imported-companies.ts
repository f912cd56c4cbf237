import type { ImportedCompany, ListOfSkill } from '../../../app/ports/stores/imports.ts';
import type { CompanyFacts } from '../../../core/import/company-facts.ts';
import type { BatchPlan, PlannedCompany } from '../../../core/import/plan-batch.ts';
import type { Transaction } from '../client.ts';
import { dictionaryIds, type DictionaryIds } from './imported-dictionaries.ts';
import { writeImportedPeople, writeImportedPhones } from './imported-people.ts';
import { putIntoLists } from './imported-lists.ts';

/** One row as the statements below read it: one JSON parameter for a batch is far quicker than a parameter for each cell. */
const rowOf = (id: number, facts: CompanyFacts, ids: DictionaryIds) => ({
  id,
  name: facts.name,
  normalized_name: facts.normalizedName,
  legal_name: facts.legalName,
  tax_number: facts.taxNumber,
  region_id: ids.region(facts.region),
  city: facts.city,
  address: facts.address,
  time_zone: facts.timeZone,
  category: facts.category,
  channel_id: ids.channel(facts.channel),
  subchannel_id: ids.subchannel(facts.channel, facts.subchannel),
  source_id: ids.source(facts.source),
  site: facts.site,
  notes: facts.notes,
  fields: facts.fields,
});
type Row = ReturnType<typeof rowOf>;

async function insertCompanies(transaction: Transaction, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction.$executeRaw`
    INSERT INTO company (id, name, normalized_name, legal_name, tax_number, region_id, city, address, time_zone, category,
                         channel_id, subchannel_id, source_id, site, notes, fields, updated_at)
    SELECT id, name, normalized_name, legal_name, tax_number, region_id, city, address, time_zone, category::"CompanyCategory",
           channel_id, subchannel_id, source_id, site, notes, fields, now()
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (
        id int, name text, normalized_name text, legal_name text, tax_number text, region_id int, city text, address text, time_zone text,
        category text, channel_id int, subchannel_id int, source_id int, site text, notes text, fields jsonb)`;
}

/** Only what a merge may fill or add to; a name, a zone and a category that stand are never overwritten. */
async function updateCompanies(transaction: Transaction, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction.$executeRaw`
    UPDATE company SET legal_name = r.legal_name, tax_number = r.tax_number, region_id = r.region_id, city = r.city, address = r.address,
           channel_id = r.channel_id, subchannel_id = r.subchannel_id, source_id = r.source_id, site = r.site, notes = r.notes,
           fields = r.fields, updated_at = now()
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (
        id int, legal_name text, tax_number text, region_id int, city text, address text,
        channel_id int, subchannel_id int, source_id int, site text, notes text, fields jsonb)
     WHERE company.id = r.id`;
}

async function newIds(transaction: Transaction, count: number): Promise<number[]> {
  if (count === 0) return [];
  const rows = await transaction.$queryRaw<
    { id: number }[]
  >`SELECT nextval(pg_get_serial_sequence('company', 'id'))::int AS id FROM generate_series(1, ${count}::int)`;
  return rows.map(({ id }) => id);
}

/** The number of each company in the base; the new ones get theirs in the order of the file. */
async function numbered(transaction: Transaction, companies: readonly PlannedCompany[]): Promise<Map<PlannedCompany, number>> {
  const fresh = companies.filter(({ before }) => before === null);
  const ids = await newIds(transaction, fresh.length);
  const idOf = new Map<PlannedCompany, number>();
  for (const [index, company] of fresh.entries()) {
    const id = ids[index];
    if (id === undefined) throw new Error('the base gave fewer numbers than were asked for');
    idOf.set(company, id);
  }
  for (const company of companies) if (company.before !== null) idOf.set(company, company.id);
  return idOf;
}

/** Remembers where each row went. */
async function rememberRows(
  transaction: Transaction,
  rows: BatchPlan['newRows'],
  idOf: ReadonlyMap<PlannedCompany, number>,
): Promise<void> {
  if (rows.length === 0) return;
  const companyIds = rows.map(({ company }) => idOf.get(company) ?? company.id);
  await transaction.$executeRaw`
    INSERT INTO import_row (fingerprint, company_id)
    SELECT * FROM unnest(${rows.map(({ fingerprint }) => fingerprint)}::uuid[], ${companyIds}::int[])
    ON CONFLICT (fingerprint) DO UPDATE SET company_id = excluded.company_id`;
}

/** Writes what a batch planned: companies, people, numbers, list entries with their leads, and where each row went. */
export async function writeImported(
  transaction: Transaction,
  { companies, newRows }: Pick<BatchPlan, 'companies' | 'newRows'>,
  listOf: ListOfSkill,
  now: Date,
): Promise<{ touchedIds: number[]; fresh: ImportedCompany[] }> {
  const ids = await dictionaryIds(
    transaction,
    companies.map(({ facts }) => facts),
  );
  const idOf = await numbered(transaction, companies);
  const rows = [...idOf].map(([{ before, facts }, id]) => ({ isNew: before === null, row: rowOf(id, facts, ids) }));
  await insertCompanies(
    transaction,
    rows.filter(({ isNew }) => isNew).map(({ row }) => row),
  );
  await updateCompanies(
    transaction,
    rows.filter(({ isNew }) => !isNew).map(({ row }) => row),
  );
  await writeImportedPeople(transaction, idOf);
  await writeImportedPhones(transaction, idOf);
  await rememberRows(transaction, newRows, idOf);
  await putIntoLists(transaction, idOf, listOf, now);
  return {
    touchedIds: [...idOf.values()],
    fresh: [...idOf]
      .filter(([company]) => company.before === null)
      .map(([{ facts }, companyId]) => ({
        companyId,
        timeZone: facts.timeZone,
        obligationMinutes: ids.obligationMinutes(facts.source),
        listId: listOf(facts.skill),
      })),
  };
}
