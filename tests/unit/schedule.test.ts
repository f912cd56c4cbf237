import { describe, expect, it } from 'vitest';
import { alwaysLasting, type CallLength } from '../../server/core/schedule/durations.ts';
import { layOutDay, type PlannedLead } from '../../server/core/schedule/lay-out-day.ts';

const now = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const lead = (leadId: number): PlannedLead => ({ leadId, companyId: leadId, promise: null });
const promised = (leadId: number, fromMinutes: number, untilMinutes: number): PlannedLead => ({
  leadId,
  companyId: leadId,
  promise: { startsAt: at(fromMinutes), promisedAt: at(untilMinutes), deadlineAt: at(untilMinutes) },
});
const tenMinutes = { length: alwaysLasting(600), surePercent: 80, done: [] };
const lay = (planned: PlannedLead[], dayMinutes = 60) =>
  layOutDay({ now, dayEnd: at(dayMinutes), ...tenMinutes, planned }).map((slot) => ({
    lead: slot.leadId,
    minute: (slot.start.getTime() - now.getTime()) / 60_000,
    atRisk: slot.atRisk,
  }));

describe('the day laid out', () => {
  it('puts promises at their times and the queue between them, never into a gap that is too short', () => {
    expect(lay([promised(9, 25, 35), lead(1), lead(2), lead(3)], 55)).toEqual([
      { lead: 1, minute: 0, atRisk: false },
      { lead: 2, minute: 10, atRisk: false },
      { lead: 9, minute: 25, atRisk: false },
      { lead: 3, minute: 35, atRisk: false },
    ]);
  });

  it('names a promise that will be late as the day stands', () => {
    expect(lay([promised(1, 0, 5), promised(2, 0, 6), promised(3, 0, 7)])).toEqual([
      { lead: 1, minute: 0, atRisk: false },
      { lead: 2, minute: 10, atRisk: true },
      { lead: 3, minute: 20, atRisk: true },
    ]);
  });

  it('plans nothing beyond the end of the day', () => {
    expect(lay([lead(1), lead(2), lead(3), promised(4, 50, 55)], 20).map((slot) => slot.lead)).toEqual([1, 2]);
  });

  it('shows what was done, and what is going on until now', () => {
    const done = [
      { callId: 1, companyId: 5, start: at(-30), end: at(-20) },
      { callId: 2, companyId: 6, start: at(-3), end: null },
    ];
    const slots = layOutDay({ now, dayEnd: at(60), ...tenMinutes, done, planned: [] });
    expect(slots.map((slot) => [slot.callId, slot.state, slot.end])).toEqual([
      [1, 'done', at(-20)],
      [2, 'live', now],
    ]);
  });

  /** Nine calls in ten are short, one goes on for half an hour. */
  const uneven: CallLength = {
    points: [
      { seconds: 60, weight: 0.9 },
      { seconds: 1_800, weight: 0.1 },
    ],
  };
  const risks = (planned: PlannedLead[], surePercent: number, live: Date | null = null) =>
    layOutDay({
      now,
      dayEnd: at(120),
      length: uneven,
      surePercent,
      done: live ? [{ callId: 1, companyId: 5, start: live, end: null }] : [],
      planned,
    })
      .filter(({ leadId }) => leadId !== null)
      .map(({ leadId, lateRisk, atRisk }) => [leadId, lateRisk === null ? null : Math.round(lateRisk * 100), atRisk]);

  it('tells how probably a promise comes too late, by the calls before it, and names it when the head asks for more', () => {
    const two = [promised(1, 0, 5), promised(2, 0, 10)];
    expect(risks(two, 80)).toEqual([
      [1, 0, false],
      [2, 10, false],
    ]);
    expect(risks(two, 95)[1]).toEqual([2, 10, true]);
    expect(risks([promised(1, 0, 5), promised(2, 0, 9), promised(3, 0, 10)], 80)[2]).toEqual([3, 19, false]);
  });

  it('counts with a talk that goes on, and with what it has lasted already', () => {
    expect(risks([promised(1, 0, 8)], 80, at(0))).toEqual([[1, 10, false]]);
    expect(risks([promised(1, 0, 8)], 80, at(-2))).toEqual([[1, 100, true]]);
    expect(risks([promised(1, 0, 8)], 80, at(-60))).toEqual([[1, 0, false]]);
  });

  it('does not fear a call that the guard would hold back', () => {
    const [first, second] = risks([lead(1), promised(2, 15, 20)], 95);
    expect([first, second?.[1]]).toEqual([[1, null, false], 0]);
  });
});
