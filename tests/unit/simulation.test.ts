import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { simulateDepartment, type Department } from '../../server/core/simulation/department.ts';
import { callOrders } from '../../server/core/simulation/orders.ts';

const { callingHours: hours, retry, promises } = defaultSettings;
const holidays = new Set<string>();
const department: Department = {
  ...{ timeZone: 'Europe/Moscow', hours, holidays, retry, graceMinutes: promises.graceMinutes, perQuarterHour: promises.perQuarterHour },
  ...{ firstDay: '2026-11-02', workingDays: 4, reps: 2, teamSize: 2, companiesPerRep: 200, absentShare: 0 },
  ...{ talkSeconds: 150, wrapUpSeconds: 30, restSeconds: 12, guardMinutes: promises.guardMinutes, seed: 3 },
};
const limits = { maxDialsPerDay: retry.maxDialsPerDay, companyPauseMinutes: 0 };
const rules = { hours, holidays: new Map<string, ReadonlySet<string>>(), ...limits, consentRequired: false, customersBeforeHot: false };
const outcomes = callOrders.map((order) => simulateDepartment(department, order, rules));

const keptShare = ({ promises: made, endedAt }: (typeof outcomes)[number]): number => {
  const due = made.filter(({ deadlineAt }) => deadlineAt <= endedAt);
  return due.filter(({ dialledAt, deadlineAt }) => dialledAt !== null && dialledAt <= deadlineAt).length / due.length;
};

describe('a simulated department', () => {
  it('comes out the same for the same seed', () => {
    const [ours] = callOrders;
    expect(ours && simulateDepartment(department, ours, rules)).toEqual(outcomes[0]);
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
});
