import type { CallingHours } from './calling-hours.ts';

/** A part of a phrase that says when in a day. `isSure` is false for a bare number that may as well be a date. */
export type PhraseClock =
  | { kind: 'time'; hour: number; minute: number; isSure: boolean }
  | { kind: 'part'; from: string; to: string; isSure: true };

/** A distance from now: «через 2 часа», «через 15 мин», `in 2 hours`, «через полчаса»; null when the phrase is none. */
export function spanOfPhrase(text: string): { minutes: number } | { hours: number } | { days: number } | null {
  if (/^(через )?полчаса$|^(in )?half an hour$/.test(text)) return { minutes: 30 };
  const found = /^(?:через|in|\+) ?(?:(\d+(?:\.5)?|полтора|пару?|an?) ?)?([a-zа-я]+)\.?$/.exec(text);
  if (!found) return null;
  const count = countOf(found[1]);
  const unit = found[2] ?? '';
  if (/^(м|мин|минут[уы]?|m|min|mins|minutes?)$/.test(unit)) return { minutes: count };
  if (/^(ч|час|часа|часов|часик|h|hours?)$/.test(unit)) return { minutes: count * 60 };
  if (/^(д|дн|день|дня|дней|days?)$/.test(unit)) return { days: count };
  if (/^(нед|недел[яюиь]|недель|weeks?)$/.test(unit)) return { days: count * 7 };
  return null;
}

function countOf(word: string | undefined): number {
  if (word === undefined || word.startsWith('a')) return 1;
  if (word === 'полтора') return 1.5;
  return word.startsWith('пар') ? 2 : Number(word);
}

/** The time of day that a phrase ends with: `11`, `11:30`, `11-30`, `3pm`, «утром», `after lunch`; nothing left is null. */
export function clockOfPhrase(text: string, hours: CallingHours): PhraseClock | null {
  const part = partOfDay(text, hours);
  if (part) return { kind: 'part', ...part, isSure: true };
  const found = /^(\d{1,2})(?:[:.\- ](\d{2}))? ?(am|pm|утра|дня|вечера|ч|час\S*|h)?$/.exec(text);
  if (!found) return null;
  const hour = hourOnClock(Number(found[1]), found[3]);
  const minute = Number(found[2] ?? 0);
  if (hour > 23 || minute > 59) return null;
  return { kind: 'time', hour, minute, isSure: found[2] !== undefined || found[3] !== undefined || Number(found[1]) >= 7 };
}

/** Between 1 and 6 nobody is called at night: «в 3» said by an office is 15:00. */
function hourOnClock(hour: number, word: string | undefined): number {
  if (word === 'am' || word === 'утра') return hour === 12 ? 0 : hour;
  if (word === 'pm' || word === 'дня' || word === 'вечера') return hour < 12 ? hour + 12 : hour;
  return hour >= 1 && hour <= 6 ? hour + 12 : hour;
}

function partOfDay(text: string, hours: CallingHours): { from: string; to: string } | null {
  if (/^(утром|с утра|утро|morning|in morning|until noon|before lunch|до обеда|перв\S+ половин\S+( дня)?)$/.test(text)) {
    return { from: hours.from, to: hours.middayAt };
  }
  if (/^(после обеда|днем|afternoon|in afternoon|after lunch|втор\S+ половин\S+( дня)?)$/.test(text)) {
    return { from: hours.middayAt, to: hours.to };
  }
  if (/^(вечером|под вечер|конец дня|evening|in evening|end of day)$/.test(text)) return { from: hoursBefore(hours, 2), to: hours.to };
  if (/^(обед|обедом|noon)$/.test(text)) return { from: hoursFrom(hours.middayAt, -1), to: hoursFrom(hours.middayAt, 1) };
  return null;
}

/** The end of the day begins so many hours before it, never before midday. */
function hoursBefore(hours: CallingHours, count: number): string {
  const begins = hoursFrom(hours.to, -count);
  return begins < hours.middayAt ? hours.middayAt : begins;
}

/** A time of day so many hours away from another, inside the same day. */
function hoursFrom(clock: string, count: number): string {
  const hour = Math.min(23, Math.max(0, Number(clock.slice(0, 2)) + count));
  return `${String(hour).padStart(2, '0')}${clock.slice(2)}`;
}
