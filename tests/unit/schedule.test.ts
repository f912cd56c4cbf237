import { describe, expect, it } from 'vitest';
import { layOutDay, type PlannedLead } from '../../server/core/schedule/lay-out-day.ts';

const now = new Date('2026-11-23T09:00:00Z');
const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const lead = (leadId: number): PlannedLead => ({ leadId, companyId: leadId, promise: null });
const promised = (leadId: number, fromMinutes: number, untilMinutes: number): PlannedLead => ({
  leadId,
  companyId: leadId,
  promise: { startsAt: at(fromMinutes), promisedAt: at(untilMinutes), deadlineAt: at(untilMinutes) },
});
const lay = (planned: PlannedLead[], dayMinutes = 60) =>
  layOutDay({ now, dayEnd: at(dayMinutes), callSeconds: 600, done: [], planned }).map((slot) => ({
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
    const slots = layOutDay({ now, dayEnd: at(60), callSeconds: 600, done, planned: [] });
    expect(slots.map((slot) => [slot.callId, slot.state, slot.end])).toEqual([
      [1, 'done', at(-20)],
      [2, 'live', now],
    ]);
  });
});
