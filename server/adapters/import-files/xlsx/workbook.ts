import path from 'node:path';
import { UnreadableFile } from '../../../app/ports/import-files.ts';
import { isDateFormat } from '../../../core/import/sheet-cell.ts';
import { xmlItems, type Attributes } from './xml-items.ts';
import type { ZipParts } from './zip-parts.ts';

/** Which parts of the file make its table, and how its cells are meant. */
export interface Workbook {
  sheetPart: string;
  textsPart: string | null;
  /** Numbers of the styles that show a number as a day or a time. */
  dateStyles: ReadonlySet<number>;
  countsFrom1904: boolean;
}

interface Element {
  parent: string;
  name: string;
  attributes: Attributes;
}

async function* elementsOf(zip: ZipParts, part: string): AsyncGenerator<Element> {
  const parents: string[] = [];
  const found = xmlItems<Element>(await zip.stream(part), (give) => ({
    opened: (name, attributes) => {
      give({ parent: parents.at(-1) ?? '', name, attributes });
      parents.push(name);
    },
    closed: () => {
      parents.pop();
      return false;
    },
  }));
  for await (const elements of found) yield* elements;
}

interface Relation {
  type: string;
  part: string;
}

/** What a part points to, by the ids that it uses; the last word of the type's address is its kind, in both dialects of the format. */
async function relationsOf(zip: ZipParts, part: string): Promise<Map<string, Relation>> {
  const folder = path.posix.dirname(part);
  const relations = new Map<string, Relation>();
  for await (const { name, attributes } of elementsOf(zip, path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`))) {
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
    if (name === 'Relationship')
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: path.posix.resolve('/', folder, target).slice(1) });
  }
  return relations;
}

const partOfKind = (relations: ReadonlyMap<string, Relation>, kind: string): string | null =>
  [...relations.values()].find(({ type }) => type === kind)?.part ?? null;

/** The attribute `r:id`, whatever the file calls its prefix. */
const relationIdOf = (attributes: Attributes): string => Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** Styles whose number format is of days or times. */
async function dateStylesOf(zip: ZipParts, part: string | null): Promise<Set<number>> {
  const dates = new Set<number>();
  if (part === null || !zip.has(part)) return dates;
  const codes = new Map<number, string>();
  let style = 0;
  for await (const { parent, name, attributes } of elementsOf(zip, part)) {
    if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    if (parent !== 'cellXfs' || name !== 'xf') continue;
    const format = Number(attributes['numFmtId'] ?? 0);
    if (isDateFormat(format, codes.get(format))) dates.add(style);
    style += 1;
  }
  return dates;
}

/** Finds the list in a book: the first sheet that it names and that is not hidden; others are somebody's notes. */
export async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  const bookPart = partOfKind(await relationsOf(zip, ''), 'officeDocument');
  if (bookPart === null) throw new UnreadableFile('Это не таблица XLSX');
  const relations = await relationsOf(zip, bookPart);
  const sheets: { part: string; hidden: boolean }[] = [];
  let countsFrom1904 = false;
  for await (const { name, attributes } of elementsOf(zip, bookPart)) {
    if (name === 'workbookPr') countsFrom1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    const relation = name === 'sheet' ? relations.get(relationIdOf(attributes)) : undefined;
    if (relation?.type === 'worksheet') sheets.push({ part: relation.part, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
  }
  const sheet = sheets.find(({ hidden }) => !hidden) ?? sheets[0];
  if (!sheet) throw new UnreadableFile('В файле нет ни одного листа');
  const textsPart = partOfKind(relations, 'sharedStrings');
  return {
    sheetPart: sheet.part,
    textsPart: textsPart !== null && zip.has(textsPart) ? textsPart : null,
    dateStyles: await dateStylesOf(zip, partOfKind(relations, 'styles')),
    countsFrom1904,
  };
}
