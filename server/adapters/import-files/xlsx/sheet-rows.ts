import { UnreadableFile } from '../../../app/ports/import-files.ts';
import { textOfSheetCell } from '../../../core/import/sheet-cell.ts';
import type { SourceRow } from '../../../core/import/read-row.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { Workbook } from './workbook.ts';
import { xmlItems, type Attributes, type XmlListener } from './xml-items.ts';

/** The most that the format allows. */
const mostColumns = 16_384;
const mostRows = 1_048_576;

/** A row as the sheet writes it: a number stands for the shared text of that number. */
interface RawRow {
  line: number;
  cells: (string | number)[];
}

interface RawCell {
  column: number;
  type: string;
  style: number;
  value: string;
}

/** `AB12` → 28; a sheet may leave the place out, then it is the next one. */
function columnOf(place: string | undefined, next: number): number {
  const letters = place === undefined ? undefined : /^[A-Z]+/iu.exec(place)?.[0].toUpperCase();
  const column = letters === undefined ? next : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (column > mostColumns) throw new UnreadableFile(`В таблице больше ${mostColumns} столбцов`);
  return column;
}

function lineOf(said: string | undefined, next: number): number {
  const line = said === undefined ? next : Number(said);
  if (!Number.isInteger(line) || line < 1 || line > mostRows) throw new UnreadableFile(`В таблице больше ${mostRows} строк`);
  return line;
}

/** Listens to a sheet and gives its rows; what follows them (merges, print settings) is not read. */
class SheetListener implements XmlListener {
  readonly #give: (row: RawRow) => void;
  readonly #book: Workbook;
  #row: RawRow = { line: 0, cells: [] };
  #cell: RawCell | null = null;
  #listens = false;
  #inReading = false;

  constructor(give: (row: RawRow) => void, book: Workbook) {
    this.#give = give;
    this.#book = book;
  }

  opened(name: string, attributes: Attributes): void {
    switch (name) {
      case 'row':
        this.#row = { line: lineOf(attributes['r'], this.#row.line + 1), cells: [] };
        break;
      case 'c':
        this.#cell = {
          column: columnOf(attributes['r'], this.#row.cells.length + 1),
          type: attributes['t'] ?? 'n',
          style: Number(attributes['s'] ?? 0),
          value: '',
        };
        break;
      case 'rPh':
        this.#inReading = true;
        break;
      case 'v':
      case 't':
        this.#listens = !this.#inReading;
        break;
      default:
    }
  }

  text(text: string): void {
    if (this.#listens && this.#cell) this.#cell.value += text;
  }

  closed(name: string): boolean {
    switch (name) {
      case 'v':
      case 't':
        this.#listens = false;
        break;
      case 'rPh':
        this.#inReading = false;
        break;
      case 'c':
        this.#put();
        break;
      case 'row':
        this.#give(this.#row);
        break;
      default:
    }
    return name === 'sheetData';
  }

  #put(): void {
    if (!this.#cell) return;
    const { column, type, style, value } = this.#cell;
    this.#cell = null;
    // A cell that only has a frame or a colour.
    if (value === '') return;
    const { cells } = this.#row;
    while (cells.length < column) cells.push('');
    const { dateStyles, countsFrom1904 } = this.#book;
    cells[column - 1] = type === 's' ? Number(value) : textOfSheetCell({ type, value, isDate: dateStyles.has(style), countsFrom1904 });
  }
}

async function written(cells: readonly (string | number)[], texts: SharedTexts | null): Promise<string[]> {
  const words: string[] = [];
  for (const cell of cells) {
    if (typeof cell === 'string') words.push(cell);
    else if (texts !== null && Number.isInteger(cell) && cell >= 0) words.push(await texts.text(cell));
    else throw new UnreadableFile('В файле не хватает текстов ячеек: сохраните его как XLSX заново');
  }
  return words;
}

/** The rows of a sheet with their texts, blank ones left out. */
export async function* sheetRows(part: AsyncIterable<Uint8Array>, book: Workbook, texts: SharedTexts | null): AsyncGenerator<SourceRow> {
  for await (const rows of xmlItems<RawRow>(part, (give) => new SheetListener(give, book))) {
    for (const { line, cells } of rows) {
      const words = await written(cells, texts);
      if (words.some((word) => word.trim() !== '')) yield { line, cells: words };
    }
  }
}
