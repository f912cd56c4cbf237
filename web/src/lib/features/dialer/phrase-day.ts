import type { DateTime } from 'luxon';
import { monthOfWord, weekdayOfWord } from './phrase-words.ts';

/** The day that a phrase begins with, what is left of it, and the last day where a whole week was said. */
export interface PhraseDay {
  first: DateTime;
  lastDay?: DateTime;
  rest: string;
}

/** Reads the beginning of a normalized phrase as a day of the company's calendar; a past date without a year is next year's. */
export function dayOfPhrase(text: string, now: DateTime): PhraseDay | null {
  return namedDay(text, now) ?? wholeWeek(text, now) ?? weekday(text, now) ?? writtenDate(text, now);
}

const near: readonly [RegExp, number][] = [
  [/^(сегодня|today)( |$)/, 0],
  [/^(завтра|tomorrow|tmrw?)( |$)/, 1],
  [/^(послезавтра|day after tomorrow)( |$)/, 2],
];

function namedDay(text: string, now: DateTime): PhraseDay | null {
  for (const [words, days] of near) {
    const found = words.exec(text);
    if (found) return { first: now.plus({ days }), rest: text.slice(found[0].length) };
  }
  return null;
}

function wholeWeek(text: string, now: DateTime): PhraseDay | null {
  if (/^(эт\S+ недел\S+|this week)$/.test(text)) {
    return now.weekday > 5 ? week(now.plus({ weeks: 1 }).startOf('week')) : { first: now, lastDay: fridayOf(now), rest: '' };
  }
  if (/^(след\S* недел\S+|next week)$/.test(text)) return week(now.plus({ weeks: 1 }).startOf('week'));
  return null;
}

function week(monday: DateTime): PhraseDay {
  return { first: monday, lastDay: fridayOf(monday), rest: '' };
}

function fridayOf(day: DateTime): DateTime {
  return day.plus({ days: 5 - day.weekday });
}

/** «пн» is the coming Monday; said on a Monday it is the next one. «след пт» is a week later than the coming one. */
function weekday(text: string, now: DateTime): PhraseDay | null {
  const found = /^((?:след\S*|next) )?([a-zа-я]+)( |$)/.exec(text);
  const wanted = found ? weekdayOfWord(found[2] ?? '') : null;
  if (!found || wanted === null) return null;
  const ahead = (wanted - now.weekday + 7) % 7 || 7;
  const sameWeek = found[1] !== undefined && ahead + now.weekday <= 7 ? 7 : 0;
  return { first: now.plus({ days: ahead + sameWeek }), rest: text.slice(found[0].length) };
}

function writtenDate(text: string, now: DateTime): PhraseDay | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})( |$)/.exec(text);
  if (iso) return dated(now, Number(iso[1]), Number(iso[2]), Number(iso[3]), text.slice(iso[0].length));
  const numeric = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?( |$)/.exec(text);
  if (numeric) {
    return dated(now, numeric[3] ? Number(numeric[3]) : null, Number(numeric[2]), Number(numeric[1]), text.slice(numeric[0].length));
  }
  const worded = /^(\d{1,2}) ([a-zа-я]+)\.?( |$)/.exec(text);
  const month = worded ? monthOfWord(worded[2] ?? '') : null;
  return worded && month ? dated(now, null, month, Number(worded[1]), text.slice(worded[0].length)) : null;
}

function dated(now: DateTime, year: number | null, month: number, day: number, rest: string): PhraseDay | null {
  const first = now.set({ year: year ?? now.year, month, day });
  // Luxon takes the last day of the month for one that it does not have; nobody meant that.
  if (month < 1 || month > 12 || !first.isValid || first.day !== day) return null;
  const isPast = year === null && first.startOf('day') < now.startOf('day');
  return { first: isPast ? first.plus({ years: 1 }) : first, rest };
}
