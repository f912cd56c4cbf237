import { z } from 'zod';
import type { CompanyCardReads } from '../../../app/ports/reads/company-card.ts';
import type { CompanyCard } from '../../../contract/http/company-card.ts';
import { localDay } from '../../../core/hours/local-time.ts';
import type { Transaction } from '../client.ts';
import type { Prisma as Queries } from '../generated/client.ts';
import { timelineOf } from './company-timeline.ts';
import { dayOfDate } from '../days.ts';
import { dealParts, dealView, isoOrNull, promiseParts, promiseView } from './views.ts';

const cardParts = {
  region: { select: { name: true, country: true } },
  channel: { select: { name: true } },
  subchannel: { select: { name: true } },
  source: { select: { name: true } },
  owner: { select: { id: true, name: true } },
  contacts: { orderBy: { id: 'asc' } },
  phones: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
  // The open deal, else the last one, so that a customer's card shows how he became one.
  deals: { include: dealParts, orderBy: [{ status: 'asc' }, { openedAt: 'desc' }], take: 1 },
  promises: { where: { status: 'open' }, include: promiseParts, take: 1 },
  lead: { include: { list: { select: { id: true, name: true } } } },
} satisfies Queries.CompanyInclude;
type CardRow = Queries.CompanyGetPayload<{ include: typeof cardParts }>;

export function companyCardReads(transaction: Transaction): CompanyCardReads {
  return {
    card: async (companyId, now) => {
      const [company, timeline] = await Promise.all([
        transaction.company.findUnique({ where: { id: companyId }, include: cardParts }),
        timelineOf(transaction, companyId),
      ]);
      return company && { ...ownFields(company), ...relations(company, now), timeline };
    },
  };
}

function ownFields(row: CardRow) {
  return {
    id: row.id,
    name: row.name,
    legalName: row.legalName,
    taxNumber: row.taxNumber,
    category: row.category,
    status: row.status,
    statusReason: row.statusReason,
    notNowUntil: dayOfDate(row.notNowUntil),
    doNotCall: row.doNotCall,
    doNotCallReason: row.doNotCallReason,
    consent: row.consent,
    hours: { callFrom: row.callFrom, callTo: row.callTo, lunchFrom: row.lunchFrom, lunchTo: row.lunchTo },
    isCustomer: row.isCustomer,
    city: row.city,
    address: row.address,
    site: row.site,
    regionId: row.regionId,
    channelId: row.channelId,
    subchannelId: row.subchannelId,
    sourceId: row.sourceId,
    timeZone: row.timeZone,
    country: row.region?.country ?? 'RU',
    notes: row.notes,
    fields: textFields(row.fields),
    lastContactAt: isoOrNull(row.lastContactAt),
  };
}

function relations(row: CardRow, now: Date): Omit<CompanyCard, keyof ReturnType<typeof ownFields> | 'timeline'> {
  const [deal] = row.deals;
  const [promise] = row.promises;
  return {
    region: row.region?.name ?? null,
    channel: row.channel?.name ?? null,
    subchannel: row.subchannel?.name ?? null,
    source: row.source?.name ?? null,
    owner: row.owner,
    contacts: row.contacts.map((contact) => ({
      id: contact.id,
      name: contact.name,
      position: contact.position,
      role: contact.role,
      email: contact.email,
      left: contact.leftAt !== null,
    })),
    phones: row.phones.map((phone) => ({
      id: phone.id,
      e164: phone.e164,
      extension: phone.extension,
      contactId: phone.contactId,
      retired: phone.retiredAt !== null,
      retiredReason: phone.retiredReason,
      doNotCall: phone.doNotCall,
      consent: phone.consent,
    })),
    deal: deal ? dealView(deal) : null,
    promise: promise ? promiseView(promise) : null,
    triesTotal: row.lead?.triesTotal ?? 0,
    triesToday: row.lead ? triesToday(row.lead, row.timeZone, now) : 0,
    list: row.lead?.list ?? null,
  };
}

/** The count belongs to the company's local day that it was made on. */
function triesToday(lead: { triesToday: number; triesOn: Date | null }, timeZone: string, now: Date): number {
  return dayOfDate(lead.triesOn) === localDay(now, timeZone) ? lead.triesToday : 0;
}

/** Imported columns and answers; what is not text yet (a number of a spreadsheet) is shown as text. */
const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));
const textFields = (value: unknown): Record<string, string> => fieldsSchema.parse(value);
