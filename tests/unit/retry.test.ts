import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { isOpen } from '../../server/core/hours/calling-hours.ts';
import { instantOf } from '../../server/core/hours/local-time.ts';
import type { RetryFacts } from '../../server/core/retry/plan-retry.ts';
import { planRetry } from '../../server/core/retry/plan-retry.ts';

const zone = 'Asia/Yekaterinburg';
const calendar = { hours: defaultSettings.callingHours, holidays: new Set<string>() };
const facts = (localTime: string, more: Partial<RetryFacts>): RetryFacts => ({
  outcome: 'noAnswer',
  now: instantOf(localTime, zone),
  timeZone: zone,
  triesToday: 1,
  triesTotal: 1,
  triedMorning: 1,
  triedAfternoon: 0,
  promiseOpen: false,
  ...more,
});
const plan = (localTime: string, more: Partial<RetryFacts>) => planRetry(facts(localTime, more), defaultSettings.retry, calendar);

describe('the next try', () => {
  it.each<[string, string, Partial<RetryFacts>, string]>([
    ['busy: a quarter of an hour', '2026-11-24T10:00', { outcome: 'busy' }, '2026-11-24T10:15'],
    ['no answer: two hours', '2026-11-24T10:00', {}, '2026-11-24T12:00'],
    [
      'no answer again: the other half of the day',
      '2026-11-24T12:05',
      { triesToday: 2, triesTotal: 2, triedMorning: 2 },
      '2026-11-24T13:00',
    ],
    [
      'no answer again in the afternoon: tomorrow morning',
      '2026-11-24T15:00',
      { triesToday: 2, triedMorning: 0, triedAfternoon: 2 },
      '2026-11-25T09:00',
    ],
    ['three dials today: another day, the half tried less', '2026-11-24T12:30', { triesToday: 3, triedMorning: 3 }, '2026-11-25T13:00'],
    ['machine: next day', '2026-11-24T10:00', { outcome: 'machine' }, '2026-11-25T13:00'],
    ['rejected on a Friday: Monday', '2026-11-27T15:00', { outcome: 'rejected', triedMorning: 0, triedAfternoon: 1 }, '2026-11-30T09:00'],
    ['gatekeeper: three hours', '2026-11-24T10:00', { outcome: 'gatekeeper' }, '2026-11-24T13:00'],
    ['provider error: five minutes', '2026-11-24T10:00', { outcome: 'providerError', triesToday: 0, triesTotal: 0 }, '2026-11-24T10:05'],
    ['a pause beyond the day', '2026-11-24T17:50', { outcome: 'busy', triedMorning: 0, triedAfternoon: 1 }, '2026-11-25T09:00'],
    ['a promise comes back today after a machine', '2026-11-24T10:00', { outcome: 'machine', promiseOpen: true }, '2026-11-24T12:00'],
    ['a promise whose day is over comes first thing', '2026-11-24T17:30', { promiseOpen: true }, '2026-11-25T09:00'],
  ])('%s', (_name, now, more, expected) => {
    const { readyAt, exhausted } = plan(now, more);
    expect(readyAt).toEqual(instantOf(expected, zone));
    expect(isOpen(readyAt, zone, calendar.hours, calendar.holidays)).toBe(true);
    expect(exhausted).toBeNull();
  });

  const stepped = { ...defaultSettings.retry, steps: { noAnswer: [30, 60], busy: [5, 20] } };
  const withSteps = (localTime: string, more: Partial<RetryFacts>) => planRetry(facts(localTime, more), stepped, calendar).readyAt;
  it.each<[string, string, Partial<RetryFacts>, string]>([
    ['the first step', '2026-11-24T10:00', {}, '2026-11-24T10:30'],
    ['then the other half of the day', '2026-11-24T10:40', { triesToday: 2, triedMorning: 2 }, '2026-11-24T13:00'],
    ['not before the step is over', '2026-11-24T12:40', { triesToday: 2, triedMorning: 2 }, '2026-11-24T13:40'],
    ['in the afternoon tomorrow', '2026-11-24T14:00', { triesToday: 2, triedMorning: 0, triedAfternoon: 2 }, '2026-11-25T09:00'],
    ['of a busy line as they stand', '2026-11-24T10:40', { outcome: 'busy', triesToday: 2, triedMorning: 2 }, '2026-11-24T11:00'],
    ['of a promise as they stand', '2026-11-24T10:40', { triesToday: 2, triedMorning: 2, promiseOpen: true }, '2026-11-24T11:40'],
  ])('by steps: %s', (_name, now, more, expected) => {
    expect(withSteps(now, more)).toEqual(instantOf(expected, zone));
  });

  /** Companies like this one answer at eleven, and after dinner at four. */
  const answers = [9, 10, 11, 12, 13, 14, 15, 16, 17].map((hour) => ({ hour, dials: 40, answered: hour === 11 || hour === 16 ? 30 : 4 }));
  it.each<[string, string, Partial<RetryFacts>, string]>([
    ['waits for the hour at which they answer', '2026-11-24T09:00', { answers }, '2026-11-24T11:00'],
    ['does not wait once it is that hour', '2026-11-24T10:50', { answers }, '2026-11-24T11:20'],
    ['stays in its half of the day', '2026-11-24T11:40', { answers }, '2026-11-24T12:10'],
    ['goes to that hour of the other half', '2026-11-24T11:00', { answers, triesToday: 2, triedMorning: 2 }, '2026-11-24T16:00'],
    ['goes to that hour tomorrow', '2026-11-24T14:00', { answers, triesToday: 2, triedMorning: 0, triedAfternoon: 2 }, '2026-11-25T11:00'],
    ['lets a promise not wait', '2026-11-24T09:00', { answers, promiseOpen: true }, '2026-11-24T09:30'],
    ['knows nothing of few dials', '2026-11-24T09:00', { answers: [{ hour: 11, dials: 40, answered: 30 }] }, '2026-11-24T09:30'],
  ])('by steps and what is learned: %s', (_name, now, more, expected) => {
    expect(withSteps(now, more)).toEqual(instantOf(expected, zone));
  });

  it('is the last when all are used up', () => {
    expect(plan('2026-11-24T10:00', { triesTotal: 8 }).exhausted).toBe('tries');
  });
});
