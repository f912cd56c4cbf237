/**
 * A date as people type it, day first in both languages: `24.11.2026`, `24/11/26`, `24.11`, or ISO `2026-11-24`.
 * Without a year it is the next such day. Null when there is no such day.
 * @param today `YYYY-MM-DD`
 */
export function readTypedDate(text: string, today: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (iso) return isoDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const typed = /^(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{2}|\d{4}))?\.?$/.exec(text.trim());
  if (!typed) return null;
  const [day, month] = [Number(typed[1]), Number(typed[2])];
  const thisYear = Number(today.slice(0, 4));
  if (typed[3] !== undefined) return isoDate(typed[3].length === 2 ? 2000 + Number(typed[3]) : Number(typed[3]), month, day);
  const soon = isoDate(thisYear, month, day);
  return soon !== null && soon >= today ? soon : isoDate(thisYear + 1, month, day);
}

function isoDate(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  // A day that the month does not have rolls over into the next one; nobody meant that.
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : null;
}

/** `2026-11-24` as the language writes it: `24.11.2026`, `24/11/2026`. */
export function writeDate(iso: string, locale: 'ru' | 'en'): string {
  return iso
    .split('-')
    .toReversed()
    .join(locale === 'ru' ? '.' : '/');
}
