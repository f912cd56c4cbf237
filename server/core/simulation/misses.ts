/** Why a rep did not dial a promise within its window. */
export const missCauses = ['absent', 'notYetAtWork', 'lunch', 'otherPromises', 'longTalk', 'lateCall', 'unseen'] as const;
export type MissCause = (typeof missCauses)[number];

/** A call of a rep's day. */
export interface PastCall {
  startsAt: Date;
  endsAt: Date;
  promised: boolean;
}

/** A rep's day: null when he was absent. */
export interface Shift {
  startsAt: Date;
  endsAt: Date;
  lunch: { startsAt: Date; endsAt: Date };
}

interface Window {
  startsAt: Date;
  deadlineAt: Date;
}

const overlapMs = (one: { startsAt: Date; endsAt: Date }, { startsAt, deadlineAt }: Window): number =>
  Math.max(0, Math.min(one.endsAt.getTime(), deadlineAt.getTime()) - Math.max(one.startsAt.getTime(), startsAt.getTime()));

/** What took the rep's time while the window was open: the greatest part of it says why. */
export function causeOfMiss(window: Window, shift: Shift | null, calls: readonly PastCall[]): MissCause {
  if (shift === null) return 'absent';
  if (shift.startsAt >= window.deadlineAt) return 'notYetAtWork';
  const before = overlapMs({ startsAt: new Date(0), endsAt: shift.startsAt }, window);
  const during = calls.filter((call) => overlapMs(call, window) > 0);
  const part = (chosen: readonly PastCall[]): number => chosen.reduce((sum, call) => sum + overlapMs(call, window), 0);
  const parts: [MissCause, number][] = [
    ['notYetAtWork', before],
    ['lunch', overlapMs(shift.lunch, window)],
    ['otherPromises', part(during.filter(({ promised }) => promised))],
    ['longTalk', part(during.filter((call) => !call.promised && call.startsAt <= window.startsAt))],
    ['lateCall', part(during.filter((call) => !call.promised && call.startsAt > window.startsAt))],
  ];
  const [cause, ms] = parts.reduce((most, other) => (other[1] > most[1] ? other : most));
  return ms > 0 ? cause : 'unseen';
}
