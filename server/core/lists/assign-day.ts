import { addDays } from '../hours/local-time.ts';

/** Days of a rep on a list, both inclusive. */
export interface AssignedDays {
  repId: number;
  startsOn: string;
  endsOn: string;
}

/**
 * A list handed to just these reps on one day: who works it otherwise on that day gives the day back, his other days stay.
 * @param among whom the change concerns; days of others are left alone
 */
export function assignDay(
  assigned: readonly AssignedDays[],
  day: string,
  { repIds, among }: { repIds: readonly number[]; among: ReadonlySet<number> },
): AssignedDays[] {
  const covers = ({ startsOn, endsOn }: AssignedDays): boolean => startsOn <= day && day <= endsOn;
  const wanted = new Set(repIds);
  const kept = assigned.flatMap((days) => {
    if (!covers(days) || !among.has(days.repId) || wanted.has(days.repId)) return [days];
    return [
      { ...days, endsOn: addDays(day, -1) },
      { ...days, startsOn: addDays(day, 1) },
    ].filter(({ startsOn, endsOn }) => startsOn <= endsOn);
  });
  const there = new Set(assigned.filter(covers).map(({ repId }) => repId));
  return [...kept, ...repIds.filter((repId) => !there.has(repId)).map((repId) => ({ repId, startsOn: day, endsOn: day }))];
}
