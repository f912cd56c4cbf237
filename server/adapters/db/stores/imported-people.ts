import type { PlannedCompany } from '../../../core/import/plan-batch.ts';
import type { Transaction } from '../client.ts';
import { reviveWithPhone } from './leads.ts';

type Numbered = ReadonlyMap<PlannedCompany, number>;

/** What is new of a part of the companies, and what differs from what stood there before. */
function newAndChanged<Part extends object>(
  companies: Numbered,
  partsOf: (facts: PlannedCompany['facts']) => readonly Part[],
  same: (left: Part, right: Part) => boolean,
): { fresh: (Part & { company_id: number; place: number })[]; changed: (Part & { company_id: number; place: number })[] } {
  const fresh = [];
  const changed = [];
  for (const [{ before, facts }, companyId] of companies) {
    const stood = before === null ? [] : partsOf(before);
    for (const [place, part] of partsOf(facts).entries()) {
      const known = stood.find((other) => same(other, part));
      if (!known) fresh.push({ ...part, company_id: companyId, place });
      else if (JSON.stringify(known) !== JSON.stringify(part)) changed.push({ ...part, company_id: companyId, place });
    }
  }
  return { fresh, changed };
}

/** New people of the companies, and what was learned of those that were there. */
export async function writeImportedPeople(transaction: Transaction, companies: Numbered): Promise<void> {
  const { fresh, changed } = newAndChanged(
    companies,
    ({ contacts }) => contacts,
    (left, right) => left.name === right.name,
  );
  if (fresh.length > 0)
    await transaction.$executeRaw`
      INSERT INTO contact (company_id, name, position, role, email, updated_at)
      SELECT company_id, name, position, role::"ContactRole", email, now()
        FROM jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) AS r (company_id int, name text, position text, role text, email text)`;
  if (changed.length > 0)
    await transaction.$executeRaw`
      UPDATE contact SET position = r.position, role = r.role::"ContactRole", email = r.email, updated_at = now()
        FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r (company_id int, name text, position text, role text, email text)
       WHERE contact.company_id = r.company_id AND contact.name = r.name AND contact.left_at IS NULL`;
}

/** New numbers of the companies with whose they are, and what was learned of those that were there. Call it after the people. */
export async function writeImportedPhones(transaction: Transaction, companies: Numbered): Promise<void> {
  const { fresh, changed } = newAndChanged(
    companies,
    ({ phones }) => phones,
    (left, right) => left.e164 === right.e164,
  );
  if (fresh.length > 0)
    await transaction.$executeRaw`
      INSERT INTO phone (company_id, contact_id, e164, extension, position)
      SELECT r.company_id, (SELECT min(c.id) FROM contact c WHERE c.company_id = r.company_id AND lower(c.name) = lower(r."contactName")),
             r.e164, r.extension, r.place
        FROM jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) AS r (company_id int, "contactName" text, e164 text, extension text, place int)`;
  if (changed.length > 0)
    await transaction.$executeRaw`
      UPDATE phone SET extension = r.extension,
             contact_id = (SELECT min(c.id) FROM contact c WHERE c.company_id = r.company_id AND lower(c.name) = lower(r."contactName"))
        FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS r (company_id int, "contactName" text, e164 text, extension text)
       WHERE phone.company_id = r.company_id AND phone.e164 = r.e164`;
  await reviveWithPhone(
    transaction,
    fresh.map((phone) => phone.company_id),
  );
}
