import type { Settings } from '../../contract/settings.ts';
import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { AppContext } from '../context.ts';
import { applyEvent } from '../calls/take-carrier-event.ts';
import type { CallingCompany } from '../ports/stores/inbound.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { ArrivingCall, Telephony } from '../ports/telephony.ts';
import { callerOf, findCaller, openFirstDeal, responsibleFor } from './find-caller.ts';

/**
 * Writes down a call that arrived: who it is, whose it is, and the first word of its log. Company, contact and deal of an unknown
 * number are made in the same transaction. Told again, it is the same call. Null when nobody could ever answer.
 */
export async function takeArrivingCall(app: AppContext & { telephony: Telephony }, arriving: ArrivingCall): Promise<number | null> {
  const settings = await app.settings.read();
  return app.unitOfWork.run(async (stores) => {
    await stores.inbound.lockNumber(arriving.from ?? arriving.carrierCallId);
    const known = await stores.inbound.known(app.telephony.name, arriving.carrierCallId);
    if (known !== null) return known;
    const callId = await write(stores, arriving, { carrier: app.telephony.name, now: app.clock.now(), settings });
    if (callId === null) app.log.error({ carrierCallId: arriving.carrierCallId }, 'a call arrived and nobody here could answer it');
    return callId;
  });
}

interface Moment {
  carrier: string;
  now: Date;
  settings: Settings;
}

async function write(stores: Stores, arriving: ArrivingCall, moment: Moment): Promise<number | null> {
  const { now, settings, carrier } = moment;
  const someone = await stores.inbound.leastLoaded(now);
  if (!someone) return null;
  const { handedOver } = arriving;
  const caller =
    (handedOver && (await callerOf(stores, handedOver.fromCallId))) ??
    (await findCaller(stores, arriving.from, { settings, timeZone: someone.timeZone }));
  const { company } = caller;
  const [named] = handedOver ? await stores.inbound.answering([handedOver.toRepId]) : [];
  const rep = named ?? (await responsibleFor(stores, company, now)) ?? someone;
  const leadId = await stores.inbound.lockLead(company.id);
  const callId = await stores.inbound.create({
    carrier,
    carrierCallId: arriving.carrierCallId,
    repId: rep.id,
    companyId: company.id,
    leadId,
    contactId: caller.contactId,
    phoneId: caller.phoneId,
    phoneE164: arriving.from ?? '',
    intentAt: now,
    day: localDay(now, rep.timeZone),
    hour: localHour(now, rep.timeZone),
    companyDay: localDay(now, company.timeZone),
    promiseId: company.promise?.id ?? null,
    teamId: rep.teamId,
    handedFromId: handedOver?.fromCallId ?? null,
    ...listing(company),
  });
  if (caller.isNew) await openFirstDeal(stores, company, { at: now, userId: rep.id, callId });
  const call = await stores.calls.lock(callId);
  if (!call) throw new Error(`call ${callId} vanished inside its own transaction`);
  const arrived = { callId, eventKey: 'zagon:arrived', at: now, carrierWord: 'arrived', body: { kind: 'ringing' } } as const;
  await applyEvent(stores, call, arrived, { now, settings });
  return callId;
}

const listing = ({ listId, channelId, sourceId }: CallingCompany) => ({ listId, channelId, sourceId });
