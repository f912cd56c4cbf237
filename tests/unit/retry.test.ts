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

  it('is the last when all are used up', () => {
    expect(plan('2026-11-24T10:00', { triesTotal: 8 }).exhausted).toBe('tries');
  });
});
