import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideVolley, fateOf, type VolleyLine, type VolleyState, type VolleyStep } from '../../server/core/dialing/volley.ts';

const start = Date.parse('2026-11-24T08:00:00Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const instant = fc.integer({ min: 0, max: 10 }).map(at);

type Seen = Omit<VolleyLine, 'callId' | 'abandoned' | 'closed'>;
const answeredBy = fc.constantFrom(null, 'human' as const, 'machine' as const, 'unknown' as const);
const none = fc.constant(null);
const rings: fc.Arbitrary<Seen> = fc.record({
  state: fc.constantFrom('intent' as const, 'dialing' as const, 'ringing' as const),
  ...{ answeredAt: none, answeredBy: none, endCause: none, joinedAt: none },
});
const talks: fc.Arbitrary<Seen> = fc.record({
  state: fc.constant('answered' as const),
  ...{ answeredAt: instant, answeredBy, endCause: none, joinedAt: none },
});
const isOver: fc.Arbitrary<Seen> = fc.record({
  state: fc.constant('ended' as const),
  answeredAt: fc.option(instant),
  answeredBy,
  endCause: fc.constantFrom('completed' as const, 'canceled' as const, 'busy' as const, 'machine' as const),
  joinedAt: none,
});

interface Look {
  lines: VolleyLine[];
  volley: VolleyState;
  now: Date;
}

/** Anything that a look may find: of the lines one at most has won, and only that one may have been joined. */
const looks: fc.Arbitrary<Look> = fc
  .record({
    seen: fc.array(fc.oneof(rings, talks, isOver), { minLength: 2, maxLength: 5 }),
    winnerAt: fc.option(fc.nat({ max: 4 })),
    wasJoined: fc.boolean(),
    settledAt: fc.option(instant),
    canceledAt: fc.option(instant),
    now: instant,
  })
  .map(({ seen, winnerAt, wasJoined, settledAt, canceledAt, now }) => {
    const winner = winnerAt !== null && (seen[winnerAt]?.answeredAt ?? null) !== null ? winnerAt : null;
    const lines = seen.map((line, place) => ({
      callId: place + 1,
      ...line,
      joinedAt: place === winner && wasJoined ? line.answeredAt : null,
      abandoned: false,
      closed: false,
    }));
    const isSettled = winner !== null || canceledAt !== null;
    return { lines, volley: { winnerId: winner === null ? null : winner + 1, settledAt: isSettled ? settledAt : null, canceledAt }, now };
  });

const winnerOf = ({ lines }: Look, { winnerId }: VolleyStep): VolleyLine | null => lines.find(({ callId }) => callId === winnerId) ?? null;
const unjoinedEnds = ({ lines }: Look): VolleyLine[] => lines.filter(({ state, joinedAt }) => state === 'ended' && joinedAt === null);

/** What the base says after the decision was written. */
function written({ lines, volley, now }: Look, step: VolleyStep): Look {
  return {
    lines: lines.map((line) => ({
      ...line,
      joinedAt: line.callId === step.winnerId ? line.joinedAt : null,
      abandoned: line.abandoned || step.abandon.includes(line.callId),
      closed: line.closed || step.close.includes(line.callId),
    })),
    volley: { ...volley, winnerId: step.winnerId, settledAt: volley.settledAt ?? (step.isSettled ? now : null) },
    now,
  };
}

it('lets nobody win who was gone before he was joined, and owes a call to each human among them, once', () => {
  fc.assert(
    fc.property(looks, (look) => {
      const step = decideVolley(look.lines, look.volley, look.now);
      for (const line of unjoinedEnds(look)) {
        expect(step.winnerId).not.toBe(line.callId);
        expect(step.close).toContain(line.callId);
        expect(step.abandon.includes(line.callId)).toBe(fateOf(line) === 'abandoned');
      }
      const again = written(look, step);
      expect(decideVolley(again.lines, again.volley, again.now)).toMatchObject({ winnerId: step.winnerId, abandon: [], close: [] });
    }),
    { numRuns: 2000 },
  );
});

it('never cuts off, owes or closes whom the rep has, and takes nobody back for one who is not surely there within three seconds', () => {
  fc.assert(
    fc.property(looks, (look) => {
      const step = decideVolley(look.lines, look.volley, look.now);
      const winner = winnerOf(look, step);
      for (const told of [step.abandon, step.apologise, step.hangUp, step.close]) expect(told).not.toContain(step.winnerId);
      if (look.volley.settledAt !== null || !step.isSettled) return;
      const isThere = winner !== null && winner.joinedAt !== null;
      const isLate = (winner?.answeredAt?.getTime() ?? 0) + 3000 <= look.now.getTime();
      expect(isThere || isLate).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('is over only when nobody rings, waits or is still to be joined', () => {
  fc.assert(
    fc.property(looks, (look) => {
      const step = decideVolley(look.lines, look.volley, look.now);
      if (!step.isOver) return;
      const live = look.lines.filter(({ state }) => state !== 'ended');
      expect(live.every(({ callId, joinedAt }) => callId === step.winnerId && joinedAt !== null)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
