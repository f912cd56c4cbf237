/** Chance that repeats: the same seed gives the same department on every machine. */
export interface Random {
  /** From 0 inclusive to 1 exclusive. */
  fraction(): number;
  chance(probability: number): boolean;
  /** Both ends inclusive. */
  integer(lowest: number, highest: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** One of the keys, each as likely as its weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** A stream of its own, so that one part of the data may grow without changing the others. */
  fork(name: string): Random;
}

function hash(text: string): number {
  let state = 2_166_136_261;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return state >>> 0;
}

/** @param seed any text or number; equal seeds give equal streams */
export function seededRandom(seed: string | number): Random {
  let state = hash(String(seed));
  // mulberry32
  const fraction = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (lowest: number, highest: number): number => lowest + Math.floor(fraction() * (highest - lowest + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(fraction() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return {
    fraction,
    integer,
    pick,
    chance: (probability) => fraction() < probability,
    weighted: <Key extends string>(weights: Readonly<Record<Key, number>>): Key => {
      const entries = Object.entries<number>(weights);
      let point = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        // Object.entries forgets the key type that Record<Key, …> guarantees.
        if (point < weight) return key as Key;
        point -= weight;
      }
      throw new Error('weights are all zero');
    },
    shuffled: (items) => {
      const copy = [...items];
      for (let index = copy.length - 1; index > 0; index -= 1) {
        const other = Math.floor(fraction() * (index + 1));
        const [a, b] = [copy[index], copy[other]];
        if (a !== undefined && b !== undefined) [copy[index], copy[other]] = [b, a];
      }
      return copy;
    },
    fork: (name) => seededRandom(`${seed}/${name}`),
  };
}
