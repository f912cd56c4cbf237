import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { suggestedDisposition } from '../../server/core/calls/suggested-disposition.ts';
import { outcomeOf } from '../../server/core/dispositions/catalogue.ts';
import { figuresOf } from '../../server/core/kpi/figures.ts';
import { countsOfCall, countsOfWin, differenceOf } from '../../server/core/kpi/metrics.ts';
import { scoreOf } from '../../server/core/kpi/score.ts';
import { chooseAssignee } from '../../server/core/tasks/choose-assignee.ts';

const call = { ended: true, direction: 'outbound', dialled: true, endCause: 'completed', connected: true, talkSeconds: 60 } as const;

describe('counts', () => {
  it.each([
    ['a talk', call, { dials: 1, connects: 1, talkSeconds: 60 }],
    ['a live call', { ...call, ended: false }, {}],
    ['no answer', { ...call, connected: false, endCause: 'noAnswer' as const }, { dials: 1 }],
    ['a provider error charges nobody', { ...call, connected: false, endCause: 'providerError' as const }, { providerErrors: 1 }],
    ['an intent that never reached the carrier', { ...call, connected: false, dialled: false, endCause: 'canceled' as const }, {}],
    ['an inbound talk is no dial', { ...call, direction: 'inbound' as const }, { connects: 1, talkSeconds: 60 }],
  ])('%s', (_name, counted, expected) => {
    expect(countsOfCall(counted)).toEqual(expected);
  });

  it('add only what changed', () => {
    expect(differenceOf({ dials: 1 }, { dials: 1, connects: 1, talkSeconds: 60 })).toEqual({ connects: 1, talkSeconds: 60 });
    expect(differenceOf({ dials: 1 }, { providerErrors: 1 })).toEqual({ dials: -1, providerErrors: 1 });
    expect(countsOfWin('workStarted')).toEqual({ wins: 1, started: 1 });
  });

  it('refuse a metric that nobody knows', () => {
    expect(() => figuresOf([{ metric: 'smiles', value: 1 }])).toThrow(RangeError);
  });
});

describe('the score', () => {
  const rules = defaultSettings.score;
  const none = figuresOf([]);
  it('gives started work at least 60 %, whatever the rules say', () => {
    const started = { ...none, started: 50 };
    expect(scoreOf(started, defaultSettings.norms, 21, rules)).toBe(60);
    expect(scoreOf(started, defaultSettings.norms, 21, { ...rules, startedPercent: 10 })).toBe(60);
    expect(scoreOf(none, defaultSettings.norms, 21, rules)).toBe(0);
    expect(scoreOf(none, defaultSettings.norms, 0, rules)).toBeNull();
  });
});

describe('outcomes', () => {
  it('are chosen by the carrier when there was no talk', () => {
    expect([
      suggestedDisposition('busy', null),
      suggestedDisposition('completed', 'human'),
      suggestedDisposition('completed', 'machine'),
      suggestedDisposition('unknown', null),
    ]).toEqual(['busy', null, 'machine', 'noAnswer']);
  });

  it('obey the department, except those of the carrier', () => {
    const off = { enabled: false, noteRequired: true, createsTask: true };
    expect(outcomeOf('kill', off)).toBeNull();
    expect(outcomeOf('busy', off)?.requires).toEqual(['note']);
    expect(outcomeOf('refused', { ...off, enabled: true, label: 'Нет' })).toMatchObject({
      label: { ru: 'Нет', en: 'Нет' },
      requires: ['reason', 'note'],
    });
  });

  it('give a task to who has the least to do', () => {
    expect(
      chooseAssignee([
        { userId: 3, openTasks: 2 },
        { userId: 9, openTasks: 1 },
        { userId: 5, openTasks: 1 },
      ]),
    ).toBe(5);
    expect(chooseAssignee([])).toBeNull();
  });
});
