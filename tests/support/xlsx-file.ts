import { zipFile, type ZipPart } from './zip-file.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

export interface XlsxSheet {
  name: string;
  /** What stands between `<sheetData>` and its end. */
  rows: string;
  state?: 'hidden';
}

export interface XlsxBook {
  /** In the order in which the book names them; their parts lie in the zip the other way round, as some programs leave them. */
  sheets: readonly XlsxSheet[];
  /** Shared texts as XML: what stands inside of each `<si>`. */
  texts?: readonly string[];
  /** What stands inside of `<styleSheet>`. */
  styles?: string;
  countsFrom1904?: boolean;
}

const relations = (items: readonly (readonly [id: string, kind: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The parts of a workbook, written by hand: sheets before the texts that they number. */
export function xlsxParts({ sheets, texts, styles, countsFrom1904 = false }: XlsxBook): ZipPart[] {
  const names = sheets
    .map(({ name, state = 'visible' }, index) => `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`)
    .join('');
  return [
    ...sheets
      .map(({ rows }, index) => ({
        name: `xl/worksheets/sheet${sheets.length - index}.xml`,
        content: `<?xml version="1.0" encoding="UTF-8"?><worksheet ${main}><sheetData>${rows}</sheetData><mergeCells/></worksheet>`,
      }))
      .reverse(),
    { name: '_rels/.rels', content: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${main} xmlns:r="${office}"><workbookPr date1904="${countsFrom1904 ? 1 : 0}"/><sheets>${names}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ...sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `/xl/worksheets/sheet${sheets.length - index}.xml`] as const),
        ...(texts ? [['texts', 'sharedStrings', 'sharedStrings.xml'] as const] : []),
        ...(styles === undefined ? [] : [['styles', 'styles', 'styles.xml'] as const]),
      ]),
    },
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', content: `<styleSheet ${main}>${styles}</styleSheet>` }]),
    ...(texts ? [{ name: 'xl/sharedStrings.xml', content: `<sst ${main}>${texts.map((text) => `<si>${text}</si>`).join('')}</sst>` }] : []),
  ];
}

export const xlsxFile = (book: XlsxBook): Buffer => zipFile(xlsxParts(book));

/** A row of texts that stand in the sheet itself. */
export const inlineRow = (line: number, words: readonly string[]): string =>
  `<row r="${line}">${words.map((word) => `<c t="inlineStr"><is><t>${word}</t></is></c>`).join('')}</row>`;

/** A row of shared texts by their numbers. */
export const sharedRow = (line: number, numbers: readonly number[]): string =>
  `<row r="${line}">${numbers.map((number) => `<c t="s"><v>${number}</v></c>`).join('')}</row>`;
