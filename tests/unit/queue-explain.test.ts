import { describe, expect, it } from 'vitest';
import { explainChoice, minutesLate } from '../../server/core/queue/explain.ts';
import { explainExclusion, fixOf } from '../../server/core/queue/explain-exclusion.ts';
import type { LeadFacts } from '../../server/core/queue/facts.ts';
import { tierOf } from '../../server/core/queue/tiers.ts';

const now = new Date('2026-11-23T09:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

const cold: LeadFacts = {
  leadId: 1,
  companyId: 1,
  timeZone: 'Asia/Yekaterinburg',
  category: 'A',
  status: 'active',
  notNowUntil: null,
  doNotCall: false,
  isCustomer: false,
  country: 'RU',
  callFrom: null,
  callTo: null,
  lunchFrom: null,
  lunchTo: null,
  hasPhone: true,
  consent: 'unknown',
  repId: null,
  list: { id: 1, priority: 1, active: true },
  position: 1,
  stage: null,
  lastContactAt: null,
  promise: null,
  retryAt: null,
  lastCallAt: null,
  triesTotal: 2,
  triesToday: 0,
  triesOn: null,
  exhausted: false,
  heldBy: null,
};
const promised = (fromMinutes: number, untilMinutes: number, promisedMinutes = untilMinutes): LeadFacts => ({
  ...cold,
  repId: 7,
  promise: {
    startsAt: minutes(fromMinutes),
    promisedAt: minutes(promisedMinutes),
    deadlineAt: minutes(untilMinutes),
    askedOutsideHours: false,
  },
});

describe('why this one', () => {
  const explain = (facts: LeadFacts, language: 'ru' | 'en' = 'ru', takenOverFrom: string | null = null): string =>
    explainChoice({
      facts,
      tier: tierOf(facts, { now, repTimeZone: 'Europe/Moscow' }),
      stageName: 'Договор',
      listName: 'Выставка',
      takenOverFrom,
      now,
      timeZone: 'Europe/Moscow',
      language,
    });

  it.each<[string, LeadFacts, string]>([
    ['an exact time, now', promised(-5, 5, 0), 'обещали в 12:00, сейчас'],
    ['a window of today', promised(-60, 60), 'обещали к 13:00, время подошло'],
    ['a window that ends on another day', promised(-60, 3 * 1440), 'обещали к 26.11 12:00, время подошло'],
    ['late today', promised(-30, -20, -25), 'обещали в 11:35, опоздание 25 мин'],
    ['late since yesterday', promised(-1500, -1440), 'обещали 22.11 в 12:00, опоздание 24 ч'],
    [
      'hot',
      { ...cold, stage: { position: 6, heat: 'hot' }, lastContactAt: minutes(-3 * 1440) },
      'горячий: Договор, категория A, без контакта 3 дн',
    ],
    ['customer', { ...cold, isCustomer: true }, 'клиент: категория A, ещё не разговаривали'],
    ['early', { ...cold, stage: { position: 2, heat: 'early' } }, 'в работе: Договор, категория A, ещё не разговаривали'],
    ['cold', cold, 'холодный, список «Выставка», попыток 2'],
  ])('%s', (_case, facts, words) => {
    expect(explain(facts)).toBe(words);
  });

  it('names the absent colleague whose promise it is, in the reader’s language', () => {
    expect(explain(promised(-30, -20, -25), 'en', 'Anna')).toBe('promised at 11:35, 25 min late; for a colleague: Anna');
  });

  it('counts lateness from the promised time, once the deadline has passed', () => {
    expect(minutesLate(promised(-30, 1, -4), now)).toBeNull();
    expect(minutesLate(promised(-30, -1, -6), now)).toBe(6);
  });
});

describe('why not', () => {
  it('says until when, on the reader’s clock', () => {
    expect(explainExclusion({ code: 'retryPause', until: minutes(90) }, 'Europe/Moscow', 'ru')).toBe(
      'пауза после прошлого набора, до 23.11 13:30',
    );
    expect(explainExclusion({ code: 'killed', until: null }, 'Europe/Moscow', 'en')).toBe('on the kill list');
  });
});

describe('what can be done about it', () => {
  it.each([
    ['notInList', 'handOut'],
    ['notNow', 'bringBack'],
    ['closedHours', 'changeHours'],
    ['retryPause', 'wait'],
    ['noConsent', 'askConsent'],
  ] as const)('%s: %s, in both languages', (code, fix) => {
    expect(fixOf(code, 'ru')).toMatchObject({ fix, text: expect.stringMatching(/[а-я]/) });
    expect(fixOf(code, 'en').text).toMatch(/^[a-z ',]+$/);
  });
});
