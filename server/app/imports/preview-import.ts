import type { ImportPreview } from '../../contract/http/imports.ts';
import { settleMapping } from '../../core/import/fields.ts';
import type { SourceRow } from '../../core/import/read-row.ts';
import type { StoredImportFile } from '../ports/import-files.ts';
import { headerHashOf, readTable, type ImportParts } from './start-import.ts';

const shownRows = 8;
const shownCharacters = 200;

async function firstRows(rows: AsyncIterable<SourceRow>): Promise<SourceRow[]> {
  const first: SourceRow[] = [];
  for await (const row of rows) {
    first.push({ line: row.line, cells: row.cells.map((cell) => cell.slice(0, shownCharacters)) });
    if (first.length === shownRows) break;
  }
  return first;
}

/** What a file holds and what its columns seem to mean; the file is not kept. */
export async function previewImport(app: ImportParts, file: StoredImportFile, fileName: string): Promise<ImportPreview> {
  try {
    return await readTable(app.importFiles, file.storagePath, async (table) => {
      const remembered = await app.unitOfWork.run((stores) => stores.imports.rememberedMapping(headerHashOf(table.headers)));
      return {
        fileName,
        format: table.format,
        headers: table.headers,
        mapping: settleMapping(table.headers, remembered ?? {}, {}),
        remembered: remembered !== null,
        rows: (await firstRows(table.rows())).map((row) => ({
          line: row.line,
          cells: table.headers.map((_, index) => row.cells[index] ?? ''),
        })),
      };
    });
  } finally {
    await app.importFiles.remove(file.storagePath);
  }
}
