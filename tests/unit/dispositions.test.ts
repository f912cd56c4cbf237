import { describe, expect, it } from 'vitest';
import { allCodes, outcomeOf, unchanged } from '../../server/core/dispositions/catalogue.ts';
import { checkInput } from '../../server/core/dispositions/check-input.ts';
import type { OutcomeCode } from '../../server/core/dispositions/codes.ts';
import type { DispositionFacts, OutcomeInput } from '../../server/core/dispositions/facts.ts';
import { planDisposition } from '../../server/core/dispositions/plan-disposition.ts';
import { instantOf } from '../../server/core/hours/local-time.ts';
import { agreed, moscow, now, rules, said, silent, talk } from '../support/disposition-facts.ts';

const meeting = { localTime: '2026-11-26T15:00', startsAt: instantOf('2026-11-26T15:00', moscow) };
const complete: Partial<OutcomeInput> = { promise: agreed('2026-11-25T11:00'), meeting, reason: 'Нет бюджета', notNowUntil: '2026-12-20' };

const reached = { kind: 'reachDecisionMaker', yes: true };
const missed = { kind: 'reachDecisionMaker', yes: false };
const noMeeting = { kind: 'setMeeting', yes: false };

/** The wrap-up gate's other half: what the server takes as an outcome always says when the company is dealt with next, or that it is not. */
describe('no call is closed without a next step', () => {
  const minimal: Partial<Record<OutcomeCode, Partial<OutcomeInput>>> = {
    callBack: { promise: agreed('2026-11-25T11:00') },
    meetingSet: { meeting },
    refused: { reason: 'Нет бюджета' },
    notNow: { notNowUntil: '2026-12-20' },
    kill: { reason: 'Закрылись' },
  };
  const openPromise = { id: 1, dialled: true };
  const nextOf = (code: OutcomeCode, more: Partial<DispositionFacts>): string => {
    const { promise, retry, notNowUntil, kill } = planDisposition(talk(more), said(code, minimal[code]), rules);
    if (kill) return 'never';
    if (notNowUntil !== null) return notNowUntil;
    if (retry?.exhausted) return `exhausted: ${retry.exhausted}`;
    return (promise?.deadlineAt ?? retry?.readyAt)?.toISOString() ?? 'nothing';
  };
  it.each(allCodes)('after %s it is dated, or ends in words', (code) => {
    for (const more of [{}, { openPromise }, { otherPhones: 0 }, { tries: { today: 3, total: 8, morning: 4, afternoon: 4 } }])
      expect(nextOf(code, more)).not.toBe('nothing');
  });
});

describe('after a talk with the decision maker of a cold company', () => {
  it.each<[OutcomeCode, object]>([
    [
      'callBack',
      {
        attempts: [reached, noMeeting],
        deal: { kind: 'open', to: 1 },
        promise: { origin: 'callback' },
        task: null,
        retry: null,
        resetTries: true,
      },
    ],
    ['gatekeeper', { attempts: [missed], deal: null, promise: { origin: 'callback' }, withDecisionMaker: false }],
    ['refused', { attempts: [reached, noMeeting], deal: null, notNowUntil: '2027-02-22', statusReason: 'Нет бюджета', kill: false }],
    [
      'sendOffer',
      {
        attempts: [reached, noMeeting],
        deal: { kind: 'open', to: 3 },
        task: { kind: 'sendOffer', to: 'leastLoaded' },
        promise: { origin: 'offer' },
      },
    ],
    [
      'meetingSet',
      {
        attempts: [reached, { kind: 'setMeeting', yes: true }],
        deal: { kind: 'open', to: 2 },
        task: { kind: 'holdMeeting', to: 'rep', dueAt: meeting.startsAt },
        meeting: { startsAt: meeting.startsAt },
        promise: { origin: 'meeting' },
      },
    ],
    ['notNow', { attempts: [reached, noMeeting], deal: null, notNowUntil: '2026-12-20', promise: null }],
    ['wrongNumber', { attempts: [missed], retirePhone: 'wrongNumber', retry: { readyAt: now, exhausted: null } }],
    [
      'handOver',
      { attempts: [reached, noMeeting], deal: { kind: 'open', to: 2 }, handOver: true, task: { kind: 'acceptHandoff', to: 'seller' } },
    ],
    ['kill', { attempts: [reached, noMeeting], kill: true, deal: null, statusReason: 'Нет бюджета' }],
  ])('%s', (code, plan) => {
    expect(planDisposition(talk(), said(code, complete), rules)).toMatchObject(plan);
  });
});

// The morning was tried already: where the next day is meant, its other half is preferred.
describe("the carrier's causes", () => {
  it.each<[OutcomeCode, DispositionFacts['call']['endCause'], string | null]>([
    ['busy', 'busy', '2026-11-24T08:15:00.000Z'],
    ['noAnswer', 'noAnswer', '2026-11-24T10:00:00.000Z'],
    ['rejected', 'rejected', '2026-11-25T10:00:00.000Z'],
    ['machine', 'machine', '2026-11-25T10:00:00.000Z'],
    ['providerError', 'providerError', '2026-11-24T08:05:00.000Z'],
    ['invalidNumber', 'invalidNumber', '2026-11-24T08:00:00.000Z'],
  ])('%s comes back at its time', (code, cause, readyAt) => {
    const plan = planDisposition(silent(cause), said(code), rules);
    expect(plan.retry?.readyAt.toISOString() ?? null).toBe(readyAt);
    expect(plan).toMatchObject({ deal: null, task: null, promise: null, talked: false, withDecisionMaker: false, resetTries: false });
    expect(plan.attempts).toEqual(code === 'providerError' ? [] : [missed]);
  });

  it('canceled charges nobody', () => {
    const plan = planDisposition(silent('canceled'), said('canceled'), rules);
    expect([plan.attempts, plan.retry?.exhausted]).toEqual([[], null]);
  });

  it('a promise outlives them', () => {
    expect(planDisposition(silent('busy', { openPromise: { id: 1, dialled: true } }), said('busy'), rules)).toMatchObject({
      openPromise: 'keep',
      promise: null,
    });
  });

  it('a wrong number without another one gives the company up, with the reason', () => {
    expect(planDisposition(talk({ otherPhones: 0 }), said('wrongNumber'), rules).retry?.exhausted).toBe('noPhone');
  });

  it('the next number keeps to the limit of a day', () => {
    const tries = { today: rules.retry.maxDialsPerDay, total: rules.retry.maxDialsPerDay, morning: 1, afternoon: 2 };
    expect(planDisposition(talk({ tries }), said('wrongNumber'), rules).retry?.readyAt.getTime()).toBeGreaterThan(now.getTime());
  });
});

describe('a deal at each stage', () => {
  const stages = [1, 2, 3, 4, 5, 6];
  const targets: [OutcomeCode, number][] = [
    ['callBack', 1],
    ['sendOffer', 3],
    ['meetingSet', 2],
    ['handOver', 2],
  ];
  it.each(targets.flatMap(([code, to]) => stages.map((position) => [code, position, to] as const)))(
    '%s at stage %i never moves it back',
    (code, position, to) => {
      const plan = planDisposition(talk({ deal: { id: 9, position } }), said(code, complete), rules);
      expect(plan.deal).toEqual(position < to ? { kind: 'move', dealId: 9, from: position, to } : null);
    },
  );

  it.each(stages)('a refusal at stage %i loses it, with the attempt to close', (position) => {
    const plan = planDisposition(talk({ deal: { id: 9, position } }), said('refused', complete), rules);
    expect(plan.deal).toEqual({ kind: 'lose', dealId: 9, reason: 'Нет бюджета' });
    expect(plan.attempts).toContainEqual({ kind: 'close', yes: false });
  });

  it('the kill list loses it as well', () => {
    expect(planDisposition(talk({ deal: { id: 9, position: 5 } }), said('kill', complete), rules).deal).toMatchObject({ kind: 'lose' });
  });

  it('a customer without an open deal begins a new one', () => {
    expect(planDisposition(talk({ deal: null }), said('sendOffer'), rules).deal).toEqual({ kind: 'open', to: 3 });
  });
});

describe('with whom the talk was', () => {
  const secretary = { id: 4, role: 'gatekeeper' } as const;

  it('a gatekeeper is no decision maker, and no deal comes of it', () => {
    const plan = planDisposition(talk(), said('callBack', { ...complete, contact: secretary }), rules);
    expect(plan).toMatchObject({ withDecisionMaker: false, deal: null, attempts: [missed], newDecisionMaker: false });
  });

  it("the rep's word stands above the role, and a newly found decision maker is kept", () => {
    expect(planDisposition(talk(), said('callBack', { ...complete, contact: secretary, withDecisionMaker: true }), rules)).toMatchObject({
      withDecisionMaker: true,
      newDecisionMaker: true,
    });
  });

  it('reached already today counts no second attempt to reach', () => {
    const company = { ...talk().company, decisionMakerReachedToday: true };
    expect(planDisposition(talk({ company }), said('sendOffer'), rules).attempts).toEqual([noMeeting]);
  });

  it('a talk not meant for a meeting counts no attempt to set one', () => {
    expect(planDisposition(talk(), said('callBack', { ...complete, meetingNotThePurpose: true }), rules).attempts).toEqual([reached]);
  });

  it("a prospect's own call is no attempt to reach him", () => {
    const call = { ...talk().call, direction: 'inbound' as const };
    expect(planDisposition(talk({ call }), said('callBack', complete), rules).attempts).toEqual([noMeeting]);
  });
});

describe('the promise that was open', () => {
  it.each<[OutcomeCode, boolean, string]>([
    ['callBack', true, 'fulfil'],
    ['callBack', false, 'move'],
    ['sendOffer', false, 'move'],
    ['refused', true, 'fulfil'],
    ['refused', false, 'withdraw'],
    ['notNow', false, 'withdraw'],
    ['handOver', true, 'fulfil'],
    ['wrongNumber', false, 'keep'],
  ])('%s, dialled %s: %s', (code, dialled, openPromise) => {
    expect(planDisposition(talk({ openPromise: { id: 1, dialled } }), said(code, complete), rules).openPromise).toBe(openPromise);
  });

  it('one asked for outside the hours may be dialled there', () => {
    const promise = agreed('2026-11-28T20:00');
    expect(planDisposition(talk(), said('callBack', { promise }), rules).promise).toMatchObject({
      askedOutsideHours: true,
      promisedAt: new Date('2026-11-28T17:00:00Z'),
    });
  });

  it('an offer without a time is followed up on the second working day', () => {
    expect(planDisposition(talk(), said('sendOffer'), rules).promise).toMatchObject({
      kind: 'window',
      promisedAt: new Date('2026-11-26T15:00:00Z'),
    });
  });
});

describe('what is missing or does not fit is named', () => {
  const entry = (code: OutcomeCode, noteRequired = false) => {
    const found = outcomeOf(code, { ...unchanged, noteRequired });
    if (!found) throw new Error(`${code} is off`);
    return found;
  };

  it.each<[OutcomeCode, Partial<OutcomeInput>, string, string]>([
    ['callBack', {}, 'promise', 'required'],
    ['callBack', { promise: agreed('2026-11-23T11:00') }, 'promise', 'inThePast'],
    ['callBack', { promise: agreed('2028-01-11T11:00') }, 'promise', 'tooFarAhead'],
    ['refused', {}, 'reason', 'required'],
    ['refused', { reason: '' }, 'reason', 'required'],
    ['meetingSet', {}, 'meeting', 'required'],
    ['meetingSet', { meeting: { ...meeting, startsAt: now } }, 'meeting', 'inThePast'],
    ['notNow', {}, 'notNowUntil', 'required'],
    ['notNow', { notNowUntil: '2026-11-24' }, 'notNowUntil', 'inThePast'],
    ['kill', {}, 'reason', 'required'],
    ['busy', {}, 'code', 'notWhatTheCarrierSaid'],
    ['providerError', {}, 'code', 'notWhatTheCarrierSaid'],
  ])('%s %o: %s %s', (code, input, field, fault) => {
    expect(checkInput(entry(code), talk(), said(code, input))).toEqual({ field, code: fault });
  });

  it.each<OutcomeCode>(['gatekeeper', 'refused', 'sendOffer', 'meetingSet', 'handOver'])('%s needs a talk', (code) => {
    expect(checkInput(entry(code), silent('busy'), said(code, complete))).toEqual({ field: 'code', code: 'needsTalk' });
  });

  it('nothing is missing from what each asks for', () => {
    for (const code of [
      'callBack',
      'gatekeeper',
      'refused',
      'sendOffer',
      'meetingSet',
      'notNow',
      'wrongNumber',
      'handOver',
      'kill',
      'machine',
    ] as const) {
      expect([code, checkInput(entry(code), talk(), said(code, complete))]).toEqual([code, null]);
    }
  });

  it('a note that an admin wants is asked for last', () => {
    expect(checkInput(entry('gatekeeper', true), talk(), said('gatekeeper'))).toEqual({ field: 'note', code: 'required' });
    expect(checkInput(entry('gatekeeper', true), talk(), said('gatekeeper', { note: 'Перезвонят' }))).toBeNull();
  });
});

describe("an admin's changes", () => {
  it("switch off the rep's outcomes, never the carrier's", () => {
    for (const code of allCodes) {
      const off = outcomeOf(code, { ...unchanged, enabled: false });
      expect([code, off === null]).toEqual([
        code,
        ['busy', 'noAnswer', 'rejected', 'invalidNumber', 'machine', 'providerError', 'canceled'].every((carriers) => carriers !== code),
      ]);
    }
  });

  it('take the task away, except the one without which nobody takes the prospect over', () => {
    const without = { ...rules, override: { ...unchanged, createsTask: false } };
    expect(planDisposition(talk(), said('sendOffer'), without).task).toBeNull();
    expect(planDisposition(talk(), said('handOver'), without).task).toMatchObject({ kind: 'acceptHandoff' });
  });

  it('rename an outcome in both languages', () => {
    expect(outcomeOf('callBack', { ...unchanged, label: 'Ещё раз' })?.label).toEqual({ ru: 'Ещё раз', en: 'Ещё раз' });
  });
});
