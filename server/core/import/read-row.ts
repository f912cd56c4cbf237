import type { Category, CompanyFacts, ContactRole } from './company-facts.ts';
import { normalizeCompanyName } from './company-name.ts';
import type { ColumnMapping, ImportField } from './fields.ts';
import { readPhone, splitPhones, type ImportedPhone } from './phones.ts';
import { placeKey, regionNamed, regionOfPhone, regionOfTown, type Region } from './regions.ts';

/** One row of a file as its reader gives it; a cell is text whatever it looked like. */
export interface SourceRow {
  /** Line of a text file, row of a sheet, from 1. */
  line: number;
  cells: readonly string[];
}

export interface RowContext {
  headers: readonly string[];
  mapping: ColumnMapping;
  /** ISO code: national numbers are meant of this country. */
  country: string;
  /** Zone of companies about whose place nothing is known. */
  defaultTimeZone: string;
  /** Regions of the base by `placeKey`; what they say goes before the built-in table. */
  regions: ReadonlyMap<string, Region>;
  /** Skills of the base by `skillKey`. */
  skills: ReadonlyMap<string, string>;
  isTimeZone(name: string): boolean;
}

export interface RowProblem {
  line: number;
  column: string | null;
  code:
    | 'nameMissing'
    | 'cellTooLong'
    | 'brokenEncoding'
    | 'phoneUnreadable'
    | 'phoneSkipped'
    | 'taxNumberWrong'
    | 'categoryUnknown'
    | 'timeZoneUnknown'
    | 'skillUnknown'
    | 'emailWrong';
  reason: string;
  value: string | null;
}

/** A row understood, with whether its zone and category were said rather than assumed. */
export interface CompanyDraft {
  line: number;
  facts: CompanyFacts;
  saidTimeZone: boolean;
  saidCategory: boolean;
}

/** `draft` is null when the row cannot be taken; problems may also stand beside a draft (a second number that nobody can read). */
export interface RowReading {
  draft: CompanyDraft | null;
  problems: RowProblem[];
}

const longestCell = 10_000;
const roles: ReadonlyMap<string, ContactRole> = new Map([
  ['лпр', 'decisionMaker'],
  ['decisionmaker', 'decisionMaker'],
  ['decision maker', 'decisionMaker'],
  ['лвр', 'influencer'],
  ['influencer', 'influencer'],
  ['лфр', 'shapesDecision'],
  ['секретарь', 'gatekeeper'],
  ['gatekeeper', 'gatekeeper'],
]);
const latinCategory: Readonly<Record<string, Category>> = { A: 'A', B: 'B', C: 'C', А: 'A', В: 'B', С: 'C', Б: 'B' };

/** The row being read: its cells by field, and what is wrong with it. */
class RowReader {
  readonly problems: RowProblem[] = [];
  private rejected = false;
  private readonly row: SourceRow;
  private readonly context: RowContext;

  constructor(row: SourceRow, context: RowContext) {
    this.row = row;
    this.context = context;
  }

  /** A call, not a property: what is read in between may reject the row. */
  isRejected(): boolean {
    return this.rejected;
  }

  /** Filled cells of a field with their headers. */
  all(field: ImportField): { header: string; text: string }[] {
    return this.context.headers.flatMap((header, index) => {
      // The apostrophe that our own export puts before a formula (inert-cell.ts) is no part of the text.
      const text = this.row.cells[index]?.trim().replace(/^'(?=[=+\-@])/u, '') ?? '';
      return this.context.mapping[header] === field && text !== '' ? [{ header, text }] : [];
    });
  }

  one(field: ImportField): { header: string; text: string } | null {
    return this.all(field)[0] ?? null;
  }

  text(field: ImportField): string | null {
    return this.one(field)?.text ?? null;
  }

  note(code: RowProblem['code'], reason: string, cell: { header: string; text: string } | null): void {
    // The base takes neither NUL nor half a character, not even in the report about them.
    const value = cell?.text.slice(0, 200).replaceAll(/[\0\p{Cs}]/gu, '\uFFFD') ?? null;
    this.problems.push({ line: this.row.line, column: cell?.header ?? null, code, reason, value });
  }

  reject(code: RowProblem['code'], reason: string, cell: { header: string; text: string } | null = null): void {
    this.rejected = true;
    this.note(code, reason, cell);
  }

  rejectUnreadableCells(): void {
    for (const [index, text] of this.row.cells.entries()) {
      const cell = { header: this.context.headers[index] ?? `Столбец ${index + 1}`, text };
      if (text.length > longestCell) this.reject('cellTooLong', `В ячейке ${text.length} знаков, можно не больше ${longestCell}`, cell);
      else if (/[\0\uFFFD\p{Cs}]/u.test(text)) this.reject('brokenEncoding', 'Буквы в ячейке испорчены: проверьте кодировку файла', cell);
    }
  }
}

/** Digits of a tax number. A number cell has lost its leading zero: 9 digits are 10 and 11 are 12 in Russia. Its check digit is not asked for: a typo in a bought list must not cost a company. */
function readTaxNumber(reader: RowReader, country: string): string | null {
  const cell = reader.one('taxNumber');
  if (cell === null) return null;
  const digits = cell.text.replaceAll(/[\s-]/gu, '').replace(/\.0+$/u, '');
  const padded = country === 'RU' && /^(\d{9}|\d{11})$/u.test(digits) ? `0${digits}` : digits;
  if (/^(\d{9}|\d{10}|\d{12})$/u.test(padded)) return padded;
  reader.reject('taxNumberWrong', 'ИНН — это 10 или 12 цифр', cell);
  return null;
}

function readPhones(reader: RowReader, country: string): ImportedPhone[] {
  const cells = reader.all('phone').flatMap(({ header, text }) => {
    const numbers = splitPhones(text);
    return numbers.length > 0 ? numbers.map((number) => ({ header, text: number })) : [{ header, text }];
  });
  const read = cells.map((cell) => ({ cell, phone: readPhone(cell.text, country) }));
  const good = read.flatMap(({ phone }) => (phone ? [phone] : []));
  for (const { cell, phone } of read) {
    if (phone) continue;
    if (good.length > 0) reader.note('phoneSkipped', 'Номер не разобран, компания загружена без него', cell);
    else reader.reject('phoneUnreadable', 'По этому номеру нельзя позвонить', cell);
  }
  return good.filter((phone, index) => good.findIndex((other) => other.e164 === phone.e164) === index);
}

function readCategory(reader: RowReader): Category | null {
  const cell = reader.one('category');
  if (cell === null) return null;
  const category = latinCategory[cell.text.toUpperCase()];
  if (category === undefined) reader.reject('categoryUnknown', 'Категория — A, B или C', cell);
  return category ?? null;
}

function readTimeZone(reader: RowReader, context: RowContext): string | null {
  const cell = reader.one('timeZone');
  if (cell === null) return null;
  if (context.isTimeZone(cell.text)) return cell.text;
  // «МСК+2» and «UTC+5» are how Russian lists write zones; Etc/GMT has its sign turned round.
  const offset = /^(?:(мск|msk)|utc|gmt)\s*([+-]\s*\d{1,2})?(?::00)?$/iu.exec(cell.text);
  const hours = offset ? Number(offset[2]?.replaceAll(' ', '') ?? 0) + (offset[1] ? 3 : 0) : NaN;
  const zone = zoneOfOffset(hours);
  if (zone === null) reader.reject('timeZoneUnknown', 'Часовой пояс не узнан: напишите, например, Asia/Yekaterinburg или МСК+2', cell);
  return zone;
}

const zonesByOffset: Readonly<Record<number, string>> = {
  2: 'Europe/Kaliningrad',
  3: 'Europe/Moscow',
  4: 'Europe/Samara',
  5: 'Asia/Yekaterinburg',
  6: 'Asia/Omsk',
  7: 'Asia/Krasnoyarsk',
  8: 'Asia/Irkutsk',
  9: 'Asia/Yakutsk',
  10: 'Asia/Vladivostok',
  11: 'Asia/Magadan',
  12: 'Asia/Kamchatka',
};
const zoneOfOffset = (hours: number): string | null => zonesByOffset[hours] ?? null;

/** What skills are told apart by. */
export const skillKey = (name: string): string => name.trim().toLowerCase().replaceAll('ё', 'е');

/** Unlike a region or a source it is never made: nobody could call what asks for a skill that nobody has, least of all one with a typo. */
function readSkill(reader: RowReader, context: RowContext): string | null {
  const cell = reader.one('skill');
  if (cell === null) return null;
  const skill = context.skills.get(skillKey(cell.text));
  if (skill === undefined)
    reader.reject('skillUnknown', 'Такого навыка нет в справочнике: заведите его или поправьте; в ячейке может стоять один', cell);
  return skill ?? null;
}

/** The region as the base spells it, else as the table does, else as the file does; without one, the town's. */
function readRegion(reader: RowReader, context: RowContext): { name: string; timeZone: string | null } | null {
  const said = reader.text('region');
  if (said !== null) {
    const table = regionNamed(said);
    return (
      context.regions.get(placeKey(said)) ??
      (table && (context.regions.get(placeKey(table.name)) ?? table)) ?? { name: said, timeZone: null }
    );
  }
  const town = reader.text('city');
  const ofTown = town === null ? null : regionOfTown(town);
  return ofTown && (context.regions.get(placeKey(ofTown.name)) ?? ofTown);
}

function readEmail(reader: RowReader): string | null {
  const cell = reader.one('email');
  if (cell === null) return null;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(cell.text)) return cell.text.toLowerCase();
  reader.note('emailWrong', 'Это не адрес почты, компания загружена без него', cell);
  return null;
}

/** Reads one row. The zone is the row's own, else its region's, else that of the first landline's area code, else the default. */
export function readRow(row: SourceRow, context: RowContext): RowReading {
  const reader = new RowReader(row, context);
  reader.rejectUnreadableCells();
  if (reader.isRejected()) return { draft: null, problems: reader.problems };
  const name = reader.text('name') ?? reader.text('legalName');
  if (name === null) reader.reject('nameMissing', 'Нет названия компании');
  const phones = readPhones(reader, context.country);
  const taxNumber = readTaxNumber(reader, context.country);
  const category = readCategory(reader);
  const timeZone = readTimeZone(reader, context);
  const skill = readSkill(reader, context);
  const email = readEmail(reader);
  if (reader.isRejected() || name === null) return { draft: null, problems: reader.problems };
  const region = readRegion(reader, context);
  const byPhone = phones.map((phone) => regionOfPhone(phone.e164)).find((found) => found !== null);
  const contactName = reader.text('contactName');
  const kept = reader.all('keep').map(({ header, text }) => [header, text] as const);
  const facts: CompanyFacts = {
    name,
    normalizedName: normalizeCompanyName(name),
    legalName: reader.text('legalName'),
    taxNumber,
    region: region?.name ?? null,
    city: reader.text('city'),
    address: reader.text('address'),
    timeZone: timeZone ?? region?.timeZone ?? byPhone?.timeZone ?? context.defaultTimeZone,
    category: category ?? 'C',
    channel: reader.text('channel'),
    subchannel: reader.text('channel') === null ? null : reader.text('subchannel'),
    source: reader.text('source'),
    skill,
    site: reader.text('site'),
    notes: reader
      .all('notes')
      .map(({ text }) => text)
      .join('\n'),
    fields: Object.fromEntries(email !== null && contactName === null ? [...kept, ['E-mail', email]] : kept),
    phones: phones.map((phone) => ({ ...phone, contactName })),
    contacts:
      contactName === null
        ? []
        : [
            {
              name: contactName,
              position: reader.text('contactPosition'),
              role: roles.get(reader.text('contactRole')?.toLowerCase() ?? '') ?? 'unknown',
              email,
            },
          ],
  };
  return { draft: { line: row.line, facts, saidTimeZone: timeZone !== null, saidCategory: category !== null }, problems: reader.problems };
}
