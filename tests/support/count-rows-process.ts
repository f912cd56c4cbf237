// A process that reads a stored table to its end and prints how many rows it has: node --import tsx count-rows-process.ts <folder> <file>.
import { diskImportFiles } from '../../server/adapters/import-files/disk-import-files.ts';

const [folder = '', storagePath = ''] = process.argv.slice(2);
const count = await diskImportFiles(folder).read(storagePath, async (table) => {
  let rows = 0;
  for await (const row of table.rows()) if (row.cells.every((cell) => cell.length > 90)) rows += 1;
  return rows;
});
process.stdout.write(String(count));
