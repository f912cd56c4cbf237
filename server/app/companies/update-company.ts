import type { CompanyUpdate } from '../../contract/http/companies.ts';
import { normalizeCompanyName } from '../../core/import/company-name.ts';
import type { Actor } from '../actor.ts';
import type { CompanyChange } from '../ports/stores/companies.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid, Refused } from '../problem.ts';
import { changing, givenOf } from './change-company.ts';
import type { CompanyParts } from './scope.ts';

/** Whom a company may be given to: leads give inside their team, heads to anybody. @throws Refused 403, 422 `ownerAbsent` */
export async function refuseOwner(stores: Stores, actor: Actor, ownerId: number | null): Promise<void> {
  if (actor.role === 'rep' || actor.role === 'seller')
    throw new Refused(403, 'notAllowed', 'Ответственного меняет руководитель', { field: 'ownerId' });
  if (ownerId === null) return;
  const owner = await stores.companies.ownerTeam(ownerId);
  if (!owner || (actor.role === 'lead' && owner.teamId !== actor.teamId)) throw invalid('ownerId', 'ownerAbsent', 'Такого сотрудника нет');
}

async function refuseWrongFacts(stores: Stores, companyId: number, change: CompanyUpdate): Promise<void> {
  if (change.taxNumber) {
    const holder = await stores.companies.holderOfTaxNumber(change.taxNumber, companyId);
    if (holder !== null) throw invalid('taxNumber', 'taxNumberTaken', `Этот ИНН у компании «${holder}»`);
  }
  const wrong = await stores.companies.wrongEntry(givenOf(change));
  if (wrong) throw invalid(wrong, 'noSuchEntry', 'Такой записи в справочнике нет');
}

/** What follows from a fact: another region brings its clock, another channel drops the old subchannel, a lifted ban its reason. */
async function consequences(stores: Stores, change: CompanyUpdate): Promise<CompanyChange> {
  const { name, regionId, timeZone, channelId, subchannelId, doNotCall, doNotCallReason } = change;
  const zone = regionId && timeZone === undefined ? await stores.companies.regionTimeZone(regionId) : null;
  return {
    ...(name === undefined ? {} : { normalizedName: normalizeCompanyName(name) }),
    ...(zone === null ? {} : { timeZone: zone }),
    ...(channelId !== undefined && subchannelId === undefined ? { subchannelId: null } : {}),
    ...(doNotCall === undefined ? {} : { doNotCallReason: doNotCall ? (doNotCallReason ?? null) : null }),
  };
}

/** Both ends of a span of the day, or neither. */
function checkSpan(field: string, from: string | null | undefined, to: string | null | undefined): void {
  if (typeof from === 'string' && typeof to === 'string' ? from >= to : (from ?? null) !== (to ?? null))
    throw invalid(field, 'notASpan', 'Нужны оба времени, конец позже начала');
}

/** Changes facts of a company. The owner is changed by leads (inside their team) and heads; who asks not to be called is promised nothing any more. */
export async function updateCompany(app: CompanyParts, actor: Actor, companyId: number, change: CompanyUpdate): Promise<void> {
  checkSpan('callTo', change.callFrom, change.callTo);
  checkSpan('lunchTo', change.lunchFrom, change.lunchTo);
  await changing(
    app,
    actor,
    { companyId, action: 'company.change', details: { fields: Object.keys(givenOf(change)).join(',') } },
    async (stores, now) => {
      if (change.ownerId !== undefined) await refuseOwner(stores, actor, change.ownerId);
      await refuseWrongFacts(stores, companyId, change);
      if (change.doNotCall === true) await stores.companies.withdrawPromises(companyId, now);
      await stores.companies.change(companyId, { ...givenOf(change), ...(await consequences(stores, change)) });
    },
  );
}
