import type { OwnNumberChange, OwnNumberView } from '../../contract/http/own-numbers.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { readPhone } from '../../core/import/phones.ts';
import { regionOfPhone } from '../../core/import/regions.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { conflict, invalid, notFound } from '../problem.ts';

/** Our own numbers with what each dialled on the actor's day. */
export async function ownNumbers(app: AppContext, actor: Actor): Promise<OwnNumberView[]> {
  const day = localDay(app.clock.now(), actor.timeZone);
  const rows = await app.unitOfWork.run((stores) => stores.ownNumbers.all(day));
  return rows.map(({ lastDialAt: _, restsUntil, ...row }) => ({ ...row, restsUntil: restsUntil?.toISOString() ?? null }));
}

/** @throws Refused 409 `numberKnown`; 422 for a number that cannot be one of ours */
export async function addOwnNumber(
  app: AppContext,
  actor: Actor,
  input: { phone: string; region?: string | null | undefined; dailyLimit: number },
): Promise<number> {
  const phone = readPhone(input.phone, (await app.settings.read()).calls.defaultCountry);
  if (!phone) throw invalid('phone', 'phoneUnreadable', 'this is no telephone number');
  const { e164 } = phone;
  const region = input.region ?? regionOfPhone(e164)?.name ?? null;
  return app.unitOfWork.run(async (stores) => {
    const id = await stores.ownNumbers.add({ e164, region, dailyLimit: input.dailyLimit, enabled: true, restsUntil: null });
    if (id === null) throw conflict('numberKnown', 'this number is in the list already');
    await stores.audit.write({ userId: actor.id, action: 'ownNumber.add', entity: 'ownNumber', entityId: id, details: { e164 } });
    return id;
  });
}

/** A number marked as spam rests for `calls.spamRestDays`; taking the mark away lets it be shown at once. @throws Refused 404 */
export async function changeOwnNumber(app: AppContext, actor: Actor, id: number, { spam, ...given }: OwnNumberChange): Promise<void> {
  const { calls } = await app.settings.read();
  const rest = new Date(app.clock.now().getTime() + calls.spamRestDays * 86_400_000);
  await app.unitOfWork.run(async (stores) => {
    const number = await stores.ownNumbers.find(id);
    if (!number) throw notFound('number');
    await stores.ownNumbers.change(id, { ...given, ...(spam === undefined ? {} : { restsUntil: spam ? rest : null }) });
    const details = { e164: number.e164, ...given, ...(spam === undefined ? {} : { spam }) };
    await stores.audit.write({ userId: actor.id, action: 'ownNumber.change', entity: 'ownNumber', entityId: id, details });
  });
}

/** @throws Refused 404 */
export async function removeOwnNumber(app: AppContext, actor: Actor, id: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const number = await stores.ownNumbers.find(id);
    if (!number || !(await stores.ownNumbers.remove(id))) throw notFound('number');
    const details = { e164: number.e164 };
    await stores.audit.write({ userId: actor.id, action: 'ownNumber.remove', entity: 'ownNumber', entityId: id, details });
  });
}
