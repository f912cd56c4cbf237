import type { LeadFacts } from '../queue/facts.ts';
import { failedOutcomes } from '../retry/plan-retry.ts';
import { callLengthOf, type CallLength, type LearnedDuration } from '../schedule/durations.ts';
import type { AnswerShares } from './day-plan.ts';

/** How long dials of one list take, by whether somebody answered; null while nothing is learned. */
export interface DialLengths {
  talk: (listId: number | null) => CallLength | null;
  missed: (listId: number | null) => CallLength | null;
}

/** Dials of the past and how many of them were answered. */
export interface AnswerCount {
  kind: keyof AnswerShares;
  dials: number;
  answered: number;
}

/** So many dials at the usual share are added, so that a few do not sway it. */
const priorDials = 50;
const usualAnswers: AnswerShares = { promise: 0.6, stage: 0.45, cold: 0.3 };
/** A rep's pause between two calls, until enough are known. */
const usualRestSeconds = 12;
const enoughPauses = 100;
/** Outcomes without a talk. */
const missedCodes: ReadonlySet<string> = new Set([...failedOutcomes, 'invalidNumber']);

/** How often somebody answers, by what was learned. */
export function answerSharesOf(counts: readonly AnswerCount[]): AnswerShares {
  const share = (kind: keyof AnswerShares): number => {
    const { dials, answered } = counts.find((count) => count.kind === kind) ?? { dials: 0, answered: 0 };
    return (answered + priorDials * usualAnswers[kind]) / (dials + priorDials);
  };
  return { promise: share('promise'), stage: share('stage'), cold: share('cold') };
}

/** Asked with each choice and each dial of a day: what was mixed once is kept. */
function remembered(lengthOf: (listId: number | null) => CallLength | null): (listId: number | null) => CallLength | null {
  const known = new Map<number | null, CallLength | null>();
  return (listId) => {
    const found = known.get(listId);
    if (found !== undefined) return found;
    const length = lengthOf(listId);
    known.set(listId, length);
    return length;
  };
}

/** How long dials take, talks apart from those that nobody answered. */
export function dialLengthsOf(learned: readonly LearnedDuration[]): DialLengths {
  const missed = learned.filter(({ code }) => missedCodes.has(code));
  const talks = learned.filter(({ code }) => !missedCodes.has(code));
  return { talk: remembered((listId) => callLengthOf(talks, listId)), missed: remembered((listId) => callLengthOf(missed, listId)) };
}

/** A rep's mean pause between two calls, in seconds. */
export const restSecondsOf = ({ meanSeconds, count }: { meanSeconds: number; count: number }): number =>
  count < enoughPauses ? usualRestSeconds : meanSeconds;

/** A list's company that nobody has dialled yet and that is nobody's. */
export const isFresh = ({ repId, list, stage, isCustomer, promise, triesTotal }: LeadFacts): boolean =>
  repId === null && list !== null && stage === null && !isCustomer && promise === null && triesTotal === 0;
