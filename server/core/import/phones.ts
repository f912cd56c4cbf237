import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

export interface ImportedPhone {
  /** With the leading plus. */
  e164: string;
  extension: string | null;
}

/** Words for an extension that the library does not know, as Russian files write them. */
const extensionWord = /(?:\(?\s*(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext|x|#)\.?\s*:?\s*)(\d{1,7})\s*\)?\s*$/iu;
/** A comma may also stand before an extension: «…, доб. 12» is one number. */
const between = /[;\n\r|]+|\s\/\s|\/|,(?!\s*(?:доб|вн|ext|#|x))/iu;
/** A second number written after a space with its own plus or 8: «+7… +7…». */
const nextNumber = /(?<=\d)\s+(?=\+\d)/u;

/** The numbers in one cell, as texts. */
export function splitPhones(cell: string): string[] {
  return cell
    .split(between)
    .flatMap((part) => part.split(nextNumber))
    .map((part) => part.trim())
    .filter((part) => /\d/u.test(part));
}

/**
 * One number as E.164 with its extension; null when nobody could dial it.
 * Possible length is enough: numbering plans change faster than any table, and the carrier has the last word.
 * @param country ISO code of the country whose national numbers are meant when no plus stands before
 */
export function readPhone(text: string, country: string): ImportedPhone | null {
  const extension = extensionWord.exec(text)?.[1] ?? null;
  const number = extension === null ? text : text.replace(extensionWord, '');
  const digits = number.replaceAll(/\D/gu, '');
  // A number cell loses its plus: eleven digits from 7 on are Russian whatever the country.
  const spelled = /^7\d{10}$/u.test(digits) && country === 'RU' ? `+${digits}` : number;
  const parsed = isSupportedCountry(country) ? parsePhoneNumberFromString(spelled, country) : parsePhoneNumberFromString(spelled);
  if (!parsed?.isPossible()) return null;
  return { e164: parsed.number, extension: extension ?? parsed.ext ?? null };
}
