import ExcelJS from 'exceljs';
import { createReadStream } from 'node:fs';
import { UnreadableFile, type ImportTable } from '../../app/ports/import-files.ts';
import { uniqueHeaders } from '../../core/import/fields.ts';
import type { SourceRow } from '../../core/import/read-row.ts';

/** A cell as text: what the sheet shows of a formula, never the formula run; dates as days. */
function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('hyperlink' in value) return typeof value.text === 'string' ? value.text : textOf(value.text);
  if ('formula' in value || 'sharedFormula' in value) return textOf(value.result ?? null);
  if ('error' in value) return '';
  return '';
}

async function* records(path: string): AsyncGenerator<SourceRow> {
  const file = createReadStream(path);
  try {
    const workbook = new ExcelJS.stream.xlsx.WorkbookReader(file, {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    });
    for await (const worksheet of workbook) {
      for await (const row of worksheet) {
        const cells: string[] = [];
        for (let column = 1; column <= row.cellCount; column += 1) cells.push(textOf(row.getCell(column).value));
        if (cells.some((cell) => cell.trim() !== '')) yield { line: row.number, cells };
      }
      // The first sheet is the list; others are somebody's notes.
      return;
    }
  } catch (error) {
    throw new UnreadableFile('Файл не открывается как XLSX: сохраните его из таблицы заново', { cause: error });
  } finally {
    file.destroy();
  }
}

/** The first sheet of a workbook, read row by row. */
export async function openXlsx(path: string): Promise<ImportTable> {
  let headers: string[] | null = null;
  for await (const row of records(path)) {
    headers = uniqueHeaders(row.cells);
    break;
  }
  if (headers === null) throw new UnreadableFile('В файле нет ни одной строки');
  return {
    format: 'XLSX',
    headers,
    rows: async function* () {
      let isHeader = true;
      for await (const row of records(path)) {
        if (!isHeader) yield row;
        isHeader = false;
      }
    },
  };
}
