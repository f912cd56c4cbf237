/** How often companies of a segment (channel × region) were dialled in an hour of their own day, and how often somebody answered. */
export interface AnswerHour {
  /** 0–23 on the company's clock. */
  hour: number;
  dials: number;
  answered: number;
}

/** Fewer dials say nothing about a segment. */
export const enoughDials = 50;
/** An hour of fewer dials is not chosen: three lucky ones do not win. */
const enoughInHour = 10;
/** So many dials at the segment's mean are added to each hour, so that a few do not sway it. */
const priorDials = 20;

const hourClock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/**
 * The full hour between two times of the day at which a segment answers most; an hour that begins before `from` counts as `from`.
 * Of equal hours the earlier. Null while too little is known.
 */
export function bestClock(answers: readonly AnswerHour[], from: string, to: string): string | null {
  const within = answers.filter(({ hour }) => hourClock(hour) < to && hourClock(hour + 1) > from);
  const dials = within.reduce((sum, answer) => sum + answer.dials, 0);
  if (dials < enoughDials) return null;
  const mean = within.reduce((sum, answer) => sum + answer.answered, 0) / dials;
  const share = (answer: AnswerHour): number => (answer.answered + priorDials * mean) / (answer.dials + priorDials);
  const [best] = within
    .filter((answer) => answer.dials >= enoughInHour)
    .sort((left, right) => share(right) - share(left) || left.hour - right.hour);
  if (!best) return null;
  const clock = hourClock(best.hour);
  return clock < from ? from : clock;
}
