/** A whole number 0..2^32-1 that depends on nothing but its arguments (FNV-1a, then a final mix). */
function seededNumber(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('|')) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A fraction 0 <= x < 1 that depends on nothing but its arguments. */
export function seededFraction(...parts: readonly (string | number)[]): number {
  return seededNumber(...parts) / 0x1_0000_0000;
}

/** One of the choices; the list must not be empty. */
export function seededChoice<Choice>(choices: readonly Choice[], ...parts: readonly (string | number)[]): Choice {
  const choice = choices[seededNumber(...parts) % choices.length];
  if (choice === undefined) throw new RangeError('nothing to choose from');
  return choice;
}
