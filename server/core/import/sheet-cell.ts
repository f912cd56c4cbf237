/** How a cell of a sheet says what it holds (the attribute `t`), its raw value, and what its style and its book add to that. */
export interface SheetCell {
  type: string;
  value: string;
  /** Its style shows a number as a day or a time. */
  isDate: boolean;
  /** Days of this book are counted from 1904 (old Macs), not from 1900. */
  countsFrom1904: boolean;
}

/** Numbers of the formats that every table program knows without being told, days and times of all languages among them. */
const builtInDateFormats: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];
const lastDay = 2_958_465;
const daysBefore1904 = 1_462;

/** Whether a number format shows days or times; `code` is what the book itself says of the format, if it does. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDateFormats.some(([first, last]) => id >= first && id <= last);
  const [positive = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '').split(';');
  return !/^(general|standard)$/iu.test(positive) && /[dmyhs]/iu.test(positive);
}

/** Characters that a sheet cannot hold as they are stand in it as `_x000A_`. */
export const unescapedText = (text: string): string =>
  text.replaceAll(/_x([0-9a-f]{4})_/giu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function dayOrTime(serial: number): string {
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400) * 1000).toISOString();
  return serial < 1 ? at.slice(11, 16) : at.slice(0, 10);
}

/** A cell as text, but for shared texts: what the sheet shows of a formula, never the formula run; days as 2026-11-23, times as 09:30. */
export function textOfSheetCell({ type, value, isDate, countsFrom1904 }: SheetCell): string {
  switch (type) {
    case 'str':
    case 'inlineStr':
      return unescapedText(value);
    case 'b':
      return value.trim() === '1' ? 'true' : 'false';
    case 'e':
      return '';
    case 'd':
      return value.slice(0, 10);
    default: {
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) return value;
      const serial = number + (countsFrom1904 ? daysBefore1904 : 0);
      if (isDate && number >= 0 && serial < lastDay + 1) return dayOrTime(number < 1 ? number : serial);
      // A file keeps seventeen digits of a number; people see fifteen.
      return String(Number(number.toPrecision(15)));
    }
  }
}
