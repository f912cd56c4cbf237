import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentCall } from '../../server/app/calls/current-call.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { answerCall } from '../../server/app/inbound/answer-call.ts';
import { callBackMissed } from '../../server/app/inbound/call-back-missed.ts';
import { declineCall } from '../../server/app/inbound/decline-call.ts';
import { ringCall } from '../../server/app/inbound/ring-call.ts';
import { missedOf, ringsFor as ringsSeenBy } from '../../server/app/inbound/see-rings.ts';
import { takeArrivingCall } from '../../server/app/inbound/take-arriving-call.ts';
import { CallNotLive } from '../../server/app/ports/telephony.ts';
import { currentClaim, nextCall } from '../../server/app/queue/next-call.ts';
import { releaseClaim } from '../../server/app/queue/keep-claim.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { previewQueue } from '../../server/app/queue/preview.ts';
import { watchBoard } from '../../server/app/kpi/watch-board.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { missedCalls } from '../../server/contract/http/inbound.ts';
import { peopleReads } from '../../server/adapters/db/reads/people.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';
import { arrive, beReady, ringsFor, talkInbound } from '../support/inbound-calls.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment(4);
});
afterEach(() => department.close());

const phoneOf = async (companyId: number): Promise<string> =>
  (await department.prisma.phone.findFirstOrThrow({ where: { companyId }, orderBy: { position: 'asc' } })).e164;
const own = async (companyId: number | undefined, ownerId: number): Promise<{ id: number; phone: string }> => {
  if (companyId === undefined) throw new Error('the department has no such company');
  await department.prisma.company.update({ where: { id: companyId }, data: { ownerId } });
  return { id: companyId, phone: await phoneOf(companyId) };
};
const callOf = (id: number) => department.prisma.call.findUniqueOrThrow({ where: { id } });
const outcome = (body: object) => disposeEndpoint.body.parse(body);
const promise = (companyId: number, startsInMinutes: number, lastsMinutes = 10) => {
  const at = (minutes: number) => new Date(department.time.now.getTime() + minutes * 60_000);
  return department.prisma.promise.create({
    data: {
      companyId,
      repId: department.rep.id,
      kind: 'exact',
      localTime: '2026-11-24T11:00',
      timeZone: 'Europe/Moscow',
      startsAt: at(startsInMinutes),
      promisedAt: at(startsInMinutes + lastsMinutes / 2),
      deadlineAt: at(startsInMinutes + lastsMinutes),
      note: 'про цены',
    },
  });
};

describe('a call from a known number', () => {
  it('rings for the owner, then for his team, then is left to a message', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep, department.other);
    const callId = await arrive(department, company.phone);
    expect(await ringsFor(department, callId)).toEqual([department.rep.id]);
    const [seen] = await ringsSeenBy(department.app, department.rep);
    expect(seen).toMatchObject({ callId, stage: 'first', company: { id: company.id }, isNew: false });
    department.pass(21 / 60);
    await ringCall(department.app, callId);
    expect(await ringsFor(department, callId)).toEqual([department.rep.id, department.other.id].sort((one, other) => one - other));
    department.pass(21 / 60);
    expect(await ringCall(department.app, callId)).toBeNull();
    expect(await ringsFor(department, callId)).toEqual([]);
    expect(department.carrier.messages).toEqual([callId]);
  });

  it('is answered, heard of on the screen, disposed, and counts a connect but no dial', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep);
    const callId = await arrive(department, company.phone);
    expect((await watchBoard(department.app, department.head)).rows.find((row) => row.rep.id === department.rep.id)).toMatchObject({
      activity: 'incoming',
      company: { id: company.id },
    });
    await talkInbound(department, department.rep, callId);
    expect(department.carrier.answered).toEqual([{ callId, repId: department.rep.id }]);
    const shown = await currentCall(department.app, department.rep);
    expect(shown).toMatchObject({ call: { id: callId, direction: 'inbound', state: 'ended', suggestedDisposition: null } });
    const made = await disposeCall(department.app, department.rep, callId, outcome({ code: 'sendOffer', withDecisionMaker: true }));
    expect(made.attempts).toEqual([{ kind: 'setMeeting', yes: false }]);
    expect(made.deal?.stage.position).toBe(3);
    const counted = await department.prisma.kpiCounter.findMany({ where: { repId: department.rep.id } });
    const valueOf = (metric: string) => counted.filter((row) => row.metric === metric).reduce((sum, row) => sum + row.value, 0);
    expect([valueOf('connects'), valueOf('talkSeconds'), valueOf('dials')]).toEqual([1, 60, 0]);
    expect(await department.prisma.leadClaim.count()).toBe(0);
  });

  it('is not answered by who does not hear it ring, and declining passes it on at once', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep, department.other);
    const callId = await arrive(department, company.phone);
    await expect(answerCall(department.app, department.other, callId)).rejects.toMatchObject({ status: 404 });
    await declineCall(department.app, department.rep, callId);
    expect(await ringsFor(department, callId)).toEqual([department.other.id]);
    await declineCall(department.app, department.other, callId);
    expect(department.carrier.messages).toEqual([callId]);
  });

  it('does not ring for who is absent, also without a known end, and his overdue promises are the team’s', async () => {
    const { prisma, rep, other, app } = department;
    const company = await own(department.companyIds[0], rep.id);
    await promise(company.id, -60);
    await requeueAll(app);
    // Who is at work and free keeps his promises.
    await beReady(department, rep);
    expect((await nextCall(app, other))?.company.id).not.toBe(company.id);
    await releaseClaim(app, other, (await currentClaim(app, other))?.lead.id ?? 0, 'test');
    await prisma.user.update({ where: { id: rep.id }, data: { absentFrom: new Date('2026-11-16'), absentUntil: null } });
    await beReady(department, rep, other);
    const callId = await arrive(department, company.phone);
    expect(await ringsFor(department, callId)).toEqual([other.id]);
    await say(department, callId, { kind: 'ended', cause: 'canceled' }, 5);
    expect((await nextCall(app, other))?.company.id).toBe(company.id);
  });

  it('told twice by the carrier is one call', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    const arriving = { carrierCallId: 'twice', from: company.phone, to: '+74950000000', at: department.time.now, handedOver: null };
    const ids = await Promise.all([1, 2, 3].map(() => takeArrivingCall(department.app, arriving)));
    expect(new Set(ids).size).toBe(1);
  });

  it('fulfils the open promise by the instant at which it was answered', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    const { id } = await promise(company.id, -5);
    await beReady(department, department.rep);
    const callId = await arrive(department, company.phone);
    await talkInbound(department, department.rep, callId);
    expect(await department.prisma.promise.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'fulfilled',
      outcome: 'onTime',
      closedByCallId: callId,
    });
  });

  it('of a company that a colleague holds rings for him first; whoever answers then holds it', async () => {
    const claim = await nextCall(department.app, department.other);
    if (!claim) throw new Error('nobody to call');
    const company = await own(claim.company.id, department.rep.id);
    await beReady(department, department.rep, department.other);
    const callId = await arrive(department, company.phone);
    expect(await ringsFor(department, callId)).toEqual([department.other.id]);
    await declineCall(department.app, department.other, callId);
    expect(await ringsFor(department, callId)).toEqual([department.rep.id]);
    await answerCall(department.app, department.rep, callId);
    expect(await department.prisma.leadClaim.findMany()).toMatchObject([{ repId: department.rep.id, leadId: claim.lead.id }]);
    await expect(
      startCall(department.app, department.other, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: 'late' }),
    ).rejects.toMatchObject({ code: 'claimLost' });
  });

  it('puts the other card of who answers back into exactly its place', async () => {
    const claim = await nextCall(department.app, department.rep);
    const before = await department.prisma.leadClaim.findFirstOrThrow();
    const company = await own(department.companyIds[3], department.rep.id);
    await beReady(department, department.rep);
    const callId = await arrive(department, company.phone);
    await answerCall(department.app, department.rep, callId);
    const { sortKey, rank, pool } = await department.prisma.leadQueue.findUniqueOrThrow({ where: { leadId: claim?.lead.id ?? 0 } });
    expect({ sortKey, rank, pool }).toEqual({ sortKey: before.sortKey, rank: before.rank, pool: before.pool });
  });

  it('while we are dialling that company is left to a message', async () => {
    await beReady(department, department.rep, department.other);
    const { claim } = await dialNext(department, department.rep);
    const callId = await arrive(department, await phoneOf(claim.company.id));
    expect(await ringsFor(department, callId)).toEqual([]);
    expect(department.carrier.messages).toEqual([callId]);
  });
});

describe('two who answer at once', () => {
  it('one wins and the other is told', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep, department.other);
    const callId = await arrive(department, company.phone);
    department.pass(21 / 60);
    await ringCall(department.app, callId);
    const both = await Promise.allSettled([department.rep, department.other].map((rep) => answerCall(department.app, rep, callId)));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'answeredByColleague' } });
    expect(department.carrier.answered).toHaveLength(1);
  });

  it('a rep who answers two calls at once is in one', async () => {
    await beReady(department, department.rep);
    const [first, second] = await Promise.all([0, 1].map((place) => own(department.companyIds[place], department.rep.id)));
    const calls = [await arrive(department, first?.phone ?? ''), await arrive(department, second?.phone ?? '')];
    const both = await Promise.allSettled(calls.map((callId) => answerCall(department.app, department.rep, callId)));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'callLive' } });
    expect(await department.prisma.call.count({ where: { repId: department.rep.id, untaken: false, state: { not: 'ended' } } })).toBe(1);
  });
});

describe('a caller who hangs up', () => {
  it('while he is being answered leaves the rep free and an obligation', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep);
    const callId = await arrive(department, company.phone);
    department.carrier.atAnswer = new CallNotLive(callId);
    department.carrier.known = { kind: 'ended', cause: 'canceled', endedAt: department.time.now, carrierWord: 'caller-gave-up' };
    await expect(answerCall(department.app, department.rep, callId)).rejects.toMatchObject({ code: 'callerGone' });
    expect(await callOf(callId)).toMatchObject({ state: 'ended', endCause: 'canceled' });
    expect(await currentCall(department.app, department.rep)).toBeNull();
    const claim = await nextCall(department.app, department.rep);
    expect(claim).toMatchObject({ company: { id: company.id }, reason: { tier: 'due' } });
  });

  it('before anyone answers is missed: called back within the minutes, with a why line', async () => {
    const company = await own(department.companyIds[0], department.rep.id);
    await beReady(department, department.rep);
    const callId = await arrive(department, company.phone);
    await say(department, callId, { kind: 'ended', cause: 'canceled' }, 5);
    const owed = await department.prisma.promise.findFirstOrThrow({ where: { companyId: company.id, status: 'open' } });
    expect(owed).toMatchObject({ origin: 'inbound', repId: department.rep.id, outcome: 'pending' });
    expect(owed.deadlineAt.getTime() - department.time.now.getTime()).toBe(15 * 60_000);
    const app = { ...department.app, reads: { ...department.app.reads, people: peopleReads(department.prisma) } };
    const { items } = await previewQueue(app, department.rep, { repId: undefined, at: undefined, limit: 3 });
    expect(items[0]).toMatchObject({ companyId: company.id, tier: 'due', reason: expect.stringContaining('пропущенный звонок') });
    const missed = await missedOf(department.app, department.rep, missedCalls.query.parse({ open: 'true' }));
    expect(missed.items).toMatchObject([{ callId, voicemail: false, handledAt: null }]);
  });

  it('of a company at rest wakes it; a promise for later gives way, one that is due already stays', async () => {
    const resting = await own(department.companyIds[0], department.rep.id);
    await department.prisma.company.update({ where: { id: resting.id }, data: { status: 'notNow', notNowUntil: new Date('2027-03-01') } });
    const later = await promise(resting.id, 600);
    const due = await own(department.companyIds[1], department.rep.id);
    const dueNow = await promise(due.id, -2);
    for (const { phone } of [resting, due]) {
      const callId = await arrive(department, phone);
      await say(department, callId, { kind: 'ended', cause: 'noAnswer' }, 5);
    }
    expect(await department.prisma.company.findUniqueOrThrow({ where: { id: resting.id } })).toMatchObject({ status: 'active' });
    expect(await department.prisma.promise.findUniqueOrThrow({ where: { id: later.id } })).toMatchObject({
      status: 'moved',
      moveReason: 'missedCall',
    });
    expect(await department.prisma.promise.findMany({ where: { companyId: due.id } })).toMatchObject([{ id: dueNow.id, status: 'open' }]);
    const replaced = await department.prisma.promise.findFirstOrThrow({ where: { companyId: resting.id, status: 'open' } });
    expect(replaced.note).toContain('про цены');
  });

  it('and whose promise is due is dialled next and at once: his own call is no reason for a pause', async () => {
    const due = await own(department.companyIds[1], department.rep.id);
    await promise(due.id, -2);
    const callId = await arrive(department, due.phone);
    await say(department, callId, { kind: 'ended', cause: 'noAnswer' }, 5);
    const { call } = await dialNext(department, department.rep);
    expect(await callOf(call.id)).toMatchObject({ companyId: due.id });
  });

  it('that nobody is ready for leaves a message, a task and an obligation, and is called back by a key', async () => {
    const company = await own(department.companyIds[2], department.rep.id);
    const callId = await arrive(department, company.phone);
    expect(department.carrier.messages).toEqual([callId]);
    await say(department, callId, { kind: 'voicemail' }, 1);
    await say(department, callId, { kind: 'ended', cause: 'noAnswer' }, 12);
    expect(await department.prisma.task.findMany()).toMatchObject([
      { kind: 'voicemail', assigneeId: department.rep.id, companyId: company.id, callId },
    ]);
    await nextCall(department.app, department.rep);
    const held = await callBackMissed(department.app, department.rep, callId);
    expect((await currentClaim(department.app, department.rep))?.lead.id).toBe(held.leadId);
    await startCall(department.app, department.rep, { leadId: held.leadId, phoneId: undefined, idempotencyKey: 'back' });
    const missed = await missedOf(department.app, department.rep, missedCalls.query.parse({ open: 'true' }));
    expect(missed.items).toEqual([]);
  });

  it('is turned away when the department takes no messages', async () => {
    department.settings.inbound.voicemail = false;
    const callId = await arrive(department, (await own(department.companyIds[0], department.rep.id)).phone);
    expect(department.carrier.turnedAway).toEqual([callId]);
  });
});

describe('a call from an unknown number', () => {
  it('makes company, contact and deal, once, and they are of who answers', async () => {
    await beReady(department, department.rep, department.other);
    const callId = await arrive(department, '+78120000077');
    const again = await arrive(department, '+78120000077');
    const { companyId } = await callOf(callId);
    expect((await callOf(again)).companyId).toBe(companyId);
    const [rings] = await ringsFor(department, callId);
    const rep = rings === department.rep.id ? department.rep : department.other;
    await answerCall(department.app, rep, callId);
    const company = await department.prisma.company.findUniqueOrThrow({
      where: { id: companyId },
      include: { source: true, contacts: true, phones: true, deals: { include: { stage: true } } },
    });
    expect(company).toMatchObject({ name: 'Неизвестный +78120000077', ownerId: rep.id, source: { name: 'Входящий звонок' } });
    expect([company.contacts.length, company.phones.length]).toEqual([1, 1]);
    expect(company.deals).toMatchObject([{ ownerId: rep.id, stage: { position: 1 } }]);
  });

  it('that is hidden is written down, and owes nobody a call that nobody could make', async () => {
    const callId = await arrive(department, null);
    await say(department, callId, { kind: 'ended', cause: 'noAnswer' }, 12);
    const { companyId } = await callOf(callId);
    expect(await department.prisma.promise.count({ where: { companyId } })).toBe(0);
    expect(await department.prisma.task.count({ where: { companyId, kind: 'voicemail' } })).toBe(1);
  });
});

it('an answer that is told after the end still wants its outcome', async () => {
  const company = await own(department.companyIds[0], department.rep.id);
  await beReady(department, department.rep);
  const callId = await arrive(department, company.phone);
  await answerCall(department.app, department.rep, callId);
  await say(department, callId, { kind: 'ended', cause: 'completed' }, 40);
  await say(department, callId, { kind: 'answered' }, 10);
  expect(await callOf(callId)).toMatchObject({ talkSeconds: 30, disposedAt: null });
  expect((await currentCall(department.app, department.rep))?.call.id).toBe(callId);
});
