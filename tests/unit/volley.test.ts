import { describe, expect, it } from 'vitest';
import { decideVolley, fateOf, type VolleyLine, type VolleyState } from '../../server/core/dialing/volley.ts';

const start = Date.parse('2026-11-24T08:00:00Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);
const untouched: VolleyState = { winnerId: null, settledAt: null, canceledAt: null };

const line = (callId: number, of: Partial<VolleyLine> = {}): VolleyLine => ({
  callId,
  state: 'ringing',
  answeredAt: null,
  answeredBy: null,
  endCause: null,
  joinedAt: null,
  abandoned: false,
  closed: false,
  ...of,
});
const answered = (callId: number, seconds: number, of: Partial<VolleyLine> = {}): VolleyLine =>
  line(callId, { state: 'answered', answeredAt: at(seconds), ...of });
/** At the rep's headset since then. */
const joined = (callId: number, seconds: number, of: Partial<VolleyLine> = {}): VolleyLine =>
  answered(callId, seconds, { joinedAt: at(seconds), ...of });
const over = (callId: number, of: Partial<VolleyLine> = {}): VolleyLine => line(callId, { state: 'ended', ...of });

describe('lines that ring together', () => {
  it('join the first answer to the rep at once, and let the others ring while nobody knows who answered', () => {
    const step = decideVolley([line(1), answered(2, 5), line(3)], untouched, at(5));
    expect(step).toEqual({
      winnerId: 2,
      isSettled: false,
      abandon: [],
      apologise: [],
      hangUp: [],
      close: [],
      lookAgainAt: at(8),
      isOver: false,
    });
  });

  it.each([
    ['a human is recognised', [line(1), joined(2, 5, { answeredBy: 'human' })], at(6)],
    ['the carrier cannot tell', [line(1), joined(2, 5, { answeredBy: 'unknown' })], at(6)],
    ['doubt has lasted long enough', [line(1), answered(2, 5)], at(8)],
    ['the winner has hung up', [line(1), over(2, { answeredAt: at(5), joinedAt: at(5), endCause: 'completed' })], at(6)],
  ])('take the others back once %s', (_, lines, now) => {
    const winner = { ...untouched, winnerId: 2 };
    expect(decideVolley(lines, winner, now)).toMatchObject({ winnerId: 2, isSettled: true, hangUp: [1], abandon: [], isOver: false });
  });

  it('of two answers in one millisecond let exactly one win; the other met nobody', () => {
    const lines = [joined(1, 5, { answeredBy: 'human' }), answered(2, 5)];
    expect(decideVolley(lines, untouched, at(5))).toMatchObject({ winnerId: 1, isSettled: true, abandon: [2], apologise: [2], hangUp: [] });
  });

  it('let a second human wait two seconds at most while the first may be a machine', () => {
    const lines = [answered(1, 5), answered(2, 5.5)];
    const winner = { ...untouched, winnerId: 1 };
    expect(decideVolley(lines, winner, at(7))).toMatchObject({ abandon: [], hangUp: [], lookAgainAt: at(7.5) });
    expect(decideVolley(lines, winner, at(7.5))).toMatchObject({ isSettled: false, abandon: [2], apologise: [2], hangUp: [] });
  });

  it('put a human in the place of a machine that was recognised in time, never of one that was recognised late', () => {
    const lines = [answered(1, 5, { answeredBy: 'machine' }), answered(2, 6), line(3)];
    const early = decideVolley(lines, { ...untouched, winnerId: 1 }, at(6.5));
    expect(early).toMatchObject({ winnerId: 2, isSettled: false, hangUp: [1], abandon: [] });
    const late = decideVolley([answered(1, 5, { answeredBy: 'machine' }), line(3)], { ...untouched, winnerId: 1, settledAt: at(8) }, at(9));
    expect(late).toMatchObject({ winnerId: 1, hangUp: [3] });
  });

  it('count who hung up before anybody spoke as one who met nobody, also when it is told late', () => {
    const gone = over(2, { answeredAt: at(5), endCause: 'completed' });
    expect(decideVolley([line(1), gone], untouched, at(6))).toMatchObject({
      winnerId: null,
      abandon: [2],
      close: [2],
      apologise: [],
      hangUp: [],
    });
    const told = decideVolley([{ ...gone, closed: true }, over(1, { closed: true })], { ...untouched, canceledAt: at(4) }, at(9));
    expect(told).toMatchObject({ abandon: [2], close: [], isOver: true });
  });

  it('are all taken back when the rep says so; nobody wins any more, and who had answered met nobody', () => {
    const step = decideVolley([line(1), answered(2, 5)], { ...untouched, canceledAt: at(5) }, at(5));
    expect(step).toMatchObject({ winnerId: null, hangUp: [1], apologise: [2], abandon: [2], isOver: false });
  });

  it('ring on until the winner is surely at the headset, three seconds at most', () => {
    const lines = [line(1), answered(2, 5, { answeredBy: 'human' })];
    const winner = { ...untouched, winnerId: 2 };
    expect(decideVolley(lines, winner, at(6))).toMatchObject({ winnerId: 2, isSettled: false, hangUp: [], lookAgainAt: at(8) });
    expect(decideVolley(lines, winner, at(8))).toMatchObject({ winnerId: 2, isSettled: true, hangUp: [1] });
  });

  it('are not over while their winner waits to be joined', () => {
    const lines = [over(1, { endCause: 'busy', closed: true }), answered(2, 5, { answeredBy: 'human' })];
    expect(decideVolley(lines, { ...untouched, winnerId: 2 }, at(9))).toMatchObject({ winnerId: 2, isSettled: true, isOver: false });
  });

  it.each([
    ['before the others were taken back', null, { winnerId: 3, isSettled: false, abandon: [2], close: [2], hangUp: [] }],
    ['after that', at(8), { winnerId: null, isSettled: true, abandon: [2, 3], close: [2], hangUp: [1] }],
  ])('are not won by who was gone before he was joined, %s', (_, settledAt, step) => {
    const gone = over(2, { answeredAt: at(5), answeredBy: 'human', endCause: 'completed' });
    expect(decideVolley([line(1), gone, answered(3, 6)], { ...untouched, winnerId: 2, settledAt }, at(7))).toMatchObject(step);
  });

  it('are over when all are, but for the winner who talks on', () => {
    const settled = { winnerId: 2, settledAt: at(6), canceledAt: null };
    const step = decideVolley([over(1, { endCause: 'canceled' }), joined(2, 5, { answeredBy: 'human' })], settled, at(7));
    expect(step).toEqual({
      winnerId: 2,
      isSettled: true,
      abandon: [],
      apologise: [],
      hangUp: [],
      close: [1],
      lookAgainAt: null,
      isOver: true,
    });
    expect(decideVolley([over(1, { endCause: 'busy' }), over(2, { endCause: 'noAnswer' })], untouched, at(7)).isOver).toBe(true);
  });
});

it.each([
  [{ endCause: 'canceled' }, 'returned'],
  [{ endCause: 'noAnswer' }, 'tried'],
  [{ endCause: 'machine', answeredAt: at(1) }, 'tried'],
  [{ endCause: 'completed', answeredAt: at(1), answeredBy: 'machine' }, 'tried'],
  [{ endCause: 'canceled', answeredAt: at(1) }, 'abandoned'],
  [{ endCause: 'completed', answeredAt: at(1), answeredBy: 'human' }, 'abandoned'],
] as const)('a lost line with %o is %s', (end, fate) => {
  expect(fateOf({ answeredAt: null, answeredBy: null, ...end })).toBe(fate);
});
