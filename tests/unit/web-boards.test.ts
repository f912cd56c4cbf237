import { describe, expect, it } from 'vitest';
import type { BoardRow, KpiFigures } from '../../server/contract/http/kpi.ts';
import { concernsOf, isOutOfOrder, keepOrder, orderByAttention } from '../../web/src/lib/features/boards/attention.ts';
import { isBehind, minuteOfDay, shareOfDay } from '../../web/src/lib/features/boards/pace.ts';
import { dayAfter, daysOf, planByDay, presetOf, workdayBefore } from '../../web/src/lib/features/boards/report-days.ts';
import { chooseWorthHearing, hearingReasons } from '../../web/src/lib/features/boards/worth-hearing.ts';
import type { RecordedCall } from '../../web/src/lib/features/boards/worth-hearing.ts';

const now = Date.parse('2026-11-23T09:00:00Z');
const noYesNo = { yes: 0, no: 0 };
const figures: KpiFigures = {
  dials: 0,
  providerErrors: 0,
  connects: 0,
  talkSeconds: 0,
  attempts: { reachDecisionMaker: noYesNo, setMeeting: noYesNo, holdMeeting: noYesNo, close: noYesNo },
  promises: { onTime: 0, late: 0, broken: 0 },
  wins: 0,
  started: 0,
};

function boardRow(id: number, name: string, given: Partial<BoardRow> = {}): BoardRow {
  return {
    rep: { id, name },
    teamId: 1,
    presence: 'ready',
    activity: 'talking',
    since: new Date(now - 60_000).toISOString(),
    company: null,
    callId: null,
    figures,
    norms: { dials: 60, connects: 25, talkMinutes: 90, reachDecisionMaker: 12, setMeeting: 2, holdMeeting: 1, close: 1 },
    dialsByHour: Array.from({ length: 24 }, () => 0),
    nextPromiseAt: null,
    promisesAtRisk: 0,
    ...given,
  };
}

describe('who needs the lead first', () => {
  const longAgo = new Date(now - 10 * 60_000).toISOString();
  const rows = [
    boardRow(1, 'Анна'),
    boardRow(2, 'Борис', { activity: 'ready', since: longAgo }),
    boardRow(3, 'Вера', { activity: 'wrapUp', since: longAgo }),
    boardRow(4, 'Глеб', { promisesAtRisk: 1 }),
    boardRow(5, 'Дарья', { activity: 'away', since: longAgo }),
    boardRow(6, 'Егор', { activity: 'break', since: longAgo }),
  ];

  it('puts promises at risk before a long wrap-up, that before an idle one, the absent last', () => {
    expect(orderByAttention(rows, now)).toEqual([4, 3, 2, 1, 6, 5]);
  });
  it('names no concern while somebody is patient', () => {
    expect(concernsOf(boardRow(1, 'Анна', { activity: 'ready' }), now)).toEqual([]);
    expect(concernsOf(boardRow(1, 'Анна', { activity: 'ready', since: longAgo }), now)).toEqual(['idle']);
  });
  it('keeps the order that the eye knows when rows change, come and go', () => {
    const later = [boardRow(7, 'Жанна'), ...rows.filter((row) => row.rep.id !== 2)];
    expect(keepOrder([1, 2, 3, 4, 5, 6], later)).toEqual([1, 3, 4, 5, 6, 7]);
  });
  it('says when sorting anew would move somebody', () => {
    expect(isOutOfOrder([4, 3, 2, 1, 6, 5], rows, now)).toBe(false);
    expect(isOutOfOrder([1, 2, 3, 4, 5, 6], rows, now)).toBe(true);
  });
});

const nineToSix = { startMinute: 9 * 60, endMinute: 18 * 60 };

describe('the pace of the hour', () => {
  it('reads the minute on the clock of the zone', () => {
    expect(minuteOfDay(now, 'Europe/Moscow')).toBe(12 * 60);
    expect(minuteOfDay(Date.parse('2026-11-23T21:00:00Z'), 'Europe/Moscow')).toBe(0);
  });
  it('takes a past day as over and a later one as not begun', () => {
    expect(shareOfDay('2026-11-20', '2026-11-23', 700, nineToSix)).toBe(1);
    expect(shareOfDay('2026-11-24', '2026-11-23', 700, nineToSix)).toBe(0);
    expect(shareOfDay('2026-11-23', '2026-11-23', 13 * 60 + 30, nineToSix)).toBeCloseTo(0.5);
    expect(shareOfDay('2026-11-23', '2026-11-23', 23 * 60, nineToSix)).toBe(1);
  });
  it('calls behind only what is clearly below the even pace', () => {
    expect(isBehind(27, 60, 0.5)).toBe(false);
    expect(isBehind(26, 60, 0.5)).toBe(true);
    expect(isBehind(0, 2, 0.5)).toBe(false);
    expect(isBehind(0, 0, 1)).toBe(false);
  });
});

describe('days of the morning', () => {
  it('asks on Monday about Friday', () => {
    expect(workdayBefore('2026-11-23')).toBe('2026-11-20');
    expect(workdayBefore('2026-11-24')).toBe('2026-11-23');
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
  });
  it('knows its presets both ways', () => {
    expect(daysOf('week', '2026-11-25')).toEqual({ from: '2026-11-23', to: '2026-11-25' });
    expect(presetOf({ from: '2026-11-01', to: '2026-11-25' }, '2026-11-25')).toBe('month');
    expect(presetOf({ from: '2026-11-02', to: '2026-11-25' }, '2026-11-25')).toBeNull();
  });
  it('spreads the month’s plan over its working days', () => {
    expect(planByDay(21, '2026-11-02')).toBe(1);
    expect(planByDay(21, '2026-11-30')).toBe(21);
    expect(planByDay(10, '2026-11-01')).toBe(0);
  });
});

describe('worth hearing', () => {
  const call = (given: Partial<RecordedCall>): RecordedCall => ({
    recordingId: given.callId ?? 1,
    callId: 1,
    intentAt: '2026-11-23T09:00:00Z',
    rep: { id: 1, name: 'Анна' },
    company: { id: 1, name: 'Север' },
    contactName: null,
    dispositionCode: 'gatekeeper',
    talkSeconds: 60,
    decisionMakerReached: false,
    listens: 0,
    comments: 0,
    scorecards: 0,
    ...given,
  });

  it.each([
    ['an ordinary talk', call({}), []],
    ['a refusal after a long talk', call({ dispositionCode: 'refused', talkSeconds: 200 }), ['refusalAfterLongTalk']],
    ['a long talk that led to nothing', call({ talkSeconds: 200 }), ['longTalkNoNextStep']],
    ['a long talk with a next step', call({ dispositionCode: 'callBack', talkSeconds: 200 }), []],
    ['a long talk without an outcome yet', call({ dispositionCode: null, talkSeconds: 120 }), ['longTalkNoNextStep']],
    ['a meeting', call({ dispositionCode: 'meetingSet', decisionMakerReached: true }), ['meetingSet', 'decisionMakerReached']],
    [
      'a quick refusal',
      call({ dispositionCode: 'refused', decisionMakerReached: true, talkSeconds: 20 }),
      ['quickRefusal', 'decisionMakerReached'],
    ],
    ['a handover', call({ dispositionCode: 'handOver' }), ['handedOver']],
  ])('%s', (_name, given, reasons) => {
    expect(hearingReasons(given)).toEqual(reasons);
  });

  it('takes the gravest first, unheard before heard, nothing judged already, three of one rep', () => {
    const met = (callId: number, given: Partial<RecordedCall> = {}): RecordedCall =>
      call({ callId, dispositionCode: 'meetingSet', ...given });
    const calls = [
      met(1, { listens: 2 }),
      met(2),
      met(3),
      met(4),
      met(5, { scorecards: 1 }),
      call({ callId: 6, rep: { id: 2, name: 'Борис' }, dispositionCode: 'refused', talkSeconds: 300 }),
    ];
    const chosen = chooseWorthHearing(calls, 10).map((choice) => choice.call.callId);
    expect(chosen[0]).toBe(6);
    expect(chosen).toHaveLength(4);
    expect(chosen).not.toContain(5);
    expect(chosen).not.toContain(1);
    expect(chooseWorthHearing(calls, 2)).toHaveLength(2);
  });
});
