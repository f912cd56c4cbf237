import { DateTime } from 'luxon';

/** When work begins on a day that was named without an hour. */
const morning = { hour: 9, minute: 0 };

const weekdays: readonly (readonly string[])[] = [
  ['пн', 'понедельник', 'mon', 'monday'],
  ['вт', 'вторник', 'tue', 'tuesday'],
  ['ср', 'среда', 'среду', 'wed', 'wednesday'],
  ['чт', 'четверг', 'thu', 'thursday'],
  ['пт', 'пятница', 'пятницу', 'fri', 'friday'],
  ['сб', 'суббота', 'субботу', 'sat', 'saturday'],
  ['вс', 'воскресенье', 'sun', 'sunday'],
];

const inSome = /^(?:через|in)\s+(\d{1,3})\s*(мин|м|min|m|час|ч|h|hour|день|дня|дней|d|day)[а-яa-z.]*$/;
const clock = /^(\d{1,2})(?::(\d{2}))?$/;
const date = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$/;

function dayOf(word: string, now: DateTime): DateTime | null {
  if (['сегодня', 'today'].includes(word)) return now;
  if (['завтра', 'tomorrow'].includes(word)) return now.plus({ days: 1 });
  if (word === 'послезавтра') return now.plus({ days: 2 });
  const weekday = weekdays.findIndex((names) => names.includes(word)) + 1;
  if (weekday > 0) return now.plus({ days: ((weekday - now.weekday + 6) % 7) + 1 });
  const typed = date.exec(word);
  if (!typed) return null;
  const named = DateTime.fromObject(
    { year: Number(typed[3] ?? now.year), month: Number(typed[2]), day: Number(typed[1]) },
    { zone: now.zone },
  );
  return !typed[3] && named < now.startOf('day') ? named.plus({ years: 1 }) : named;
}

function afterSome(text: string, now: DateTime): DateTime | null {
  const typed = inSome.exec(text);
  if (!typed) return null;
  const amount = Number(typed[1]);
  const unit = typed[2] ?? '';
  if (/^(м|m)/.test(unit)) return now.plus({ minutes: amount });
  return /^(ч|h)/.test(unit) ? now.plus({ hours: amount }) : now.plus({ days: amount });
}

/**
 * Reads a time as people type it: `завтра 11`, `пн 9:30`, `через 2 часа`, `25.11 14:00`, `15:30`.
 * @returns the instant in ISO 8601 UTC, or null when it cannot be read or is no day of the calendar
 */
export function readDue(typed: string, nowIso: string, timeZone: string): string | null {
  const now = DateTime.fromISO(nowIso, { zone: timeZone });
  const text = typed
    .trim()
    .toLocaleLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+(в|at)\s+/, ' ')
    .replace(/^(в|во|on)\s+/, '');
  const later = afterSome(text, now);
  if (later) return later.toUTC().toISO();
  const words = text.split(/\s+/);
  const time = clock.exec(words.at(-1) ?? '');
  const dayWord = time ? words.slice(0, -1).join(' ') : text;
  if (dayWord === '' && !time) return null;
  const at = time ? { hour: Number(time[1]), minute: Number(time[2] ?? 0) } : morning;
  const day = dayWord === '' ? now : dayOf(dayWord, now);
  const due = day?.set({ ...at, second: 0, millisecond: 0 });
  if (!due?.isValid || at.hour > 23 || at.minute > 59) return null;
  return (dayWord === '' && due < now ? due.plus({ days: 1 }) : due).toUTC().toISO();
}
