import { DateTime } from 'luxon';
import { dayOfPhrase } from './phrase-day.ts';
import { clockOfPhrase, spanOfPhrase } from './phrase-clock.ts';
import { normalizePhrase } from './phrase-words.ts';
import type { CallingHours } from './calling-hours.ts';

/** What a typed phrase means on the company's clock: an exact wall time, or a window of a day. */
export type PhraseMeaning =
  | { kind: 'exact'; localTime: string }
  | { kind: 'window'; day: string; from: string; to: string; lastDay?: string };

/** `YYYY-MM-DDTHH:mm`, the wire's wall time. */
export const wallTimeFormat = "yyyy-MM-dd'T'HH:mm";

/**
 * Reads «завтра 11», «пн утром», «через 2 часа», `tomorrow 11`, `2026-11-24 15:30`, `24.11 15:30` on the company's clock.
 * A time without a day is today when it is still ahead, else tomorrow. Null when the phrase says no time.
 * @param nowMilliseconds the instant now
 * @param timeZone the company's IANA zone
 * @param hours what a morning, an afternoon and a whole day are
 */
export function readPromisePhrase(phrase: string, nowMilliseconds: number, timeZone: string, hours: CallingHours): PhraseMeaning | null {
  const now = DateTime.fromMillis(nowMilliseconds, { zone: timeZone });
  const text = normalizePhrase(phrase);
  if (!now.isValid || text === '') return null;
  const span = spanOfPhrase(text);
  if (span) return exact(roundedUp(now.plus(span), 'days' in span ? 15 : 5));
  const day = dayOfPhrase(text, now);
  if (day?.lastDay) {
    return { kind: 'window', day: isoDay(day.first), from: hours.from, to: hours.to, lastDay: isoDay(day.lastDay) };
  }
  const clock = clockOfPhrase(day?.rest ?? text, hours);
  if (!clock || !(day || clock.isSure)) return null;
  if (clock.kind === 'part') {
    const first = day?.first ?? (clock.to > now.toFormat('HH:mm') ? now : now.plus({ days: 1 }));
    return { kind: 'window', day: isoDay(first), from: clock.from, to: clock.to };
  }
  const first = day?.first ?? now;
  const at = first.set({ hour: clock.hour, minute: clock.minute, second: 0, millisecond: 0 });
  return exact(day || at > now ? at : at.plus({ days: 1 }));
}

function exact(at: DateTime): PhraseMeaning {
  return { kind: 'exact', localTime: at.toFormat(wallTimeFormat) };
}

function isoDay(at: DateTime): string {
  return at.toFormat('yyyy-MM-dd');
}

function roundedUp(at: DateTime, minutes: number): DateTime {
  const whole = at.startOf('minute');
  const over = whole.minute % minutes;
  return over === 0 ? whole : whole.plus({ minutes: minutes - over });
}
