import { addMinutes } from '../hours/local-time.ts';

/** A colleague of the rep's team, as far as his promises are concerned. */
export interface Colleague {
  id: number;
  /** Away for the day, or gone for good. */
  absent: boolean;
  /** In a call, or not at work at this moment: he will not dial in the next minutes. */
  engaged: boolean;
}

/** The settings by which a team helps out. */
export interface TakeoverRules {
  teamTakesOverAbsent: boolean;
  /** A promise of who is engaged is taken so many minutes before it would be late; 0 is never. */
  takeOverBeforeLateMinutes: number;
  /** A promise so many minutes overdue is taken though its rep is at work; 0 is never. */
  takeOverLateMinutes: number;
}

/**
 * Whose promises a rep may dial, each colleague with the instant before which the deadline must lie. What falls due while somebody is
 * absent is the team's from its beginning, so that it is kept and not only made good; who cannot come to the telephone is helped at the
 * last minutes; and by a setting whoever is late.
 * @param dayEnd end of the rep's day
 */
export function takeoverOf(colleagues: readonly Colleague[], now: Date, dayEnd: Date, rules: TakeoverRules): Map<number, Date> {
  const nearlyLate = rules.takeOverBeforeLateMinutes > 0 ? addMinutes(now, rules.takeOverBeforeLateMinutes) : null;
  const late = rules.takeOverLateMinutes > 0 ? addMinutes(now, -rules.takeOverLateMinutes) : null;
  return new Map(
    colleagues.flatMap(({ id, absent, engaged }): [number, Date][] => {
      const before = absent && rules.teamTakesOverAbsent ? dayEnd : engaged && nearlyLate ? nearlyLate : late;
      return before === null ? [] : [[id, before]];
    }),
  );
}
