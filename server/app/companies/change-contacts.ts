import type { ContactRole } from '../../contract/http/company-card.ts';
import type { Actor } from '../actor.ts';
import { notFound } from '../problem.ts';
import { changing } from './change-company.ts';
import { phoneFrom } from './phones-and-notes.ts';
import { refuseUnseen, type CompanyParts } from './scope.ts';

interface ContactInput {
  name: string;
  position?: string | null | undefined;
  role?: ContactRole | undefined;
  email?: string | null | undefined;
}

/** A new person of a company; his number. */
export async function createContact(
  app: CompanyParts,
  actor: Actor,
  input: ContactInput & { companyId: number; phone?: string | undefined },
): Promise<number> {
  const { companyId } = input;
  const phone = input.phone === undefined ? null : await phoneFrom(app, input.phone, 'phone');
  let contactId = 0;
  await changing(app, actor, { companyId, action: 'contact.create' }, async (stores) => {
    contactId = await stores.companies.addContact({
      companyId,
      name: input.name,
      position: input.position ?? null,
      role: input.role ?? 'unknown',
      email: input.email ?? null,
    });
    if (phone) await stores.companies.addPhone({ companyId, contactId, ...phone });
  });
  return contactId;
}

/** Changes a person, says that he left, or moves him to another company: his calls, promises and meetings name him wherever he is. */
export async function updateContact(
  app: CompanyParts,
  actor: Actor,
  contactId: number,
  input: Partial<ContactInput> & { left?: boolean | undefined; companyId?: number | undefined },
): Promise<void> {
  const companyId = await app.unitOfWork.run((stores) => stores.companies.contactCompany(contactId));
  if (companyId === null) throw notFound('contact');
  await refuseUnseen(app, actor, companyId);
  if (input.companyId !== undefined) await refuseUnseen(app, actor, input.companyId);
  const { left, ...change } = input;
  await changing(app, actor, { companyId, action: 'contact.change', details: { contactId } }, (stores, now) =>
    stores.companies.changeContact(contactId, { ...change, ...(left === undefined ? {} : { leftAt: left ? now : null }) }),
  );
}
