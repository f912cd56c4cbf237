import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';

let department: Department;
beforeAll(async () => {
  department = await callDepartment();
});
afterAll(() => department.close());

/** A door that opens for all when `count` have come. */
function door(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === count) for (const open of waiting) open();
    });
}

describe('transactions that lock crosswise', () => {
  it('both succeed: the one that the base ended is run again', async () => {
    const [first = 0, second = 0] = department.companyIds;
    const warned: unknown[] = [];
    const log = { info: () => undefined, error: () => undefined, warn: (facts: unknown) => warned.push(facts) };
    const unitOfWork = prismaUnitOfWork(department.prisma, log);
    const bothHoldOne = door(2);
    let runs = 0;
    const lockBoth = (one: number, other: number): Promise<void> =>
      unitOfWork.run(async (stores) => {
        runs += 1;
        await stores.queue.lockFacts([one]);
        if (runs <= 2) await bothHoldOne();
        await stores.queue.lockFacts([other]);
      });
    await Promise.all([lockBoth(first, second), lockBoth(second, first)]);
    expect(runs).toBe(3);
    expect(warned).toEqual([{ code: '40P01', attempt: 1 }]);
  });

  it('an error of ours is thrown at once', async () => {
    let runs = 0;
    const work = department.app.unitOfWork.run(() => {
      runs += 1;
      return Promise.reject(new Error('ours'));
    });
    await expect(work).rejects.toThrow('ours');
    expect(runs).toBe(1);
  });
});

describe('the end of a call and a second dial of the same lead', () => {
  it('never wait for each other crosswise', async () => {
    const { call, claim } = await dialNext(department, department.rep);
    const again = (key: string) =>
      startCall(department.app, department.rep, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: key });
    const results = await Promise.allSettled([
      again('a'),
      say(department, call.id, { kind: 'ended', cause: 'noAnswer' }, 20),
      again('b'),
      say(department, call.id, { kind: 'ended', cause: 'busy' }, 21),
      again('c'),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2);
    for (const result of results)
      if (result.status === 'rejected') expect(['callLive', 'outcomeMissing']).toContain(Reflect.get(Object(result.reason), 'code'));
    expect(department.carrier.dialled).toEqual([call.id]);
  });
});

describe('a claim that may not be dialled any more', () => {
  it.each([
    ['put on not-now meanwhile', { status: 'notNow' as const, notNowUntil: new Date('2026-12-20') }, 0, /не сейчас/],
    ['outside its hours meanwhile', { status: 'active' as const, notNowUntil: null }, 9 * 60, /нерабочее время/],
  ])('%s is refused with the reason', async (_name, change, minutes, words) => {
    const claim = await nextCall(department.app, department.other);
    if (!claim) throw new Error('nobody to call');
    await department.prisma.company.update({ where: { id: claim.company.id }, data: change });
    department.pass(minutes);
    const dial = startCall(department.app, department.other, {
      leadId: claim.lead.id,
      phoneId: undefined,
      idempotencyKey: `late ${minutes}`,
    });
    await expect(dial).rejects.toMatchObject({ status: 409, code: 'notCallableNow', message: expect.stringMatching(words) });
    department.pass(-minutes);
    await department.prisma.company.update({ where: { id: claim.company.id }, data: { status: 'active', notNowUntil: null } });
  });
});
