import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A language of the console. */
export type FormatLocale = 'ru' | 'en';

/** An instant as the wire carries it (ISO 8601 UTC), or as the browser has it. */
export type Instant = string | number | Date;

let readLocale: () => FormatLocale = () => 'ru';

/** Tells the formats which language is chosen; a function, so that screens follow a switch at once. */
export function setFormatLocale(read: () => FormatLocale): void {
  readLocale = read;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = readLocale() === 'ru' ? 'ru-RU' : 'en-GB';
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** `13:42` in the given IANA zone, or in the viewer's. */
export function formatTime(instant: Instant, timeZone?: string): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant));
}

/** `13:42:07`, where seconds tell one thing from the next. */
export function formatTimeToSecond(instant: Instant, timeZone?: string): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone }).format(new Date(instant));
}

/** `23 нояб., пн` in the given zone; the year is told when it is not `now`'s. */
export function formatDate(instant: Instant, timeZone?: string, now: Instant = Date.now()): string {
  const year = dateFormat({ year: 'numeric', timeZone });
  const sameYear = year.format(new Date(instant)) === year.format(new Date(now));
  return dateFormat({
    day: 'numeric',
    month: 'short',
    ...(sameYear ? { weekday: 'short' } : { year: 'numeric' }),
    timeZone,
  }).format(new Date(instant));
}

/** Date and time: `пн, 23 нояб., 13:42`. */
export function formatDateTime(instant: Instant, timeZone?: string, now: Instant = Date.now()): string {
  return `${formatDate(instant, timeZone, now)}, ${formatTime(instant, timeZone)}`;
}

/** A local date `YYYY-MM-DD` of no zone: `23 ноября`. */
export function formatLocalDate(date: string): string {
  return dateFormat({ day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** The same, as short as a column wants it: `23.11`, `23/11`. */
export function formatLocalDayShort(date: string): string {
  return dateFormat({ day: '2-digit', month: '2-digit', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** The date `YYYY-MM-DD` that an instant has in a zone. */
export function localDateOf(instant: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));
}

/** The viewer's own IANA zone. */
function viewerTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The same instant on the viewer's clock and on the company's; `same` when they show one time of one day. */
export function bothClocks(
  instant: Instant,
  companyTimeZone: string,
  ownTimeZone: string = viewerTimeZone(),
): { here: string; there: string; same: boolean; otherDay: boolean } {
  const here = formatTime(instant, ownTimeZone);
  const there = formatTime(instant, companyTimeZone);
  const otherDay = localDateOf(instant, ownTimeZone) !== localDateOf(instant, companyTimeZone);
  return { here, there, same: here === there && !otherDay, otherDay };
}

/** `через 12 мин`, `2 ч назад`: distance from `now`, in the largest unit that fits. */
export function formatRelative(instant: Instant, now: Instant): string {
  const seconds = (new Date(instant).getTime() - new Date(now).getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(readLocale(), { style: 'short', numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return format.format(0, 'minute');
  if (size < 3600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

/** A running clock: `0:47`, `12:05`, `1:02:03`. Negative counts as zero. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A sum of time in words: `3 ч 12 мин`, `40 с`. */
export function formatDurationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const unit = (value: number, name: 'hour' | 'minute' | 'second'): string =>
    new Intl.NumberFormat(readLocale(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (whole < 60) return unit(whole, 'second');
  const minutes = Math.floor((whole % 3600) / 60);
  if (whole < 3600) return unit(minutes, 'minute');
  const hours = unit(Math.floor(whole / 3600), 'hour');
  return minutes === 0 ? hours : `${hours} ${unit(minutes, 'minute')}`;
}

/** `+7 343 227 12 13`; a number that cannot be read is shown as it is. */
export function formatPhone(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone, 'RU');
  return parsed?.isPossible() ? parsed.formatInternational().replaceAll(' ', '\u00A0') : phone;
}

/** Whole numbers grouped by the language's rules: `20 000`. */
export function formatNumber(value: number, maximumFractionDigits = 0): string {
  return new Intl.NumberFormat(readLocale(), { maximumFractionDigits }).format(value);
}

/** A share from 0 to 1 as a percentage: `37 %`. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(readLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Roubles without kopecks: `1 250 000 ₽`. */
export function formatMoney(roubles: number): string {
  return new Intl.NumberFormat(readLocale(), {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(roubles);
}

/** The form that the language wants for a count; messages with many forms belong in the message files. */
export function pluralForm(count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string {
  return forms[new Intl.PluralRules(readLocale()).select(count)] ?? forms.other;
}

/** Two letters for a face that has no picture: `ИМ` for `Иванова Мария`. */
export function initials(name: string): string {
  const letters = name
    .trim()
    .split(/\s+/)
    .map((word) => word.match(/\p{L}|\p{N}/u)?.[0] ?? '');
  return letters.join('').slice(0, 2).toLocaleUpperCase(readLocale());
}
