/** Numbers from 0 up to 1, the same ones for the same seed: a simulation can be run again, and two orders meet the same fates. */
export type Chance = () => number;

/** The generator mulberry32. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A length whose mean is given, as waiting and talking times are. */
export const exponential = (chance: Chance, mean: number): number => -Math.log(1 - chance()) * mean;
