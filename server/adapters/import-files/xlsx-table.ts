import { UnreadableFile, type ImportTable } from '../../app/ports/import-files.ts';
import { uniqueHeaders } from '../../core/import/fields.ts';
import type { SourceRow } from '../../core/import/read-row.ts';
import { SharedTexts } from './xlsx/shared-texts.ts';
import { sheetRows } from './xlsx/sheet-rows.ts';
import { readWorkbook } from './xlsx/workbook.ts';
import { ZipParts } from './xlsx/zip-parts.ts';

/** What the disk or the machine refuses says nothing of the file; the rest of what may go wrong while one is read does. */
function inWords(error: unknown): unknown {
  if (error instanceof UnreadableFile || (error instanceof Error && 'syscall' in error)) return error;
  return new UnreadableFile('Файл не открывается как XLSX: сохраните его из таблицы заново', { cause: error });
}

async function* rowsInWords(rows: () => Promise<AsyncGenerator<SourceRow>>): AsyncGenerator<SourceRow> {
  try {
    yield* await rows();
  } catch (error) {
    throw inWords(error);
  }
}

async function tableOf(zip: ZipParts, path: string): Promise<{ table: ImportTable; texts: SharedTexts | null }> {
  const book = await readWorkbook(zip);
  const { textsPart } = book;
  const texts = textsPart === null ? null : await SharedTexts.open(() => zip.stream(textsPart), path);
  const all = (): AsyncGenerator<SourceRow> => rowsInWords(async () => sheetRows(await zip.stream(book.sheetPart), book, texts));
  let headers: string[] | null = null;
  try {
    for await (const row of all()) {
      headers = uniqueHeaders(row.cells);
      break;
    }
    if (headers === null) throw new UnreadableFile('В файле нет ни одной строки');
  } catch (error) {
    await texts?.close();
    throw error;
  }
  const rows = async function* (): AsyncGenerator<SourceRow> {
    let isHeader = true;
    for await (const row of all()) {
      if (!isHeader) yield row;
      isHeader = false;
    }
  };
  return { table: { format: 'XLSX', headers, rows }, texts };
}

/**
 * The first sheet of a workbook while `use` runs, read row by row; its texts wait in a file beside it. Ask for rows by one reader at a time.
 */
export async function withXlsx<Result>(path: string, use: (table: ImportTable) => Promise<Result>): Promise<Result> {
  const zip = await ZipParts.open(path).catch((error: unknown) => {
    throw inWords(error);
  });
  try {
    const { table, texts } = await tableOf(zip, path).catch((error: unknown) => {
      throw inWords(error);
    });
    try {
      return await use(table);
    } finally {
      await texts?.close();
    }
  } finally {
    zip.close();
  }
}
