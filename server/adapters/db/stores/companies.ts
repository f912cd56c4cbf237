import type { CompanyStore } from '../../../app/ports/stores/companies.ts';
import { reviveWithPhone } from './leads.ts';
import type { Transaction } from '../client.ts';
import { absorbCompany } from './absorb-company.ts';

const dateOrNull = (day: string | null | undefined): Date | null | undefined =>
  typeof day === 'string' ? new Date(`${day}T00:00:00Z`) : day;

export function companyStore(transaction: Transaction): CompanyStore {
  return {
    existing: async (companyIds) => {
      const rows = await transaction.company.findMany({ where: { id: { in: [...companyIds] } }, select: { id: true } });
      return rows.map(({ id }) => id);
    },
    sameAs: async (taxNumber, phones) => {
      const byTax = taxNumber === null ? null : await transaction.company.findUnique({ where: { taxNumber }, select: { id: true } });
      if (byTax) return byTax.id;
      const byPhone = await transaction.phone.findFirst({
        where: { e164: { in: [...phones] } },
        orderBy: { companyId: 'asc' },
        select: { companyId: true },
      });
      return byPhone?.companyId ?? null;
    },
    regionTimeZone: async (regionId) => (await transaction.region.findUnique({ where: { id: regionId } }))?.timeZone ?? null,
    create: async ({ notNowUntil, ...company }) =>
      (await transaction.company.create({ data: { ...company, notNowUntil: dateOrNull(notNowUntil) ?? null }, select: { id: true } })).id,
    change: async (companyId, { notNowUntil, ...change }) => {
      await transaction.company.update({
        where: { id: companyId },
        data: { ...change, ...(notNowUntil === undefined ? {} : { notNowUntil: dateOrNull(notNowUntil) ?? null }) },
      });
    },
    ownerTeam: (userId) => transaction.user.findFirst({ where: { id: userId, disabledAt: null }, select: { teamId: true } }),
    withdrawPromises: async (companyId, now) =>
      (await transaction.promise.updateMany({ where: { companyId, status: 'open' }, data: { status: 'withdrawn', closedAt: now } })).count,
    ...partsOfCompany(transaction),
  };
}

function partsOfCompany(
  transaction: Transaction,
): Pick<
  CompanyStore,
  'addNote' | 'addPhone' | 'retirePhone' | 'addContact' | 'contactCompany' | 'changeContact' | 'absorb' | 'exportedSince'
> {
  return {
    addNote: async (note) => {
      await transaction.note.create({ data: note });
    },
    addPhone: async ({ companyId, contactId, e164, extension }) => {
      const last = await transaction.phone.aggregate({ where: { companyId }, _max: { position: true } });
      await transaction.phone.upsert({
        where: { companyId_e164: { companyId, e164 } },
        create: { companyId, contactId, e164, extension, position: (last._max.position ?? -1) + 1 },
        update: {
          retiredAt: null,
          retiredReason: null,
          ...(contactId === null ? {} : { contactId }),
          ...(extension === null ? {} : { extension }),
        },
      });
      await reviveWithPhone(transaction, [companyId]);
    },
    retirePhone: async (companyId, phoneId, reason, now) =>
      (await transaction.phone.updateMany({ where: { id: phoneId, companyId }, data: { retiredAt: now, retiredReason: reason } })).count >
      0,
    addContact: async (contact) => (await transaction.contact.create({ data: contact, select: { id: true } })).id,
    contactCompany: async (contactId) =>
      (await transaction.contact.findUnique({ where: { id: contactId }, select: { companyId: true } }))?.companyId ?? null,
    changeContact: async (contactId, { name, position, role, email, leftAt, companyId }) => {
      await transaction.contact.update({
        where: { id: contactId },
        data: {
          ...(name === undefined ? {} : { name }),
          ...(position === undefined ? {} : { position }),
          ...(role === undefined ? {} : { role }),
          ...(email === undefined ? {} : { email }),
          ...(leftAt === undefined ? {} : { leftAt }),
          ...(companyId === undefined ? {} : { companyId }),
        },
      });
      // The office numbers stay with the old company; only who answers them changes.
      if (companyId !== undefined)
        await transaction.phone.updateMany({ where: { contactId, companyId: { not: companyId } }, data: { contactId: null } });
    },
    absorb: (companyId, duplicateId) => absorbCompany(transaction, companyId, duplicateId),
    exportedSince: async (userId, since) => {
      const [row] = await transaction.$queryRaw<{ rows: number }[]>`
        SELECT coalesce(sum((details->>'rows')::int), 0)::int AS rows FROM audit_entry
         WHERE entity = 'company' AND action = 'company.export' AND user_id = ${userId} AND at > ${since}`;
      return row?.rows ?? 0;
    },
  };
}
