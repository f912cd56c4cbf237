/** Which of a person's own clips and the department's he leaves by one key: his own default, else the department's; none that announces. */
export function usedClip<Clip extends { ownerId: number | null; isDefault: boolean; announces: boolean }>(
  clips: readonly Clip[],
): Clip | null {
  const defaults = clips.filter(({ isDefault, announces }) => isDefault && !announces);
  return defaults.find(({ ownerId }) => ownerId !== null) ?? defaults[0] ?? null;
}
