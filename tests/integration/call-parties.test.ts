import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consultCall, joinCall, leaveCall, transferCall } from '../../server/app/calls/ask-in.ts';
import { consultationsOf } from '../../server/app/calls/consultations.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { keepRecording } from '../../server/app/calls/pause-recording.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { ringKeeper } from '../../server/app/inbound/ring-keeper.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';
import { beReady, ringsFor } from '../support/inbound-calls.ts';
import { patience } from '../support/patience.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment(4);
});
afterEach(() => department.close());

const callOf = (id: number) => department.prisma.call.findUniqueOrThrow({ where: { id } });

async function talking(): Promise<{ callId: number; companyId: number }> {
  const { call, claim } = await dialNext(department, department.rep);
  await say(department, call.id, { kind: 'answered' }, 2);
  return { callId: call.id, companyId: claim.company.id };
}

/** The prospect of an ended call goes on to a colleague, as a carrier tells it. */
async function handOver(callId: number): Promise<number> {
  await say(department, callId, { kind: 'transferred', to: `rep:${department.other.id}` }, 40);
  await say(department, callId, { kind: 'ended', cause: 'completed' }, 40);
  const keeper = ringKeeper(department.app, { after: (_wait, action) => (queueMicrotask(action), () => undefined) });
  const arrivedId = await keeper.onArriving({
    carrierCallId: `handed-${callId}`,
    from: '+79990009999',
    to: '+74950000000',
    at: department.time.now,
    handedOver: { fromCallId: callId, toRepId: department.other.id },
  });
  if (arrivedId === null) throw new Error('the hand-over was not taken');
  return arrivedId;
}

describe('a colleague who is consulted', () => {
  it('is asked first, comes at his word, and neither dials nor is asked twice meanwhile', async () => {
    const { rep, other, app } = department;
    const { callId } = await talking();
    await consultCall(app, rep, callId, { repId: other.id });
    expect(department.carrier.consulted).toEqual([]);
    expect(await consultationsOf(app, other)).toMatchObject([{ callId, state: 'asked', by: { id: rep.id } }]);
    await expect(consultCall(app, rep, callId, { to: '+79990001122' })).rejects.toMatchObject({ code: 'partyMismatch' });

    await joinCall(app, other, callId);
    expect(department.carrier.consulted).toEqual([{ callId, party: { kind: 'rep', repId: other.id } }]);
    await say(department, callId, { kind: 'partyAsked', party: `rep:${other.id}` }, 10);
    await say(department, callId, { kind: 'partyJoined', party: `rep:${other.id}` }, 11);
    expect(await consultationsOf(app, other)).toMatchObject([{ state: 'joined' }]);
    const claim = await nextCall(app, other);
    if (!claim) throw new Error('nobody to call');
    const dial = startCall(app, other, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: 'meanwhile' });
    await expect(dial).rejects.toMatchObject({ code: 'inConsultation' });

    await say(department, callId, { kind: 'ended', cause: 'completed' }, 60);
    expect(await consultationsOf(app, other)).toEqual([]);
    expect(await department.prisma.outboxEvent.count({ where: { topic: 'socket:call:consult' } })).toBe(3);
  });

  it('may decline, and nobody else may come', async () => {
    const { rep, other, lead, app } = department;
    const { callId } = await talking();
    await consultCall(app, rep, callId, { repId: other.id });
    await expect(joinCall(app, lead, callId)).rejects.toMatchObject({ status: 404 });
    await leaveCall(app, other, callId);
    expect(await callOf(callId)).toMatchObject({ party: null, partyState: null });
    await expect(joinCall(app, other, callId)).rejects.toMatchObject({ status: 404 });
  });
});

describe('a call handed over to a colleague', () => {
  it('rings for him with the same company, whatever number it is, and says who hands it over', async () => {
    const { other, app } = department;
    await beReady(department, other);
    const { callId, companyId } = await talking();
    await transferCall(app, department.rep, callId, { repId: other.id });
    expect(department.carrier.transferred).toEqual([{ callId, to: { kind: 'rep', repId: other.id } }]);
    const arrivedId = await handOver(callId);
    await expect.poll(() => ringsFor(department, arrivedId), patience).toEqual([other.id]);
    expect(await callOf(arrivedId)).toMatchObject({ companyId, repId: other.id, handedFromId: callId, untaken: true });
    expect(department.carrier.answered).toEqual([]);
  });

  it('is answered at once by whoever was consulted about it; both say their outcome', async () => {
    const { rep, other, app } = department;
    const { callId } = await talking();
    await say(department, callId, { kind: 'partyAsked', party: `rep:${other.id}` }, 10);
    await say(department, callId, { kind: 'partyJoined', party: `rep:${other.id}` }, 11);
    const arrivedId = await handOver(callId);
    await expect.poll(() => department.carrier.answered, patience).toEqual([{ callId: arrivedId, repId: other.id }]);
    await say(department, arrivedId, { kind: 'answered' }, 42);
    const body = disposeEndpoint.body.parse({ code: 'gatekeeper' });
    await disposeCall(app, rep, callId, body);
    await say(department, arrivedId, { kind: 'ended', cause: 'completed' }, 90);
    await disposeCall(app, other, arrivedId, body);
    expect(await callOf(arrivedId)).toMatchObject({ repId: other.id, talkSeconds: 48, dispositionCode: 'gatekeeper' });
    expect(await callOf(callId)).toMatchObject({ repId: rep.id, talkSeconds: 38, dispositionCode: 'gatekeeper' });
  });
});

it('writes down who stopped the recording and who went on with it', async () => {
  const { rep, other, app } = department;
  const { callId } = await talking();
  await expect(keepRecording(app, other, callId, false)).rejects.toMatchObject({ status: 404 });
  await keepRecording(app, rep, callId, false);
  await say(department, callId, { kind: 'recordingPaused' }, 10);
  await keepRecording(app, rep, callId, true);
  const entries = await department.prisma.auditEntry.findMany({ where: { entity: 'call', entityId: callId }, orderBy: { id: 'asc' } });
  expect(entries.map(({ action, userId }) => [action, userId])).toEqual([
    ['recording.pause', rep.id],
    ['recording.resume', rep.id],
  ]);
});
