const key = 'zagon.computer';

/** The name of this browser among those of one person: the same in all of its tabs, kept through reloads and sign-ins. */
export function computerId(): string {
  const kept = localStorage.getItem(key);
  if (kept !== null) return kept;
  const made = crypto.randomUUID();
  localStorage.setItem(key, made);
  return made;
}
