import type { PromiseInput } from '../../contract/http/calls.ts';
import type { PromiseView } from '../../contract/http/company-card.ts';
import type { NewPromiseInput } from '../../contract/http/promises.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import { askCapacity } from '../calls/ask-capacity.ts';
import { changing } from '../companies/change-company.ts';
import type { CompanyParts } from '../companies/scope.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, invalid } from '../problem.ts';
import { promisedTimes } from './agreed-times.ts';

interface PromiseByHand {
  stores: Stores;
  actor: Actor;
  settings: Settings;
  now: Date;
  companyId: number;
  contactId: number | null;
  note: string | null;
}

type Keeper = Pick<Actor, 'id' | 'timeZone'>;

/** Whose a promise made by hand is: a rep's or a seller's own; one made by those who lead goes to the company's owner. */
async function keeperOf({ stores, actor, companyId }: PromiseByHand): Promise<Keeper> {
  if (actor.role === 'rep' || actor.role === 'seller') return actor;
  const owner = await stores.companies.owner(companyId);
  if (!owner) throw conflict('noOwner', 'У компании нет ответственного: сначала назначьте его');
  return owner;
}

/** Writes a promise for whoever keeps it; `field` names what was typed. @throws Refused 409 `doNotCall`, `overCapacity`, 422 */
export async function writePromise(step: PromiseByHand, field: string, agreed: PromiseInput): Promise<PromiseView> {
  const { stores, companyId, contactId, note, settings, now } = step;
  const company = await stores.companies.callable(companyId);
  if (!company) throw conflict('doNotCall', 'Этой компании больше не звонят: обещание не сдержать');
  const times = await promisedTimes({ ...step, timeZone: company.timeZone }, field, agreed);
  const rep = await keeperOf(step);
  const overCapacity = await askCapacity(stores, { actor: rep, body: { promise: agreed }, settings, now }, times);
  const about = { companyId, contactId, repId: rep.id, madeInCallId: null, note, createdAt: now };
  return stores.promises.create({ ...times, ...about, origin: 'manual', overCapacity });
}

/** @throws Refused 422 `contactAbsent` for a person who is not of that company */
export async function refuseStranger(stores: Stores, companyId: number, contactId: number): Promise<void> {
  if ((await stores.companies.contactCompany(contactId)) !== companyId)
    throw invalid('contactId', 'contactAbsent', 'Такого контакта у компании нет');
}

/** A next contact promised by hand, without a call. @throws Refused 404, 409 `promiseOpen`, `noOwner`, `overCapacity`, 422 */
export async function makePromise(app: CompanyParts, actor: Actor, input: NewPromiseInput): Promise<PromiseView> {
  const settings = await app.settings.read();
  const { companyId } = input;
  let made: PromiseView | undefined;
  await changing(app, actor, { companyId, action: 'promise.make' }, async (stores, now) => {
    await stores.queue.lockFacts([companyId]);
    if (await stores.promises.openOf(companyId)) throw conflict('promiseOpen', 'Этой компании уже обещано: перенесите то обещание');
    if (input.contactId !== undefined) await refuseStranger(stores, companyId, input.contactId);
    const step = { stores, actor, settings, now, companyId, contactId: input.contactId ?? null, note: input.note ?? null };
    made = await writePromise(step, 'promise', input.promise);
  });
  if (!made) throw new Error('a promise was made and not kept');
  return made;
}
