/** Longest first: «закрытое акционерное общество» must go before «акционерное общество». */
const legalForms = [
  'индивидуальный предприниматель',
  'общество с ограниченной ответственностью',
  'непубличное акционерное общество',
  'публичное акционерное общество',
  'закрытое акционерное общество',
  'открытое акционерное общество',
  'акционерное общество',
  'производственный кооператив',
  'ооо',
  'зао',
  'оао',
  'пао',
  'нао',
  'ао',
  'ип',
  'тоо',
  'llc',
  'ltd',
  'gmbh',
  'inc',
];

const wordsOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[«»"'`„“”.,;()]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/**
 * A company's name without its legal form, quotes and case: half of the key of a duplicate (the other is the region).
 * A name that is nothing but a legal form stays as it is.
 */
export function normalizeCompanyName(name: string): string {
  const words = wordsOf(name);
  for (const form of legalForms) {
    if (words.startsWith(`${form} `)) return words.slice(form.length + 1);
    if (words.endsWith(` ${form}`)) return words.slice(0, -form.length - 1);
  }
  return words;
}
