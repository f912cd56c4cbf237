import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { learnFromCalls } from '../../server/app/schedule/learn-from-calls.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

/** An exact promise of the rep, so many minutes from now, on the last company or one before it. */
async function promiseIn(minutes: number, fromLast = 1): Promise<number> {
  const companyId = department.companyIds.at(-fromLast) ?? 0;
  const promisedAt = new Date(department.time.now.getTime() + minutes * 60_000);
  const at = (offset: number): Date => new Date(promisedAt.getTime() + offset * 60_000);
  const about = { companyId, repId: department.rep.id, kind: 'exact' as const, localTime: '', timeZone: 'Europe/Moscow' };
  await department.prisma.promise.create({ data: { ...about, startsAt: at(-5), promisedAt, deadlineAt: at(5) } });
  await requeueAll(department.app);
  return companyId;
}

const duration = (listId: number, seconds: number[]) => ({ listId, code: 'callBack', calls: 100, seconds, learnedAt: department.time.now });

describe('the promise guard', () => {
  it.each([
    ['a call that ends before it in time', 8, [60, 120, 180, 240], true],
    ['a call that ends before it too seldom', 8, [60, 120, 600, 900], false],
    ['by minutes while nothing is learned, far', 8, null, true],
  ] as const)('%s', async (_name, minutes, seconds, starts) => {
    await promiseIn(minutes);
    const list = await department.prisma.callList.findFirstOrThrow();
    if (seconds) await department.prisma.callDuration.create({ data: duration(list.id, [...seconds]) });
    expect((await nextCall(department.app, department.rep)) !== null).toBe(starts);
  });

  it('leaves time for every one of several promised to the same minutes', async () => {
    const list = await department.prisma.callList.findFirstOrThrow();
    await department.prisma.callDuration.createMany({ data: [duration(list.id, [240]), duration(0, [240])] });
    await promiseIn(7);
    expect(await nextCall(department.app, department.rep)).not.toBeNull();
    await department.prisma.leadClaim.deleteMany();
    await promiseIn(7, 2);
    expect(await nextCall(department.app, department.rep)).toBeNull();
  });

  it('never holds an obligation back, nor a colleague', async () => {
    const companyId = await promiseIn(3);
    await department.prisma.callDuration.create({ data: duration(0, [900]) });
    expect((await nextCall(department.app, department.rep))?.company.id).toBe(companyId);
    expect(await nextCall(department.app, department.other)).not.toBeNull();
  });
});

describe('a promise of a colleague', () => {
  const absentToday = async (): Promise<void> => {
    const day = new Date('2026-11-24');
    await department.prisma.user.update({ where: { id: department.rep.id }, data: { absentFrom: day, absentUntil: day } });
  };

  it('is the team’s as soon as it may be dialled while he is absent, in his name', async () => {
    const companyId = await promiseIn(4);
    expect((await nextCall(department.app, department.other))?.company.id).not.toBe(companyId);
    await releaseAll();
    await absentToday();
    const claim = await nextCall(department.app, department.other);
    expect([claim?.company.id, claim?.reason.tier, claim?.reason.takenOverFrom]).toEqual([companyId, 'due', 'rep']);
  });

  it('stays his while he is absent when the setting says so', async () => {
    department.settings.queue.teamTakesOverAbsent = false;
    const companyId = await promiseIn(4);
    await absentToday();
    expect((await nextCall(department.app, department.other))?.company.id).not.toBe(companyId);
  });

  it.each([
    ['is taken before it is late while he talks', -4, 'talking', true],
    ['is taken when it is late and he still talks', -8, 'talking', true],
    ['is left to him before the last minutes', -2, 'talking', false],
    ['is left to him while he is free', -4, 'ready', false],
    ['is taken while he is not at work', -4, 'away', true],
  ] as const)('%s', async (_name, minutes, state, taken) => {
    const { prisma, app, rep, other } = department;
    if (state === 'talking') await dialNext(department, rep);
    const companyId = await promiseIn(minutes);
    if (state !== 'away') await prisma.presence.create({ data: { userId: rep.id, state: 'ready', leaseUntil: new Date('2027-01-01') } });
    expect((await nextCall(app, other))?.company.id === companyId).toBe(taken);
  });

  it('stays taken though he is free again before it is dialled', async () => {
    const { prisma, rep, other } = department;
    const companyId = await promiseIn(-4);
    const { claim, call } = await dialNext(department, other, async () => {
      await prisma.presence.create({ data: { userId: rep.id, state: 'ready', leaseUntil: new Date('2027-01-01') } });
    });
    expect([claim.company.id, call.companyId]).toEqual([companyId, companyId]);
  });

  const releaseAll = async (): Promise<void> => {
    await department.prisma.leadClaim.deleteMany();
    await requeueAll(department.app);
  };
});

describe('the choice', () => {
  it('is stored with the runner-up and the rule by which it lost', async () => {
    const { call, claim } = await dialNext(department, department.rep);
    expect(claim.reason).toMatchObject({ ruleVersion: 3, runnerUp: { lostBy: 'position', lost: 'ниже в списке' } });
    const stored = await department.prisma.call.findUniqueOrThrow({ where: { id: call.id } });
    expect(stored.reason).toMatchObject({ runnerUp: { companyId: claim.runnerUp?.companyId, lostBy: 'position' } });
  });

  it('leaves a company alone for the pause, whatever the last call was', async () => {
    department.settings.retry.companyPauseMinutes = 10;
    const { call, claim } = await dialNext(department, department.rep);
    await say(department, call.id, { kind: 'ended', cause: 'providerError' }, 3);
    await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse({ code: 'providerError' }));
    const queued = await department.prisma.leadQueue.findUniqueOrThrow({ where: { leadId: claim.lead.id } });
    expect(queued.readyAt.getTime()).toBe(department.time.now.getTime() + 10 * 60_000);
  });

  it('skips a number that must not be called, and the company when it has no other', async () => {
    const [first] = department.companyIds;
    await department.prisma.phone.updateMany({ where: { companyId: first, position: 0 }, data: { doNotCall: true } });
    const claim = await nextCall(department.app, department.rep);
    expect([claim?.company.id, claim?.phone.e164]).toEqual([first, '+74950000001']);
    await department.prisma.phone.updateMany({ where: { companyId: department.companyIds[1] }, data: { consent: 'withdrawn' } });
    await requeueAll(department.app);
    expect((await nextCall(department.app, department.other))?.company.id).toBe(department.companyIds[2]);
  });
});

describe('what is learned from calls', () => {
  it('are their lengths by list and outcome, and the hours at which segments answer; once an hour', async () => {
    const { call } = await dialNext(department, department.rep);
    await talk(department, call.id);
    department.pass(3);
    await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse({ code: 'gatekeeper' }));
    expect(await learnFromCalls(department.app)).toEqual({ learned: true });
    const list = await department.prisma.callList.findFirstOrThrow();
    const seconds = Array.from({ length: 10 }, () => 180);
    expect(await department.prisma.callDuration.findMany({ orderBy: { listId: 'asc' } })).toMatchObject([
      { listId: 0, code: 'gatekeeper', calls: 1, seconds },
      { listId: list.id, code: 'gatekeeper', calls: 1, seconds },
    ]);
    expect(await department.prisma.answerHour.findMany()).toMatchObject([{ channelId: 0, regionId: 0, hour: 11, dials: 1, answered: 1 }]);
    expect(await learnFromCalls(department.app)).toEqual({ learned: false });
    department.pass(61);
    expect(await learnFromCalls(department.app)).toEqual({ learned: true });
  });
});
