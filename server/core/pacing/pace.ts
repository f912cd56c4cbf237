import { chanceOfSecondAnswer, type Floor, type LineRates } from './chance-of-nobody.ts';

/** Of human answers, in percent, that may meet no free rep; nobody may set more. */
export const highestCapPercent = 3;
/** How many lines one rep may have at once. */
export const lineLimits = { fewest: 2, most: 5 } as const;

/** How far one answer moves the threshold; small enough to be calm, large enough to follow a day. */
const steeringGain = 0.001;
const highestThreshold = 0.6;

/** The threshold of a list that has learned nothing yet, by its cap. */
export const firstThreshold = (capPercent: number): number => capPercent / 100;

/** After each human answer the threshold moves so that in the long run the abandoned share is the cap (queue.md: θ is integrated). */
export function steer(threshold: number, abandoned: boolean, capPercent: number): number {
  const moved = threshold + steeringGain * (capPercent / 100 - (abandoned ? 1 : 0));
  return Math.min(highestThreshold, Math.max(0, moved));
}

/** A list's threshold, null before its first, after the human answers of one decision: those that met the rep, those that met nobody. */
export function steeredBy(threshold: number | null, answers: { met: number; abandoned: number }, capPercent: number): number {
  const each = [...Array<boolean>(answers.met).fill(false), ...Array<boolean>(answers.abandoned).fill(true)];
  return each.reduce((moved, abandoned) => steer(moved, abandoned, capPercent), threshold ?? firstThreshold(capPercent));
}

/** Lines to dial now on top of those that ring: one more as long as the chance that it meets nobody is at most the threshold. */
export function linesToDial(
  floor: Floor,
  threshold: number,
  most: number,
  /** Of the next line to meet nobody. */
  chance: (floor: Floor) => number,
): number {
  let lines = 0;
  while (lines < most && chance({ ...floor, ringing: floor.ringing + lines }) <= threshold) lines += 1;
  return lines;
}

/** What a list's last thirty days owe to its cap. */
export interface CapLedger {
  capPercent: number;
  /** Human answers, those that met nobody among them. */
  answered: number;
  abandoned: number;
  /** Lines that ring now beyond one a rep: each of them may become an abandoned call. */
  atRisk: number;
}

/** How many lines beyond the first may still be dialled without any chance of breaking the cap; 0 when it is near. */
export function linesWithinCap({ capPercent, answered, abandoned, atRisk }: CapLedger): number {
  return Math.max(0, Math.floor((capPercent / 100) * answered) - abandoned - atRisk);
}

/** What a rep's lines are decided by. */
interface Lines {
  rates: Pick<LineRates, 'answerShare' | 'ringSeconds'>;
  threshold: number;
  most: number;
}

/** Why a rep gets fewer lines than the list allows. */
export const lineLimiters = ['promise', 'learning', 'cap', 'pace'] as const;
export type LineLimiter = (typeof lineLimiters)[number];

/**
 * How many lines one rep gets at once, his first among them, when the first answer takes the others back. 1 dials singly, as when
 * the cap is near; 0 when a promise is due: then nothing optional is dialled.
 */
export function linesOfRep(asked: Lines, ledger: CapLedger, promiseIsDue: boolean): number {
  if (promiseIsDue) return 0;
  const allowed = Math.min(asked.most, 1 + linesWithinCap(ledger));
  let lines = 1;
  while (lines < allowed && chanceOfSecondAnswer(lines, asked.rates) <= asked.threshold) lines += 1;
  return lines;
}

/** What keeps him from having all; null when he has all. `learning`: the list has too few answers yet to risk a single one. */
function limiterOf(asked: Lines, ledger: CapLedger, promiseIsDue: boolean): LineLimiter | null {
  const lines = linesOfRep(asked, ledger, promiseIsDue);
  if (promiseIsDue) return 'promise';
  if (lines >= asked.most) return null;
  if (lines < 1 + linesWithinCap(ledger)) return 'pace';
  return linesWithinCap({ ...ledger, abandoned: 0, atRisk: 0 }) === 0 ? 'learning' : 'cap';
}

/** Of so few dials nothing is learned: they are taken as if these had come before. */
const believed = { dials: 40, answerShare: 0.25, ringSeconds: 15, answers: 10 } as const;

/** How the dials of a list go, from its newest ones: what was seen, mixed with what is usual while little was seen. */
const learnedRates = (seen: { dials: number; answered: number; ringSeconds: number }): Lines['rates'] => ({
  answerShare: (seen.answered + believed.dials * believed.answerShare) / (seen.dials + believed.dials),
  ringSeconds: Math.max(1, (seen.ringSeconds + believed.answers * believed.ringSeconds) / (seen.answered + believed.answers)),
});

/** What a list allows its reps. */
export interface ListPace {
  most: number;
  /** As learned; null before the first answer. */
  threshold: number | null;
  ledger: CapLedger;
  /** Of its newest dials; the seconds of all rings that were answered together. */
  seen: { dials: number; answered: number; ringSeconds: number };
}

/** How many lines a rep gets on a list as things stand, at least the one that is always his, and what keeps him from having all. */
export function paceOf(
  { most, threshold, ledger, seen }: ListPace,
  promiseIsDue: boolean,
): { lines: number; limitedBy: LineLimiter | null } {
  const asked = { rates: learnedRates(seen), threshold: threshold ?? firstThreshold(ledger.capPercent), most };
  return { lines: Math.max(1, linesOfRep(asked, ledger, promiseIsDue)), limitedBy: limiterOf(asked, ledger, promiseIsDue) };
}
