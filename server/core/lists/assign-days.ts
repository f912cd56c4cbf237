import { addDays } from '../hours/local-time.ts';

/** Days, both inclusive. */
export interface Days {
  startsOn: string;
  endsOn: string;
}

/** Days of a rep on a list. */
export interface AssignedDays extends Days {
  repId: number;
}

/** What is left of a span without the days: nothing, one piece or two. */
const without = (span: AssignedDays, days: Days): AssignedDays[] =>
  [
    { ...span, endsOn: addDays(days.startsOn, -1) < span.endsOn ? addDays(days.startsOn, -1) : span.endsOn },
    { ...span, startsOn: addDays(days.endsOn, 1) > span.startsOn ? addDays(days.endsOn, 1) : span.startsOn },
  ].filter(({ startsOn, endsOn }) => startsOn <= endsOn);

/**
 * A list handed to just these reps on these days: who works it otherwise then gives those days back, his other days stay.
 * @param among whom the change concerns; days of others are left alone
 */
export function assignDays(
  assigned: readonly AssignedDays[],
  days: Days,
  { repIds, among }: { repIds: readonly number[]; among: ReadonlySet<number> },
): AssignedDays[] {
  const covers = ({ startsOn, endsOn }: AssignedDays): boolean => startsOn <= days.startsOn && days.endsOn <= endsOn;
  const wanted = new Set(repIds);
  const there = new Set(assigned.filter(covers).map(({ repId }) => repId));
  const staysWhole = ({ repId }: AssignedDays): boolean => (wanted.has(repId) ? there.has(repId) : !among.has(repId));
  const kept = assigned.flatMap((span) =>
    staysWhole(span) || span.endsOn < days.startsOn || days.endsOn < span.startsOn ? [span] : without(span, days),
  );
  return [
    ...kept,
    ...repIds.filter((repId) => !there.has(repId)).map((repId) => ({ repId, startsOn: days.startsOn, endsOn: days.endsOn })),
  ];
}
