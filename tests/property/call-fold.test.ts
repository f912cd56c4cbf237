import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CarrierEvent, CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import { callStates, endCauses } from '../../server/core/calls/carrier-event.ts';
import { foldCall } from '../../server/core/calls/fold-call.ts';

const intentAt = new Date('2026-11-24T08:00:00Z');

const body: fc.Arbitrary<CarrierEventBody> = fc.oneof(
  fc.constantFrom<CarrierEventBody>(
    { kind: 'dialing' },
    { kind: 'ringing' },
    { kind: 'answered' },
    { kind: 'held' },
    { kind: 'unheld' },
    { kind: 'muted' },
    { kind: 'unmuted' },
    { kind: 'unknown' },
    { kind: 'waiting', seconds: 7 },
  ),
  fc.constantFrom('human', 'machine', 'unknown').map((by) => ({ kind: 'answeredBy', by }) as const),
  fc.constantFrom(...endCauses).map((cause) => ({ kind: 'ended', cause }) as const),
);

/** Keys are unique; the carrier's clock may run behind our intent. */
const log: fc.Arbitrary<CarrierEvent[]> = fc
  .array(fc.record({ second: fc.integer({ min: -5, max: 90 }), body }), { maxLength: 14 })
  .map((said) =>
    said.map(({ second, body: word }, place) => ({
      callId: 1,
      eventKey: `k${place}`,
      at: new Date(intentAt.getTime() + second * 1000),
      carrierWord: word.kind,
      body: word,
    })),
  );

const rank = (events: readonly CarrierEvent[]): number => callStates.indexOf(foldCall(events, intentAt).state);

const at = (second: number) => new Date(intentAt.getTime() + second * 1000);
const say = (eventKey: string, second: number, word: CarrierEventBody): CarrierEvent => ({
  callId: 1,
  eventKey,
  at: at(second),
  carrierWord: word.kind,
  body: word,
});

describe('the fold of a call', () => {
  it('depends on the set of events only: no order and no copy changes it', () => {
    const shuffled = log.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
    );
    fc.assert(
      fc.property(shuffled, ([events, mixed]) => {
        expect(foldCall(mixed, intentAt)).toEqual(foldCall(events, intentAt));
      }),
      { numRuns: 500 },
    );
  });

  it('never goes back, whatever was lost before and comes later', () => {
    fc.assert(
      fc.property(log, fc.infiniteStream(fc.boolean()), (events, kept) => {
        const some = events.filter(() => kept.next().value === true);
        let reached = rank(some);
        let seen = [...some];
        for (const event of events) {
          seen = [...seen, event];
          expect(rank(seen)).toBeGreaterThanOrEqual(reached);
          reached = rank(seen);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its instants in order and talk inside the call', () => {
    fc.assert(
      fc.property(log, (events) => {
        const folded = foldCall(events, intentAt);
        for (const at of [folded.ringingAt, folded.answeredAt, folded.endedAt])
          if (at) expect(at.getTime()).toBeGreaterThanOrEqual(intentAt.getTime());
        if (folded.answeredAt && folded.endedAt) expect(folded.answeredAt.getTime()).toBeLessThanOrEqual(folded.endedAt.getTime());
        expect(folded.talkSeconds).toBeGreaterThanOrEqual(0);
        expect(folded.state === 'ended').toBe(folded.endCause !== null);
        if (folded.state === 'ended') expect([folded.held, folded.muted]).toEqual([false, false]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes an answer that comes after the end when the carrier stamped it before', () => {
    const end = say('e', 65, { kind: 'ended', cause: 'completed' });
    expect(foldCall([end, say('a', 5, { kind: 'answered' })], intentAt)).toMatchObject({
      state: 'ended',
      answeredAt: at(5),
      talkSeconds: 60,
    });
    expect(foldCall([end, say('a', 70, { kind: 'answered' })], intentAt)).toMatchObject({
      state: 'ended',
      answeredAt: null,
      talkSeconds: 0,
    });
    expect(foldCall([say('u', 9, { kind: 'unknown' })], intentAt).state).toBe('intent');
  });

  it('waits until its newest turn, and no longer than until something proves a dial', () => {
    const waits = [say('w0', 1, { kind: 'waiting', seconds: 3 }), say('w1', 4, { kind: 'waiting', seconds: 8 })];
    expect(foldCall(waits, intentAt)).toMatchObject({ state: 'intent', waitsUntil: new Date(intentAt.getTime() + 12_000) });
    expect(foldCall([...waits, say('d', 12, { kind: 'dialing' })], intentAt)).toMatchObject({ state: 'dialing', waitsUntil: null });
  });

  it('was taken back when nothing proves that it was dialled', () => {
    const taken = say('e', 6, { kind: 'ended', cause: 'canceled', takenBack: true });
    const wait = say('w', 1, { kind: 'waiting', seconds: 9 });
    expect(foldCall([wait, taken], intentAt)).toMatchObject({ state: 'ended', takenBack: true, waitsUntil: null });
    expect(foldCall([wait, taken, say('r', 3, { kind: 'ringing' })], intentAt).takenBack).toBe(false);
    expect(foldCall([wait, say('e', 6, { kind: 'ended', cause: 'canceled' })], intentAt).takenBack).toBe(false);
  });
});
