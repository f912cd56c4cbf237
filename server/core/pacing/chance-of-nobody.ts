/** How the calls of a list go, as learned; seconds are means. */
export interface LineRates {
  /** Of dials, those that a human answers; 0 to 1. */
  answerShare: number;
  ringSeconds: number;
  talkSeconds: number;
  wrapUpSeconds: number;
}

/** Who is where at one moment. */
export interface Floor {
  /** Reps who wait for a call. */
  free: number;
  talking: number;
  wrappingUp: number;
  /** Lines that were dialled and not answered yet. */
  ringing: number;
  /** Answered and not joined to anybody yet. */
  waiting: number;
}

/** Who answers hears somebody within this, or his call is an abandoned one. */
export const patienceSeconds = 2;

/** Moments of the answer that stand for all, as shares of the answers that come before them. */
const momentsOfAnswer = [0.08, 0.25, 0.42, 0.58, 0.75, 0.92] as const;
const negligible = 1e-7;

/**
 * The chance, 0 to 1, that one more line dialled now, once a human answers it, meets no free rep within two seconds (queue.md,
 * "Pacing of parallel lines"). Until then every other ringing line may be answered before it, and every busy rep may become free.
 * Rings, talks and wrap-ups are taken as memoryless, so that how long each has lasted does not matter.
 */
export function chanceOfNobody(floor: Floor, rates: LineRates): number {
  const chances = momentsOfAnswer.map((share) => {
    const answerAfter = -rates.ringSeconds * Math.log(1 - share);
    const before = binomial(floor.ringing, rates.answerShare * share);
    const lookAt = answerAfter + patienceSeconds;
    const freed = sumOf(
      binomial(floor.talking, chanceOfFreeAfterTalk(lookAt, rates)),
      binomial(floor.wrappingUp, -Math.expm1(-lookAt / rates.wrapUpSeconds)),
    );
    return chanceThatTaken(before, freed, floor.free - floor.waiting);
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

/**
 * The same for lines of one rep of which the first answer takes the others back: a line meets nobody when one of the others was
 * answered in the two seconds before it; of an earlier answer it would not ring any more.
 */
export function chanceOfSecondAnswer(others: number, { answerShare, ringSeconds }: Pick<LineRates, 'answerShare' | 'ringSeconds'>): number {
  const chances = momentsOfAnswer.map((share) => {
    const answerAfter = -ringSeconds * Math.log(1 - share);
    const tooEarly = -Math.expm1(-Math.max(0, answerAfter - patienceSeconds) / ringSeconds);
    return 1 - (1 - answerShare * (share - tooEarly)) ** others;
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

/** That answers before this one use up who is free and who becomes free. */
function chanceThatTaken(before: readonly number[], freed: readonly number[], free: number): number {
  let chance = 0;
  for (const [freedReps, likelihood] of freed.entries()) chance += likelihood * atLeast(before, free + freedReps);
  return Math.min(1, chance);
}

function atLeast(likelihoods: readonly number[], count: number): number {
  if (count <= 0) return 1;
  if (count >= likelihoods.length) return 0;
  let below = 0;
  for (let index = 0; index < count; index += 1) below += likelihoods[index] ?? 0;
  return Math.max(0, 1 - below);
}

/** Talk and wrap-up are both over within so many seconds. */
function chanceOfFreeAfterTalk(seconds: number, { talkSeconds, wrapUpSeconds }: LineRates): number {
  // Equal means divide by zero: the limit is near enough a thousandth beside.
  const wrapUp = talkSeconds === wrapUpSeconds ? wrapUpSeconds * 1.001 : wrapUpSeconds;
  const left = talkSeconds * Math.exp(-seconds / talkSeconds) - wrapUp * Math.exp(-seconds / wrapUp);
  return Math.min(1, Math.max(0, 1 - left / (talkSeconds - wrapUp)));
}

/** How likely 0, 1, 2… of `count` happen, each with the same chance; the tail that does not matter is cut. */
function binomial(count: number, chance: number): number[] {
  if (count === 0 || chance <= 0) return [1];
  if (chance >= 1) return [...Array.from({ length: count }, () => 0), 1];
  let likelihood = (1 - chance) ** count;
  const likelihoods = [likelihood];
  const mean = count * chance;
  for (let hits = 1; hits <= count; hits += 1) {
    likelihood *= ((count - hits + 1) / hits) * (chance / (1 - chance));
    if (hits > mean && likelihood < negligible) break;
    likelihoods.push(likelihood);
  }
  return likelihoods;
}

function sumOf(one: readonly number[], other: readonly number[]): number[] {
  const sums = Array.from({ length: one.length + other.length - 1 }, () => 0);
  for (const [left, chance] of one.entries())
    for (const [right, likelihood] of other.entries()) sums[left + right] = (sums[left + right] ?? 0) + chance * likelihood;
  return sums;
}
