import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import type { LeadFacts } from '../../server/core/queue/facts.ts';
import { orderQueue } from '../../server/core/queue/order.ts';
import { compareDays, simulateDay } from '../../server/core/simulation/day.ts';
import { changedPlan, sharePromises, type DayChanges, type DayPlan, type DayRep } from '../../server/core/simulation/day-plan.ts';
import { dayQueueOf, deskOf, morningOf } from '../../server/core/simulation/day-queue.ts';
import { nextCall } from '../../server/core/simulation/next-call.ts';

const { callingHours: hours, retry, promises } = defaultSettings;
const at = (clock: string): Date => new Date(`2026-11-25T${clock}:00+03:00`);
const luck = { runs: 5, seed: 7, onProgress: () => undefined };

const lead = (leadId: number, facts: Partial<LeadFacts> = {}): LeadFacts => ({
  ...{ leadId, companyId: leadId, timeZone: 'Europe/Moscow', country: 'RU', category: 'B', status: 'active', notNowUntil: null },
  ...{ doNotCall: false, isCustomer: false, hasPhone: true, consent: 'unknown', repId: null, position: leadId, stage: null },
  ...{ callFrom: null, callTo: null, lunchFrom: null, lunchTo: null, lastContactAt: null, promise: null, retryAt: null, lastCallAt: null },
  ...{ triesTotal: 0, triesToday: 0, triesOn: null, exhausted: false, heldBy: null, list: { id: 1, priority: 1, active: true } },
  ...facts,
});
const promised = (leadId: number, repId: number, clock: string): LeadFacts => {
  const promisedAt = at(clock);
  const grace = (minutes: number): Date => new Date(promisedAt.getTime() + minutes * 60_000);
  return lead(leadId, { repId, promise: { startsAt: grace(-5), promisedAt, deadlineAt: grace(5), askedOutsideHours: false } });
};
/** A promise of the day before. */
const overdue = (leadId: number, repId: number): LeadFacts => {
  const startsAt = new Date('2026-11-24T12:00:00+03:00');
  return lead(leadId, { repId, promise: { startsAt, promisedAt: startsAt, deadlineAt: startsAt, askedOutsideHours: false } });
};
const rep = (id: number, change: Partial<DayRep> = {}): DayRep => {
  return { id, teamId: 1, startsAt: at('09:00'), endsAt: at('18:00'), timeZone: 'Europe/Moscow', absent: false, listIds: [1], ...change };
};
const day = (change: Partial<DayPlan> = {}): DayPlan => ({
  reps: [rep(1), rep(2)],
  leads: [],
  coldBeyond: new Map(),
  rules: { hours, holidays: new Map(), maxDialsPerDay: 3, companyPauseMinutes: 0, consentRequired: false, customersBeforeHot: false },
  retry,
  ...{ guardMinutes: promises.guardMinutes, guardPercent: promises.guardPercent, takeover: defaultSettings.queue },
  learned: [],
  answers: { promise: 0.6, stage: 0.45, cold: 0.3 },
  restSeconds: 12,
  ...change,
});
const firstCall = (plan: DayPlan, now: Date): number | undefined =>
  nextCall(deskOf(dayQueueOf(plan, morningOf(plan, at('09:00'))), rep(1), now), now)?.facts.leadId;
const noChanges: DayChanges = {
  ...{ absentRepIds: [], presentRepIds: [], handOuts: [], shareAbsentPromises: false },
  ...{ guardPercent: null, maxDialsPerDay: null, customersBeforeHot: null },
};

describe('a simulated day', () => {
  const cold = Array.from({ length: 40 }, (_, index) => lead(index + 1));

  it('comes out the same for the same luck, and changes nothing of its plan', async () => {
    const plan = day({ leads: [...cold, promised(100, 1, '11:00')] });
    const before = structuredClone(plan.leads);
    expect(simulateDay(plan, luck)).toEqual(simulateDay(plan, luck));
    expect(plan.leads).toEqual(before);
  });

  it('chooses what the queue would choose', () => {
    const leads = [
      ...cold.slice(0, 3),
      lead(50, { repId: 1, stage: { position: 4, heat: 'hot' } }),
      lead(51, { repId: 1, stage: { position: 6, heat: 'hot' }, retryAt: at('12:00') }),
      promised(60, 1, '09:30'),
      promised(61, 2, '09:10'),
      overdue(62, 1),
      overdue(63, 2),
    ];
    const plan = day({ leads, reps: [rep(1), rep(2, { absent: true })], guardMinutes: 0 });
    for (const clock of ['09:00', '09:20', '09:27', '12:30']) {
      const now = at(clock);
      const view = { now, repId: 1, repTimeZone: 'Europe/Moscow', listIds: new Set([1]), takeover: new Map([[2, now]]), agedBefore: null };
      expect([clock, firstCall(plan, now)]).toEqual([clock, orderQueue(leads, view, plan.rules)[0]?.facts.leadId]);
    }
  });

  it('holds an optional call back while a promise is about to fall due', () => {
    const plan = day({ leads: [...cold, promised(60, 1, '09:30')] });
    expect(firstCall(plan, at('09:24'))).toBe(1);
    const strict = { ...plan, guardMinutes: 8 };
    expect(firstCall(strict, at('09:24'))).toBeUndefined();
  });

  it('tells when a list runs dry, and that a longer one does not', async () => {
    const short = simulateDay(day({ leads: cold }), luck).lists[0];
    expect(short).toMatchObject({ listId: 1, cold: 40, coldLeft: 0, dryShare: 1 });
    expect(short?.dryAt && short.dryAt > at('09:20') && short.dryAt < at('14:00')).toBe(true);
    const long = simulateDay(day({ leads: cold, coldBeyond: new Map([[1, 5_000]]) }), luck).lists[0];
    expect(long).toMatchObject({ cold: 5_040, dryShare: 0, dryAt: null });
  });

  it('names the promises of an ill rep that nobody takes in time, and none when the team takes them or they are shared out', async () => {
    const leads = [promised(1, 1, '11:00'), promised(2, 1, '13:00'), promised(3, 2, '12:00')];
    const plan = day({ leads, takeover: { ...defaultSettings.queue, teamTakesOverAbsent: false, takeOverBeforeLateMinutes: 0 } });
    const ill = { ...noChanges, absentRepIds: [1] };
    const { base, changed } = compareDays(plan, ill, luck);
    expect(base.atRisk).toEqual([]);
    expect(changed?.atRisk.map(({ leadId, risk }) => [leadId, risk])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(compareDays(plan, { ...ill, shareAbsentPromises: true }, luck).changed?.promisesLate).toBe(0);
    expect(compareDays(day({ leads }), ill, luck).changed?.promisesLate).toBe(0);
  });

  it('keeps promises of the same minutes one after the other, however long the rep usually pauses between calls', () => {
    const leads = [
      ...cold,
      promised(1_001, 1, '11:00'),
      promised(1_002, 1, '11:00'),
      promised(1_003, 1, '15:00'),
      promised(1_004, 1, '15:00'),
    ];
    const calm = day({ leads, reps: [rep(1)], restSeconds: 900, learned: [{ listId: 0, code: 'callBack', calls: 100, seconds: [120] }] });
    expect(simulateDay(calm, luck)).toMatchObject({ promisesDue: 4, promisesLate: 0 });
  });

  it('without anybody at work expects nothing', async () => {
    expect(simulateDay(day({ reps: [] }), luck)).toMatchObject({ dials: 0, promisesDue: 0, reps: [] });
    const nobody = changedPlan(day({ leads: [promised(1, 1, '11:00')] }), { ...noChanges, absentRepIds: [1, 2] });
    expect(simulateDay(nobody, luck)).toMatchObject({ dials: 0, promisesDue: 1, promisesLate: 1 });
  });
});

describe('the changes of a day', () => {
  it('hand a list to others, bring somebody back and change rules, and leave the rest', () => {
    const plan = day({ reps: [rep(1, { absent: true }), rep(2, { listIds: [1, 2] })] });
    const changed = changedPlan(plan, {
      ...noChanges,
      presentRepIds: [1],
      handOuts: [{ listId: 2, repIds: [1] }],
      guardPercent: 95,
      maxDialsPerDay: 2,
    });
    expect(changed.reps.map(({ id, absent, listIds }) => [id, absent, listIds])).toEqual([
      [1, false, [1, 2]],
      [2, false, [1]],
    ]);
    expect([changed.guardPercent, changed.rules.maxDialsPerDay, changed.retry.maxDialsPerDay]).toEqual([95, 2, 2]);
  });

  it('share promises so that nobody has more than one more than another', () => {
    const leads = Array.from({ length: 7 }, (_, index) => promised(index + 1, 1, '11:00'));
    const shared = sharePromises(leads, [rep(1, { absent: true }), rep(2), rep(3), rep(4)]);
    const loads = [2, 3, 4].map((id) => shared.filter(({ repId }) => repId === id).length);
    expect(loads.toSorted()).toEqual([2, 2, 3]);
    expect(sharePromises(leads, [rep(1, { absent: true })])).toEqual(leads);
  });
});
