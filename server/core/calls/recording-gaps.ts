interface Mark {
  kind: string;
  at: Date;
}

/** Where a recording was paused, in seconds from its beginning; one never resumed lasts to the end. */
export function recordingGaps(
  marks: readonly Mark[],
  { beganAt, endedAt }: { beganAt: Date; endedAt: Date },
): { fromSecond: number; toSecond: number }[] {
  const second = (at: Date): number => Math.max(0, (Math.min(at.getTime(), endedAt.getTime()) - beganAt.getTime()) / 1000);
  const gaps: { fromSecond: number; toSecond: number }[] = [];
  let since: Date | null = null;
  for (const { kind, at } of [...marks].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    if (kind === 'recordingPaused') since ??= at;
    else if (since) {
      gaps.push({ fromSecond: second(since), toSecond: second(at) });
      since = null;
    }
  }
  if (since) gaps.push({ fromSecond: second(since), toSecond: second(endedAt) });
  return gaps;
}
