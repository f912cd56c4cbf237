import { readPhone } from '../../core/import/phones.ts';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../problem.ts';
import { changing } from './change-company.ts';
import type { CompanyParts } from './scope.ts';

/** A number as typed, readable by the carrier. */
export async function phoneFrom(app: CompanyParts, text: string, field: string): Promise<{ e164: string; extension: string | null }> {
  const phone = readPhone(text, (await app.settings.read()).calls.defaultCountry);
  if (!phone) throw invalid(field, 'phoneUnreadable', 'По этому номеру нельзя позвонить');
  return phone;
}

/** Adds a note to the company's history. */
export const addNote = (app: CompanyParts, actor: Actor, companyId: number, text: string): Promise<void> =>
  changing(app, actor, { companyId, action: 'company.note' }, (stores, at) =>
    stores.companies.addNote({ companyId, authorId: actor.id, text, at }),
  );

/** Adds a number, or brings a retired one back. */
export async function addPhone(
  app: CompanyParts,
  actor: Actor,
  companyId: number,
  { phone, contactId }: { phone: string; contactId?: number | undefined },
): Promise<void> {
  const read = await phoneFrom(app, phone, 'phone');
  await changing(app, actor, { companyId, action: 'company.phoneAdd' }, async (stores) => {
    if (contactId !== undefined && (await stores.companies.contactCompany(contactId)) !== companyId)
      throw invalid('contactId', 'contactAbsent', 'Такого контакта у компании нет');
    await stores.companies.addPhone({ companyId, contactId: contactId ?? null, ...read });
  });
}

/** Takes a number out of use, with the reason. */
export const retirePhone = (app: CompanyParts, actor: Actor, companyId: number, phoneId: number, reason: string): Promise<void> =>
  changing(app, actor, { companyId, action: 'company.phoneRetire', details: { phoneId } }, async (stores, now) => {
    if (!(await stores.companies.retirePhone(companyId, phoneId, reason, now))) throw notFound('phone');
  });

/** Corrects a number or says who answers it. @throws Refused 404, 422 `phoneTaken`, `phoneUnreadable`, `contactAbsent` */
export async function changePhone(
  app: CompanyParts,
  actor: Actor,
  { companyId, phoneId }: { companyId: number; phoneId: number },
  { phone, contactId }: { phone?: string | undefined; contactId?: number | null | undefined },
): Promise<void> {
  const read = phone === undefined ? {} : await phoneFrom(app, phone, 'phone');
  await changing(app, actor, { companyId, action: 'company.phoneChange', details: { phoneId } }, async (stores) => {
    if (typeof contactId === 'number' && (await stores.companies.contactCompany(contactId)) !== companyId)
      throw invalid('contactId', 'contactAbsent', 'Такого контакта у компании нет');
    const outcome = await stores.companies.changePhone(companyId, phoneId, { ...read, ...(contactId === undefined ? {} : { contactId }) });
    if (outcome === 'absent') throw notFound('phone');
    if (outcome === 'taken') throw invalid('phone', 'phoneTaken', 'Этот номер у компании уже есть');
  });
}

/** Puts the numbers in the order in which they are tried. */
export const orderPhones = (app: CompanyParts, actor: Actor, companyId: number, phoneIds: readonly number[]): Promise<void> =>
  changing(app, actor, { companyId, action: 'company.phoneOrder' }, (stores) => stores.companies.orderPhones(companyId, phoneIds));
