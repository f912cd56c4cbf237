/** Lower case, «ё» as «е», one space between words, no commas and no «в», «на», `at`, `on` that carry no meaning. */
export function normalizePhrase(phrase: string): string {
  return phrase
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/(\d)t(\d)/g, '$1 $2')
    .replace(/[,;]/g, ' ')
    .replace(/(^|\s)(в|во|на|к|at|on|by|the)(?=\s)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** ISO weekday of a word, 1 is Monday; null when it is none. */
export function weekdayOfWord(word: string): number | null {
  const found = weekdays.findIndex((forms) => forms.test(word));
  return found < 0 ? null : found + 1;
}

const weekdays = [
  /^(пн|понедельник\S*|mon|monday)$/,
  /^(вт|вторник\S*|tue|tues|tuesday)$/,
  /^(ср|сред[ауы]|wed|wednesday)$/,
  /^(чт|четверг\S*|thu|thur|thurs|thursday)$/,
  /^(пт|пятниц\S*|fri|friday)$/,
  /^(сб|суббот\S*|sat|saturday)$/,
  /^(вс|воскресень\S*|sun|sunday)$/,
] as const;

/** Month 1–12 of a word's beginning («ноября», `nov`), or null. */
export function monthOfWord(word: string): number | null {
  const found = months.findIndex((beginnings) => beginnings.some((beginning) => word.startsWith(beginning)));
  return found < 0 ? null : found + 1;
}

const months = [
  ['янв', 'jan'],
  ['фев', 'feb'],
  ['мар', 'mar'],
  ['апр', 'apr'],
  ['май', 'мая', 'may'],
  ['июн', 'jun'],
  ['июл', 'jul'],
  ['авг', 'aug'],
  ['сен', 'sep'],
  ['окт', 'oct'],
  ['ноя', 'nov'],
  ['дек', 'dec'],
] as const;
