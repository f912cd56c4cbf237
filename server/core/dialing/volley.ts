import type { AnsweredBy, CallState, EndCause } from '../calls/carrier-event.ts';
import { patienceSeconds } from '../pacing/chance-of-nobody.ts';

/** One line of a volley as it is now. */
export interface VolleyLine {
  callId: number;
  state: CallState;
  answeredAt: Date | null;
  answeredBy: AnsweredBy | null;
  endCause: EndCause | null;
  /** When the carrier had brought it to the rep's headset; null while it has not. */
  joinedAt: Date | null;
  /** It was written down as one that met nobody. */
  abandoned: boolean;
  /** What follows from its end is written. */
  closed: boolean;
}

/** What is written of the volley so far. */
export interface VolleyState {
  winnerId: number | null;
  settledAt: Date | null;
  canceledAt: Date | null;
}

/** What is to be written and told to the carrier now. */
export interface VolleyStep {
  /** Whom the rep talks to from now on. */
  winnerId: number | null;
  /** The winner stands and the others are taken back. */
  isSettled: boolean;
  /** Humans who answered and met nobody, to be written down now. */
  abandon: number[];
  /** Of these and of those before, whoever is on the line still: he hears that we call again before it ends. */
  apologise: number[];
  /** Lines to end at the carrier. */
  hangUp: number[];
  /** Lines that are over and whose end is to be written. */
  close: number[];
  /** When to decide again though nothing else has changed. */
  lookAgainAt: Date | null;
  /** Nothing of it is left but the winner's call. */
  isOver: boolean;
}

/**
 * The other lines ring on for so long after an answer while nobody knows whether a machine gave it; the rep hears it from the first
 * moment. A machine recognised within it gives way to them; one recognised later stays with the rep like in any call.
 */
const doubtSeconds = 3;

/** What the end of a line means: it won, came back untried, met nobody, or was a try like any. */
export type LineFate = 'returned' | 'abandoned' | 'tried';

/** What a line that did not win was. One that we took back before an answer is no try of ours at the company. */
export function fateOf(line: Pick<VolleyLine, 'answeredAt' | 'answeredBy' | 'endCause'>): LineFate {
  if (line.answeredAt !== null && !isMachine(line)) return 'abandoned';
  return line.endCause === 'canceled' ? 'returned' : 'tried';
}

const isMachine = ({ answeredBy, endCause }: Pick<VolleyLine, 'answeredBy' | 'endCause'>): boolean =>
  answeredBy === 'machine' || endCause === 'machine';

const isLive = ({ state }: VolleyLine): boolean => state !== 'ended';

/** It was over before it came to the rep's headset: whatever is told of it late, he talked with nobody. */
const missedTheRep = (line: VolleyLine): boolean => !isLive(line) && line.joinedAt === null;

/** The first that answered and waits; of two in the same millisecond the one that was written first. */
function firstWaiting(lines: readonly VolleyLine[]): VolleyLine | null {
  const waiting = lines.filter((line) => line.state === 'answered' && !isMachine(line) && !line.abandoned);
  const [first] = waiting.sort((one, other) => answerOf(one) - answerOf(other) || one.callId - other.callId);
  return first ?? null;
}

const answerOf = ({ answeredAt }: VolleyLine): number => answeredAt?.getTime() ?? 0;
const after = (line: VolleyLine, seconds: number): Date => new Date(answerOf(line) + seconds * 1000);

/**
 * Decides a volley anew from all of its lines, whatever changed and however often it is asked: exactly one human answer wins, a
 * machine does not, nor who was gone before he was joined; a human who has been joined to the rep is never cut off, and who else
 * answered waits two seconds at most.
 */
export function decideVolley(lines: readonly VolleyLine[], volley: VolleyState, now: Date): VolleyStep {
  const winner = winnerOf(lines, volley);
  const isSettled = volley.settledAt !== null || (winner !== null && standsFirm(winner, lines, now));
  const others = lines.filter(({ callId }) => callId !== winner?.callId);
  const takenBack = isSettled || volley.canceledAt !== null;
  const metNobody = others.filter(
    (line) => fateOf(line) === 'abandoned' && (takenBack || !isLive(line) || now >= after(line, patienceSeconds)),
  );
  const gone = new Set(metNobody.map(({ callId }) => callId));
  const hangUp = others.filter((line) => isLive(line) && !gone.has(line.callId) && (takenBack || isMachine(line)));
  const ended = others.filter((line) => !isLive(line));
  return {
    winnerId: winner?.callId ?? null,
    isSettled,
    abandon: metNobody.filter(({ abandoned }) => !abandoned).map(({ callId }) => callId),
    apologise: metNobody.filter(isLive).map(({ callId }) => callId),
    hangUp: hangUp.map(({ callId }) => callId),
    close: ended.filter(({ closed }) => !closed).map(({ callId }) => callId),
    lookAgainAt: isSettled ? null : earliest([...(winner ? [after(winner, doubtSeconds)] : []), ...waits(others, gone)]),
    isOver: ended.length === others.length && (winner === null || (isSettled && winner.joinedAt !== null)),
  };
}

/** Who won and is, or was, at the rep's headset stays so once settled; until then a machine gives way. Nobody new wins what the rep has taken back. */
function winnerOf(lines: readonly VolleyLine[], { winnerId, settledAt, canceledAt }: VolleyState): VolleyLine | null {
  const winner = lines.find(({ callId }) => callId === winnerId) ?? null;
  if (winner && !missedTheRep(winner) && (settledAt !== null || !isMachine(winner))) return winner;
  return settledAt === null && canceledAt === null ? firstWaiting(lines) : null;
}

function standsFirm(winner: VolleyLine, lines: readonly VolleyLine[], now: Date): boolean {
  const isKnown = winner.answeredBy !== null && winner.answeredBy !== 'machine';
  const isAlone = !lines.some((line) => line !== winner && isLive(line));
  if (now >= after(winner, doubtSeconds)) return true;
  // The others ring on until he is surely there.
  return winner.joinedAt !== null && (isKnown || isAlone || !isLive(winner));
}

const waits = (others: readonly VolleyLine[], gone: ReadonlySet<number>): Date[] =>
  others
    .filter((line) => line.state === 'answered' && !isMachine(line) && !gone.has(line.callId))
    .map((line) => after(line, patienceSeconds));

const earliest = (instants: readonly Date[]): Date | null =>
  instants.reduce<Date | null>((first, instant) => (first === null || instant < first ? instant : first), null);
