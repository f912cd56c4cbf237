import type { Settings } from '../../contract/settings.ts';
import { normalizeCompanyName } from '../../core/import/company-name.ts';
import { regionOfPhone } from '../../core/import/regions.ts';
import { stageOf } from '../../core/funnel/default-funnel.ts';
import { chooseCompany } from '../../core/inbound/choose-company.ts';
import type { CallingCompany, Responsible } from '../ports/stores/inbound.ts';
import type { Stores } from '../ports/stores/index.ts';

/** Where companies come from that nobody knew before they called. */
const ownSourceName = 'Входящий звонок';

export interface Caller {
  company: CallingCompany;
  contactId: number | null;
  phoneId: number | null;
  isNew: boolean;
}

/** The company that calls from this number; made when nobody knows it. Null hides the number. */
export async function findCaller(
  stores: Stores,
  number: string | null,
  { settings, timeZone }: { settings: Settings; timeZone: string },
): Promise<Caller> {
  const match = number === null ? null : chooseCompany(await stores.inbound.matches(number));
  if (!match) return makeCaller(stores, number, { settings, timeZone });
  const company = await companyOf(stores, match.companyId);
  return { company, phoneId: match.phoneId, contactId: match.contactId ?? company.promise?.contactId ?? null, isNew: false };
}

/** Who is handed over out of a call: the same as in that one, whatever number it is. */
export async function callerOf(stores: Stores, callId: number): Promise<Caller | null> {
  const call = await stores.calls.find(callId);
  if (!call) return null;
  return { company: await companyOf(stores, call.companyId), contactId: call.contactId, phoneId: call.phoneId, isNew: false };
}

async function companyOf(stores: Stores, companyId: number): Promise<CallingCompany> {
  const company = await stores.inbound.company(companyId);
  if (!company) throw new Error(`company ${companyId} vanished while it called`);
  return company;
}

/** Company and contact of an unknown number; the deal follows when the call itself is written. */
async function makeCaller(
  stores: Stores,
  number: string | null,
  { settings, timeZone }: { settings: Settings; timeZone: string },
): Promise<Caller> {
  const name = number === null ? 'Скрытый номер' : `Неизвестный ${number}`;
  const region = number === null ? null : regionOfPhone(number);
  const companyId = await stores.companies.create({
    name,
    normalizedName: normalizeCompanyName(name),
    timeZone: region?.timeZone ?? timeZone,
    taxNumber: null,
    sourceId: await stores.inbound.ownSource(ownSourceName, settings.inbound.callBackMinutes),
  });
  const contactId = await stores.companies.addContact({ companyId, name: 'Звонивший', position: null, role: 'unknown', email: null });
  if (number !== null) await stores.companies.addPhone({ companyId, contactId, e164: number, extension: null });
  const matches = number === null ? [] : await stores.inbound.matches(number);
  const phoneId = matches.find((candidate) => candidate.companyId === companyId)?.phoneId ?? null;
  return { company: await companyOf(stores, companyId), contactId, phoneId, isNew: true };
}

/** The deal of a company that came by itself begins at the first stage. */
export async function openFirstDeal(
  stores: Stores,
  company: Pick<CallingCompany, 'id' | 'name'>,
  by: { at: Date; userId: number; callId: number },
): Promise<void> {
  await stores.deals.open({
    companyId: company.id,
    ownerId: by.userId,
    title: company.name,
    position: stageOf.decisionMakerReached,
    ...by,
  });
}

/**
 * Whose the call is: of who promised to call, else the owner, else who called the company last, else who has the least to do.
 * Null when the department has nobody who calls.
 */
export async function responsibleFor(stores: Stores, company: CallingCompany, now: Date): Promise<Responsible | null> {
  const last = await stores.inbound.lastCaller(company.id);
  const named = [company.promise?.repId, company.ownerId, last].filter((id) => typeof id === 'number');
  const [first] = await stores.inbound.answering(named);
  return first ?? stores.inbound.leastLoaded(now);
}
