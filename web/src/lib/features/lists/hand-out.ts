import type { HandOuts, ListCaller, ListView } from '$contract/http/lists.ts';
import type { Rules } from '$contract/http/department.ts';
import { formatLocalDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { daysOf, overlaps, weekday } from './week.ts';
import type { Days } from './week.ts';

export type Assignments = HandOuts[number]['assignments'];

/** A list's days as the server takes them. */
export const assignmentsOf = (given: ListView['assignments']): Assignments =>
  given.map(({ rep, startsOn, endsOn }) => ({ repId: rep.id, startsOn, endsOn }));

/** A list's days with these reps on some days more; what is handed out anew replaces the same person's days that it overlaps. */
export const assignmentsWith = (given: ListView['assignments'], repIds: readonly number[], days: Days): Assignments => [
  ...assignmentsOf(given.filter(({ rep, ...span }) => !repIds.includes(rep.id) || !overlaps(span, days))),
  ...repIds.map((repId) => ({ repId, startsOn: days.startsOn, endsOn: days.endsOn })),
];

/** A list with those beside it into which an import put what asks for a skill: «list · skill». */
export const withBeside = (lists: readonly ListView[], listId: number): ListView[] => {
  const name = lists.find(({ id }) => id === listId)?.name;
  return name === undefined ? [] : lists.filter((list) => list.name === name || list.name.startsWith(`${name} · `));
};

/** The days as they are said: one day by its date. */
export const spanWords = ({ startsOn, endsOn }: Days, write: (day: string) => string = formatLocalDate): string =>
  startsOn === endsOn ? write(startsOn) : m.lists_days({ from: write(startsOn), to: write(endsOn) });

function absenceWords({ name, absentFrom, absentUntil }: ListCaller, days: Days): string | null {
  if (absentFrom === null || absentFrom > days.endsOn || (absentUntil !== null && absentUntil < days.startsOn)) return null;
  if (absentUntil === null) return m.lists_conflict_absent_from({ name, from: formatLocalDate(absentFrom) });
  return m.lists_conflict_absent({ name, days: spanWords({ startsOn: absentFrom, endsOn: absentUntil }) });
}

/** What speaks against handing a list to these reps on these days, in words: days off, absences, a skill that somebody lacks. */
export function conflictsOf(
  days: Days,
  reps: readonly ListCaller[],
  skill: ListView['skill'],
  { callingHours, holidays, country }: Rules,
): string[] {
  const working = daysOf(days).filter((day) => callingHours.workingDays.includes(weekday(day)));
  const off = holidays.filter((holiday) => holiday.country === country && working.includes(holiday.day));
  const called = working.filter((day) => !off.some((holiday) => holiday.day === day));
  const offWords = off.map((holiday) => m.lists_conflict_holiday({ date: formatLocalDate(holiday.day), name: holiday.name }));
  return [
    ...(called.length === 0 ? [m.lists_conflict_no_workday()] : []),
    ...offWords,
    ...reps.flatMap((rep) => absenceWords(rep, days) ?? []),
    ...(skill === null
      ? []
      : reps.filter(({ skillIds }) => !skillIds.includes(skill.id)).map(({ name }) => m.lists_conflict_skill({ name, skill: skill.name }))),
  ];
}
