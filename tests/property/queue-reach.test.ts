import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { addDays, addMinutes, dayBounds, localDay } from '../../server/core/hours/local-time.ts';
import { agedBefore } from '../../server/core/queue/ageing.ts';
import { calendarOf } from '../../server/core/queue/calendar.ts';
import { isCallable } from '../../server/core/queue/eligibility.ts';
import type { LeadFacts, QueueRules, QueueView } from '../../server/core/queue/facts.ts';
import { orderQueue } from '../../server/core/queue/order.ts';
import { failedOutcomes, planRetry } from '../../server/core/retry/plan-retry.ts';

const zone = 'Europe/Moscow';
/** Monday morning in Moscow. */
const monday = new Date('2026-11-23T06:00:00Z');
const minutesFrom = (at: Date, minutes: number): Date => addMinutes(at, minutes);
const reps = [1, 2] as const;
const list = (id: number) => ({ id, priority: id, active: id !== 3 });

const rules: QueueRules = {
  maxDialsPerDay: defaultSettings.retry.maxDialsPerDay,
  companyPauseMinutes: defaultSettings.retry.companyPauseMinutes,
  consentRequired: false,
  customersBeforeHot: false,
  hours: defaultSettings.callingHours,
  holidays: new Map([['RU', new Set(['2026-11-25'])]]),
};

const plain: LeadFacts = {
  leadId: 0,
  companyId: 0,
  timeZone: zone,
  country: 'RU',
  callFrom: null,
  callTo: null,
  lunchFrom: null,
  lunchTo: null,
  category: 'B',
  status: 'active',
  notNowUntil: null,
  doNotCall: false,
  isCustomer: false,
  hasPhone: true,
  consent: 'unknown',
  repId: null,
  list: list(1),
  position: 0,
  stage: null,
  lastContactAt: null,
  promise: null,
  retryAt: null,
  lastCallAt: null,
  triesTotal: 0,
  triesToday: 0,
  triesOn: null,
  exhausted: false,
  heldBy: null,
};

const view = (now: Date, repId: number, ageingDays: number): QueueView => ({
  now,
  repId,
  repTimeZone: zone,
  listIds: new Set([1, 2, 3]),
  takeover: new Map(),
  agedBefore: agedBefore(ageingDays, localDay(now, zone), zone),
});

describe('who keeps calling reaches everybody', () => {
  /** What becomes of one dial; a talk ends the obligation, the company comes back on another day or not at all. */
  const fates = [...failedOutcomes.filter((outcome) => outcome !== 'providerError'), 'promise', 'refused'] as const;
  type Fate = (typeof fates)[number];

  const lead = fc.record({
    timeZone: fc.constantFrom(zone, 'Asia/Vladivostok', 'Europe/Kaliningrad', 'America/New_York'),
    hours: fc.constantFrom<Partial<LeadFacts>>({}, { callFrom: '07:00', callTo: '11:30' }, { lunchFrom: '11:00', lunchTo: '12:30' }),
    category: fc.constantFrom<LeadFacts['category']>('A', 'B', 'C'),
    isCustomer: fc.boolean(),
    repId: fc.constantFrom(null, null, ...reps),
    listId: fc.constantFrom(1, 2),
    position: fc.nat(3),
    stage: fc.constantFrom<LeadFacts['stage']>(null, { position: 2, heat: 'early' }, { position: 5, heat: 'hot' }),
    promiseInMinutes: fc.option(fc.integer({ min: -3 * 1440, max: 3 * 1440 })),
    retryInMinutes: fc.option(fc.integer({ min: -60, max: 600 })),
    restDays: fc.option(fc.integer({ min: 0, max: 3 })),
    stands: fc.constantFrom<Partial<LeadFacts>>(
      {},
      {},
      {},
      {},
      {},
      { doNotCall: true },
      { exhausted: true },
      { list: list(3), repId: null },
    ),
    fates: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 6 }),
  });
  type Lead = typeof lead extends fc.Arbitrary<infer Value> ? Value : never;

  const factsOf = (spec: Lead, index: number): LeadFacts => {
    const { promiseInMinutes, retryInMinutes, restDays } = spec;
    const promisedAt = promiseInMinutes === null ? null : minutesFrom(monday, promiseInMinutes);
    return {
      ...plain,
      ...spec.hours,
      leadId: index + 1,
      companyId: index + 1,
      timeZone: spec.timeZone,
      category: spec.category,
      isCustomer: spec.isCustomer,
      repId: spec.repId,
      list: list(spec.listId),
      position: spec.position,
      stage: spec.stage,
      promise: promisedAt && { startsAt: promisedAt, promisedAt, deadlineAt: minutesFrom(promisedAt, 10), askedOutsideHours: false },
      retryAt: retryInMinutes === null ? null : minutesFrom(monday, retryInMinutes),
      status: restDays === null ? 'active' : 'notNow',
      notNowUntil: restDays === null ? null : addDays('2026-11-23', restDays),
      ...spec.stands,
    };
  };

  /** One dial, charged as the product charges it. */
  function dial(facts: LeadFacts, fate: Fate, now: Date): void {
    const day = localDay(now, facts.timeZone);
    facts.triesToday = facts.triesOn === day ? facts.triesToday + 1 : 1;
    facts.triesOn = day;
    facts.triesTotal += 1;
    facts.lastCallAt = now;
    if (fate === 'refused' || fate === 'promise') {
      facts.triesTotal = 0;
      facts.lastContactAt = now;
      facts.retryAt = null;
      const next = minutesFrom(dayBounds(addDays(day, 1), facts.timeZone).start, 11 * 60);
      const agreed = { startsAt: next, promisedAt: next, deadlineAt: minutesFrom(next, 10), askedOutsideHours: false };
      facts.promise = fate === 'promise' ? agreed : null;
      if (fate === 'refused') facts.status = 'killed';
      return;
    }
    const tried = { triesToday: facts.triesToday, triesTotal: facts.triesTotal, triedMorning: 0, triedAfternoon: facts.triesToday };
    const asked = { outcome: fate, now, timeZone: facts.timeZone, promiseOpen: facts.promise !== null, ...tried };
    const { readyAt, exhausted } = planRetry(asked, defaultSettings.retry, calendarOf(facts, rules));
    facts.retryAt = readyAt;
    facts.exhausted = exhausted !== null;
  }

  /** An hour a call, day and night, three weeks: the companies' own hours are the only ones that count. */
  const everyMinutes = 60;
  const days = 21;

  it('each callable company within as many calls as all the others can take, and whoever is left is named for a person to decide', () => {
    fc.assert(
      fc.property(fc.array(lead, { minLength: 1, maxLength: 5 }), fc.constantFrom(0, 2), (specs, ageingDays) => {
        const leads = specs.map(factsOf);
        const callableAtFirst = leads.map((facts) => isCallable(facts, rules));
        const chosen = new Set<number>();
        const passedOver = new Map<number, number>();
        // Each dial of another takes one of its tries; a talk, of which there is at most one a dial of the list of fates, gives them back.
        const most = leads.length * defaultSettings.retry.maxDialsInAll * (1 + Math.max(...specs.map((spec) => spec.fates.length)));
        const fated = specs.map((spec) => [...spec.fates]);
        for (let minute = 0; minute < days * 1440; minute += everyMinutes) {
          const now = minutesFrom(monday, minute);
          for (const repId of reps) {
            const queue = orderQueue(leads, view(now, repId, ageingDays), rules);
            for (const { facts } of queue.slice(1)) passedOver.set(facts.leadId, (passedOver.get(facts.leadId) ?? 0) + 1);
            const first = queue[0]?.facts;
            if (!first) continue;
            passedOver.delete(first.leadId);
            chosen.add(first.leadId);
            dial(first, fated[first.leadId - 1]?.shift() ?? 'refused', now);
          }
          expect(Math.max(0, ...passedOver.values())).toBeLessThan(most);
        }
        for (const [index, facts] of leads.entries()) {
          // Nobody waits for something that never comes: he was called, or stands out for good until somebody changes that.
          expect(isCallable(facts, rules), `lead ${facts.leadId}`).toBe(false);
          if (callableAtFirst[index]) expect(chosen).toContain(facts.leadId);
        }
      }),
      { numRuns: 20, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });
});

describe('promises that pile up', () => {
  const callsADay = 40;
  const slotMinutes = 10;

  /** The rep dials one promise in each slot while a fresh one falls due; answers how many days after its day each of the first ones was dialled. */
  function dayDialled(oldMinutesLate: readonly number[], ageingDays: number, quietSlots: ReadonlySet<number>): (number | null)[] {
    const promised = (leadId: number, deadlineAt: Date): LeadFacts => ({
      ...plain,
      leadId,
      companyId: leadId,
      repId: 1,
      promise: { startsAt: minutesFrom(deadlineAt, -10), promisedAt: deadlineAt, deadlineAt, askedOutsideHours: false },
    });
    const old = oldMinutesLate.map((minutes, index) => promised(index + 1, minutesFrom(monday, -minutes)));
    const dialled = old.map((): number | null => null);
    let waiting = [...old];
    let nextId = old.length + 1;
    // The week has no holiday and no lunch: what makes a promise wait is only the others.
    const open = { ...rules, holidays: new Map<string, Set<string>>(), hours: { ...rules.hours, workingDays: [1, 2, 3, 4, 5, 6, 7] } };
    for (let day = 0; day < 8; day += 1) {
      for (let slot = 0; slot < callsADay; slot += 1) {
        const now = minutesFrom(monday, day * 1440 + slot * slotMinutes);
        if (!quietSlots.has(slot)) waiting.push(promised(nextId, minutesFrom(now, 5)));
        nextId += 1;
        const first = orderQueue(waiting, view(now, 1, ageingDays), open)[0]?.facts;
        if (!first) continue;
        waiting = waiting.filter((facts) => facts !== first);
        if (first.leadId <= old.length) dialled[first.leadId - 1] = day;
      }
    }
    return dialled;
  }

  const late = fc.array(fc.integer({ min: 60, max: 20 * 60 }), { minLength: 1, maxLength: callsADay - 5 });

  it('none starves behind fresh ones: it is dialled within the days of the setting', () => {
    fc.assert(
      fc.property(
        late,
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(callsADay - 1), { maxLength: 10 }),
        (minutes, ageingDays, quiet) => {
          for (const [index, day] of dayDialled(minutes, ageingDays, new Set(quiet)).entries()) {
            const deadlineDay = localDay(minutesFrom(monday, -(minutes[index] ?? 0)), zone);
            const daysLate = deadlineDay === localDay(monday, zone) ? 0 : 1;
            expect(day, `promise ${index + 1}`).not.toBeNull();
            expect((day ?? 0) + daysLate, `promise ${index + 1}`).toBeLessThanOrEqual(ageingDays);
          }
        },
      ),
      { numRuns: 25, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  it('without the setting an old one waits for as long as fresh ones come', () => {
    expect(dayDialled([600], 0, new Set())).toEqual([null]);
    expect(dayDialled([600], 3, new Set())).toEqual([2]);
  });
});
