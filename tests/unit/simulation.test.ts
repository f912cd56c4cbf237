import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { simulateDepartment } from '../../server/core/simulation/department.ts';
import { causeOfMiss, type Shift } from '../../server/core/simulation/misses.ts';
import type { Department } from '../../server/core/simulation/run.ts';
import { callOrders, withoutOneRule } from '../../server/core/simulation/orders.ts';

const { callingHours: hours, retry, promises, queue } = defaultSettings;
const holidays = new Set<string>();
const department: Department = {
  ...{ timeZone: 'Europe/Moscow', hours, holidays, retry, graceMinutes: promises.graceMinutes, perQuarterHour: promises.perQuarterHour },
  ...{ firstDay: '2026-11-02', workingDays: 4, reps: 4, teamSize: 4, companiesPerRep: 150, absentShare: 0.1 },
  ...{ lateShare: 0.1, lateMinutes: 20, lunchMinutes: 45, freshPerDay: 2, callBackMinutes: 15, takeover: queue },
  ...{
    talkSeconds: 150,
    wrapUpSeconds: 30,
    restSeconds: 12,
    guardMinutes: promises.guardMinutes,
    guardPercent: promises.guardPercent,
    seed: 3,
  },
};
const limits = { maxDialsPerDay: retry.maxDialsPerDay, companyPauseMinutes: 0 };
const rules = { hours, holidays: new Map<string, ReadonlySet<string>>(), ...limits, consentRequired: false, customersBeforeHot: false };
const outcomes = callOrders.map((order) => simulateDepartment(department, order, rules));

const keptShare = ({ promises: due }: (typeof outcomes)[number]): number =>
  due.filter(({ dialledAt, deadlineAt }) => dialledAt !== null && dialledAt <= deadlineAt).length / due.length;

describe('a simulated department', () => {
  it('comes out the same for the same seed', () => {
    const [ours] = callOrders;
    expect(simulateDepartment(department, ours, rules)).toEqual(outcomes[0]);
  });

  it('never works more than it is present, nor dials before a promise begins', () => {
    for (const { busySeconds, presentSeconds, promises: made, dials } of outcomes) {
      expect(dials).toBeGreaterThan(100);
      expect(busySeconds).toBeLessThan(presentSeconds);
      for (const { dialledAt, startsAt } of made) expect(dialledAt === null || dialledAt >= startsAt).toBe(true);
    }
  });

  it('keeps more promises by our order than by any other', () => {
    const [ours = 0, ...others] = outcomes.map(keptShare);
    for (const other of others) expect(ours).toBeGreaterThan(other);
  });

  it('keeps fewer promises without the team’s help', () => {
    const withoutHelp = withoutOneRule.find(({ helps }) => !helps);
    const [ours] = outcomes;
    if (!ours || !withoutHelp) throw new Error('an order is missing');
    expect(keptShare(simulateDepartment(department, withoutHelp, rules))).toBeLessThan(keptShare(ours));
  });

  it('says why each promise was missed that its rep did not dial in time', () => {
    for (const { promises: due } of outcomes)
      for (const { dialledAt, deadlineAt, miss } of due) expect(miss !== null).toBe(dialledAt === null || dialledAt > deadlineAt);
  });
});

describe('a missed promise', () => {
  const at = (clock: string): Date => new Date(`2026-11-24T${clock}:00Z`);
  const window = { startsAt: at('09:55'), deadlineAt: at('10:05') };
  const shift = (change: Partial<Shift> = {}): Shift => ({
    ...{ startsAt: at('09:00'), endsAt: at('18:00'), lunch: { startsAt: at('13:00'), endsAt: at('14:00') } },
    ...change,
  });
  const call = (from: string, to: string, promised: boolean) => ({ startsAt: at(from), endsAt: at(to), promised });
  it.each([
    ['absent', null, []],
    ['notYetAtWork', shift({ startsAt: at('10:30') }), []],
    ['notYetAtWork', shift({ startsAt: at('10:03') }), [call('10:03', '10:09', true)]],
    ['lunch', shift({ lunch: { startsAt: at('09:30'), endsAt: at('10:04') } }), []],
    ['otherPromises', shift(), [call('09:54', '10:00', true), call('10:00', '10:06', true)]],
    ['longTalk', shift(), [call('09:50', '10:20', false)]],
    ['lateCall', shift(), [call('09:56', '10:20', false)]],
    ['unseen', shift(), [call('09:00', '09:54', false)]],
  ] as const)('because of %s', (cause, day, calls) => {
    expect(causeOfMiss(window, day, calls)).toBe(cause);
  });
});
