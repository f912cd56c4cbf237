import type { CallView } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { announcementFor, wasTold } from '../calls/announcement.ts';
import { reconcileCall } from '../calls/reconcile-calls.ts';
import { mustNotConsult } from '../calls/consultations.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { CallNotLive, type Telephony } from '../ports/telephony.ts';
import { conflict, notFound } from '../problem.ts';
import { holdLead } from './hold-lead.ts';
import { silence } from './ring-call.ts';

type Answering = AppContext & { telephony: Telephony; recordingStorage: RecordingStorage };
type Answerer = Pick<Actor, 'id' | 'teamId' | 'timeZone'>;

/**
 * Answers an arriving call at the actor's headset. It is his before the carrier is asked: of two who answer, the base lets one.
 * @throws Refused 404; 409 `answeredByColleague`, `callerGone`, `callLive`, `outcomeMissing`, `companyBusy`
 */
export async function answerCall(app: Answering, actor: Answerer, callId: number): Promise<CallView> {
  const settings = await app.settings.read();
  const isNew = await app.unitOfWork.run((stores) => take(stores, actor, callId, { now: app.clock.now(), settings }));
  if (isNew) await connect(app, actor, callId);
  return app.unitOfWork.run((stores) => stores.calls.view(callId));
}

async function connect(app: Answering, actor: Answerer, callId: number): Promise<void> {
  try {
    const call = await app.unitOfWork.run((stores) => stores.calls.find(callId));
    await app.telephony.answer(callId, actor.id, call && (await announcementFor(app, call)));
  } catch (error) {
    if (error instanceof CallNotLive) {
      // He hung up in the same moment; his end may be lost, so the carrier is asked.
      await reconcileCall(app, callId, app.clock.now());
      throw conflict('callerGone', 'the caller has hung up');
    }
    await app.unitOfWork.run(async (stores) => {
      const call = await stores.calls.lock(callId);
      if (call && call.leadId !== null) await stores.queue.removeClaim(actor.id, call.leadId);
      await stores.inbound.untake(callId);
      await announceBoardRows(stores, [actor.id]);
    });
    throw error;
  }
}

/** False when it is his already. */
async function take(stores: Stores, actor: Answerer, callId: number, moment: { now: Date; settings: Settings }): Promise<boolean> {
  // The rep, then leads, then the call: the order in which claiming and dialling lock.
  await stores.queue.lockRep(actor.id);
  const call = await stores.calls.lock(callId);
  const rings = await stores.inbound.rings(callId);
  if (call?.direction !== 'inbound' || call.leadId === null || !rings.some(({ repId }) => repId === actor.id)) throw notFound('call');
  if (!call.untaken && call.repId === actor.id && call.state !== 'ended') return false;
  if (!call.untaken && call.answeredAt) throw conflict('answeredByColleague', 'a colleague has answered');
  if (call.state === 'ended' || call.voicemailAt) throw conflict('callerGone', 'the caller waits no more');
  if (!call.untaken) throw conflict('answeredByColleague', 'a colleague has answered');
  await mustNotConsult(stores, actor.id);
  if (await stores.inbound.companyInCall(callId)) throw conflict('companyBusy', 'somebody is in a call with this company');
  const held = await holdLead(stores, actor, { leadId: call.leadId, companyId: call.companyId, ...moment });
  if (held.kind === 'open') throw held.refusal;
  await makeHis(stores, actor, call, moment);
  return true;
}

async function makeHis(
  stores: Stores,
  actor: Answerer,
  call: CallRecord,
  { now, settings }: { now: Date; settings: Settings },
): Promise<void> {
  const by = { teamId: actor.teamId, day: localDay(call.intentAt, actor.timeZone), hour: localHour(call.intentAt, actor.timeZone) };
  const announces = settings.recordings.announce && !(await wasTold(stores, call));
  if (!(await stores.inbound.take(call.id, actor.id, { ...by, announces })))
    throw conflict('answeredByColleague', 'a colleague has answered');
  await stores.inbound.adopt(call.id, actor.id);
  await silence(stores, call.id, 'answered', now, [actor.id]);
  await silence(stores, call.id, 'answeredByColleague', now);
  await stores.outbox.announce({ event: 'call:state', audience: { user: actor.id }, payload: await stores.calls.view(call.id) });
  await announceBoardRows(stores, [actor.id]);
}
