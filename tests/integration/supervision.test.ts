import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peopleReads } from '../../server/adapters/db/reads/people.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { Coaching } from '../../server/app/ports/telephony.ts';
import { changeSupervision } from '../../server/app/supervision/change-supervision.ts';
import { passAnswer, passOffer } from '../../server/app/supervision/connect-supervision.ts';
import { endLapsedSupervision, keepSupervision, supervisionKeeper } from '../../server/app/supervision/keep-supervision.ts';
import { startSupervision } from '../../server/app/supervision/start-supervision.ts';
import { stopSupervision } from '../../server/app/supervision/stop-supervision.ts';
import { takeSupervisionWord } from '../../server/app/supervision/take-supervision-word.ts';
import { takeMixed } from '../../server/app/supervision/take-mixed.ts';
import type { SupervisionMode } from '../../server/contract/sockets/supervision.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

async function talkingCall(rep: Actor = department.rep): Promise<number> {
  const { call } = await dialNext(department, rep);
  await say(department, call.id, { kind: 'ringing' }, 1);
  await say(department, call.id, { kind: 'answered' }, 2);
  return call.id;
}
const app = () => ({ ...department.app, reads: { people: peopleReads(department.prisma) } });
const start = (mode: SupervisionMode, who = department.lead, rep = department.rep) =>
  startSupervision(app(), who, { repId: rep.id, mode, socketId: `socket of ${who.name}` });
/** A part that is heard: offered, answered, mixed. */
async function live(mode: SupervisionMode, who = department.lead): Promise<number> {
  const { supervision } = await start(mode, who);
  await passOffer(department.app, who, { id: supervision.id, sdp: 'offer' });
  await passAnswer(department.app, department.rep, { id: supervision.id, sdp: 'answer', socketId: 'socket of rep' });
  await takeMixed(department.app, department.rep, { id: supervision.id, mode });
  return supervision.id;
}
const rowOf = (id: number) => department.prisma.supervision.findUniqueOrThrow({ where: { id } });
/** What was told, oldest first: the event, to whom, and what of it matters. */
async function told(): Promise<unknown[]> {
  const rows = await department.prisma.outboxEvent.findMany({
    where: { topic: { startsWith: 'socket:supervision' } },
    orderBy: { id: 'asc' },
  });
  await department.prisma.outboxEvent.deleteMany({});
  return rows.map(({ payload }) => payload);
}
const audit = () =>
  department.prisma.auditEntry.findMany({
    where: { action: 'call.supervise' },
    select: { userId: true, entityId: true, details: true },
    orderBy: { id: 'asc' },
  });

describe('a part in a call', () => {
  it('becomes what the rep’s browser says it is, and each mode goes into the audit with its times', async () => {
    const callId = await talkingCall();
    const id = await live('listen');
    expect(await rowOf(id)).toMatchObject({ callId, wanted: 'listen', mode: 'listen', endedAt: null });
    const from = department.time.now.toISOString();

    department.pass(1);
    await changeSupervision(department.app, department.lead, { id, mode: 'whisper' });
    expect(await rowOf(id)).toMatchObject({ wanted: 'whisper', mode: 'listen' });
    await takeMixed(department.app, department.rep, { id, mode: 'whisper' });
    expect(await rowOf(id)).toMatchObject({ mode: 'whisper' });
    const turned = department.time.now.toISOString();

    department.pass(2);
    await stopSupervision(department.app, department.lead, { id, why: 'stopped' });
    const until = department.time.now.toISOString();
    expect(await rowOf(id)).toMatchObject({ endedBecause: 'stopped' });
    const who = { userId: department.lead.id, entityId: callId };
    expect(await audit()).toEqual([
      { ...who, details: { repId: department.rep.id, mode: 'listen', since: from, until: turned } },
      { ...who, details: { repId: department.rep.id, mode: 'whisper', since: turned, until } },
    ]);
  });

  it('tells the rep’s browser what to mix and the supervisor what is so; who only listens is not shown', async () => {
    await talkingCall();
    await told();
    const id = await live('listen');
    await changeSupervision(department.app, department.lead, { id, mode: 'barge' });
    await stopSupervision(department.app, department.lead, { id, why: 'stopped' });
    const toRep = (payload: object) => ({ event: 'supervision:mix', audience: { user: department.rep.id }, payload });
    const toLead = (event: string, payload: object) => ({ event, audience: { user: department.lead.id }, payload });
    expect(await told()).toMatchObject([
      toRep({ id, mode: 'listen', offer: 'offer', shown: false, supervisor: { name: 'lead' } }),
      toLead('supervision:answer', { id, sdp: 'answer' }),
      toLead('supervision:state', { id, mode: 'listen', wanted: 'listen', endedBecause: null }),
      toRep({ id, mode: 'barge', offer: null, shown: true }),
      toLead('supervision:state', { id, endedBecause: 'stopped' }),
      toRep({ id, mode: null, shown: false }),
    ]);
  });

  it('is shown to the rep from the first when the department wants it so', async () => {
    department.settings.supervision.repSeesListening = true;
    await talkingCall();
    await told();
    await live('listen');
    expect((await told())[0]).toMatchObject({ event: 'supervision:mix', payload: { mode: 'listen', shown: true } });
  });

  it('ends with the call', async () => {
    const callId = await talkingCall();
    const id = await live('whisper');
    await say(department, callId, { kind: 'ended', cause: 'completed' }, 60);
    expect(await rowOf(id)).toMatchObject({ endedBecause: 'callEnded' });
    expect(await audit()).toHaveLength(1);
    await expect(changeSupervision(department.app, department.lead, { id, mode: 'listen' })).rejects.toMatchObject({ code: 'notFound' });
  });

  it('ends when its supervisor goes to another call; two may hear the same one', async () => {
    await talkingCall();
    await talkingCall(department.other);
    const first = await live('listen');
    const ofHead = await live('listen', department.head);
    await start('listen', department.lead, department.other);
    expect(await rowOf(first)).toMatchObject({ endedBecause: 'replaced' });
    expect(await rowOf(ofHead)).toMatchObject({ endedAt: null });
  });
});

describe('who has no live call', () => {
  it('cannot be listened to', async () => {
    await expect(start('listen')).rejects.toMatchObject({ status: 409, code: 'noLiveCall' });
    const { call } = await dialNext(department, department.rep);
    await expect(start('listen')).rejects.toMatchObject({ code: 'noLiveCall' });
    await say(department, call.id, { kind: 'answered' }, 2);
    await expect(start('listen')).resolves.toMatchObject({ supervision: { callId: call.id, mode: null } });
  });
});

describe('a carrier that brings the supervisor in itself', () => {
  it('gives him a ticket, says how he is heard, and is asked again where that is not what he wants', async () => {
    const asked: string[] = [];
    const coaching: Coaching = {
      ticket: ({ mode, supervisorId }) => `${mode} for ${supervisorId}`,
      change: ({ mode }) => {
        asked.push(mode);
        return Promise.resolve();
      },
      leave: () => {
        asked.push('leave');
        return Promise.resolve();
      },
    };
    const atCarrier = { ...app(), telephony: { ...department.app.telephony, coaching } };
    const word = (supervisionId: number, heard: SupervisionMode | 'left') => takeSupervisionWord(atCarrier, { supervisionId, heard });
    await talkingCall();
    const { lead, rep } = department;
    const { supervision, sound } = await startSupervision(atCarrier, lead, { repId: rep.id, mode: 'listen', socketId: 'socket of lead' });
    const { id } = supervision;
    expect(sound).toEqual({ kind: 'carrier', ticket: `listen for ${lead.id}` });

    // Asked for while his headset call still came in: that one comes in as the ticket says.
    await changeSupervision(atCarrier, lead, { id, mode: 'whisper' });
    await word(id, 'listen');
    expect(await rowOf(id)).toMatchObject({ mode: 'listen', wanted: 'whisper' });
    expect(asked).toEqual(['whisper', 'whisper']);
    await word(id, 'whisper');
    expect(await rowOf(id)).toMatchObject({ mode: 'whisper' });

    await word(id, 'left');
    expect(await rowOf(id)).toMatchObject({ endedBecause: 'supervisorGone' });
    expect((await audit()).map(({ details }) => details)).toMatchObject([{ mode: 'listen' }, { mode: 'whisper' }]);
    await word(id, 'listen');
    expect(asked).toEqual(['whisper', 'whisper', 'leave']);
  });
});

describe('a browser that goes away', () => {
  it.each(['supervisor', 'rep'] as const)('ends it when the %s’s does not come back', async (side) => {
    await talkingCall();
    const id = await live('whisper');
    const later: (() => void)[] = [];
    const keeper = supervisionKeeper(department.app, { after: (_, action) => (later.push(action), () => undefined) });
    await keeper.onSocketLost(side === 'rep' ? 'socket of rep' : 'socket of lead');
    expect(later).toHaveLength(1);
    department.pass(0.1);
    await endLapsedSupervision(department.app);
    expect(await rowOf(id)).toMatchObject({ endedAt: null });
    department.pass(0.15);
    await endLapsedSupervision(department.app);
    expect(await rowOf(id)).toMatchObject({ endedBecause: side === 'rep' ? 'repGone' : 'supervisorGone' });
  });

  it('ends nothing when it comes back with another socket, as after a restart of the server', async () => {
    await talkingCall();
    const id = await live('whisper');
    await supervisionKeeper(department.app, { after: () => () => undefined }).onSocketLost('socket of lead');
    department.pass(0.1);
    await keepSupervision(department.app, department.lead, { id, socketId: 'another socket' });
    await keepSupervision(department.app, department.rep, { id, socketId: 'socket of rep' });
    department.pass(0.4);
    await endLapsedSupervision(department.app);
    expect(await rowOf(id)).toMatchObject({ endedAt: null });
    department.pass(0.2);
    await endLapsedSupervision(department.app);
    expect(await rowOf(id)).toMatchObject({ endedBecause: 'supervisorGone' });
  });

  it('that has no headset never answers: that is said', async () => {
    await talkingCall();
    const { supervision } = await start('listen');
    await passOffer(department.app, department.lead, { id: supervision.id, sdp: 'offer' });
    department.pass(0.25);
    await endLapsedSupervision(department.app);
    expect(await rowOf(supervision.id)).toMatchObject({ endedBecause: 'notAnswered' });
    expect(await audit()).toEqual([]);
  });
});
