import type { CompanyChange, CompanyStore } from '../../../app/ports/stores/companies.ts';
import { reviveWithPhone } from './leads.ts';
import type { Transaction } from '../client.ts';
import { absorbCompany } from './absorb-company.ts';

const dateOrNull = (day: string | null | undefined): Date | null | undefined =>
  typeof day === 'string' ? new Date(`${day}T00:00:00Z`) : day;

const stored = ({ notNowUntil, ...change }: CompanyChange) => ({
  ...change,
  ...(notNowUntil === undefined ? {} : { notNowUntil: dateOrNull(notNowUntil) ?? null }),
});

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
    holderOfTaxNumber: async (taxNumber, companyId) =>
      (await transaction.company.findFirst({ where: { taxNumber, id: { not: companyId } }, select: { name: true } }))?.name ?? null,
    wrongEntry: (change) => wrongEntry(transaction, change),
    regionTimeZone: async (regionId) => (await transaction.region.findUnique({ where: { id: regionId } }))?.timeZone ?? null,
    create: async ({ notNowUntil, ...company }) =>
      (await transaction.company.create({ data: { ...company, notNowUntil: dateOrNull(notNowUntil) ?? null }, select: { id: true } })).id,
    change: async (companyId, change) => {
      await transaction.company.update({ where: { id: companyId }, data: stored(change) });
    },
    changeAll: async (companyIds, change) => {
      await transaction.company.updateMany({ where: { id: { in: [...companyIds] } }, data: stored(change) });
    },
    callable: (companyId) =>
      transaction.company.findFirst({ where: { id: companyId, doNotCall: false, status: { not: 'killed' } }, select: { timeZone: true } }),
    owner: (companyId) =>
      transaction.user.findFirst({
        where: { companies: { some: { id: companyId } }, disabledAt: null },
        select: { id: true, timeZone: true },
      }),
    ownerTeam: (userId) => transaction.user.findFirst({ where: { id: userId, disabledAt: null }, select: { teamId: true } }),
    withdrawPromises: async (companyId, now) =>
      (await transaction.promise.updateMany({ where: { companyId, status: 'open' }, data: { status: 'withdrawn', closedAt: now } })).count,
    ...partsOfCompany(transaction),
    ...phones(transaction),
  };
}

function partsOfCompany(
  transaction: Transaction,
): Pick<CompanyStore, 'addNote' | 'addContact' | 'contactCompany' | 'changeContact' | 'absorb' | 'exportedSince'> {
  return {
    addNote: async (note) => {
      await transaction.note.create({ data: note });
    },
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

async function wrongEntry(transaction: Transaction, change: CompanyChange): ReturnType<CompanyStore['wrongEntry']> {
  const { regionId, channelId, subchannelId, sourceId } = change;
  if (regionId && !(await transaction.region.findUnique({ where: { id: regionId } }))) return 'regionId';
  if (channelId && !(await transaction.channel.findUnique({ where: { id: channelId } }))) return 'channelId';
  if (sourceId && !(await transaction.source.findUnique({ where: { id: sourceId } }))) return 'sourceId';
  if (!subchannelId) return null;
  const subchannel = await transaction.subchannel.findUnique({ where: { id: subchannelId } });
  return subchannel && (channelId === undefined || subchannel.channelId === channelId) ? null : 'subchannelId';
}

function phones(transaction: Transaction): Pick<CompanyStore, 'addPhone' | 'retirePhone' | 'changePhone' | 'orderPhones'> {
  return {
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
    changePhone: async (companyId, phoneId, change) => {
      if (change.e164 !== undefined) {
        const same = await transaction.phone.findFirst({ where: { companyId, e164: change.e164, id: { not: phoneId } } });
        if (same) return 'taken';
      }
      return (await transaction.phone.updateMany({ where: { id: phoneId, companyId }, data: change })).count > 0 ? 'changed' : 'absent';
    },
    orderPhones: async (companyId, phoneIds) => {
      await transaction.$executeRaw`
        UPDATE phone SET position = placed.position FROM (
          SELECT id, (row_number() OVER (ORDER BY coalesce(array_position(${[...phoneIds]}::int[], id), 2147483647), position, id) - 1)::int AS position
            FROM phone WHERE company_id = ${companyId}) AS placed
         WHERE phone.id = placed.id`;
    },
  };
}
