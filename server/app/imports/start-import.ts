import { createHash } from 'node:crypto';
import { settleMapping, type ImportField } from '../../core/import/fields.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { UnreadableFile, type ImportFiles, type ImportTable, type StoredImportFile } from '../ports/import-files.ts';
import { invalid } from '../problem.ts';

export interface ImportParts extends AppContext {
  importFiles: ImportFiles;
}

export interface StartImportInput {
  file: StoredImportFile;
  fileName: string;
  /** Header → field; what is left out is remembered or detected. */
  mapping: Record<string, string>;
  listId: number | null;
  dryRun: boolean;
}

/** Two files with the same header row are of one kind, whatever the case of its words. */
export const headerHashOf = (headers: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(headers.map((header) => header.toLowerCase())))
    .digest('hex');

/** Reads a stored file; one that is no table is refused in words. */
export async function readTable<Result>(
  files: ImportFiles,
  storagePath: string,
  use: (table: ImportTable) => Promise<Result>,
): Promise<Result> {
  try {
    return await files.read(storagePath, use);
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid('file', 'unreadableFile', error.message);
    throw error;
  }
}

function refuseWithoutName(mapping: Record<string, ImportField>): void {
  const fields = Object.values(mapping);
  if (!fields.includes('name') && !fields.includes('legalName'))
    throw invalid('mapping', 'nameColumnMissing', 'Не найдена колонка с названием компании');
}

/** Lists ask for a skill, companies do not: it decides into which of them each one goes. */
function refuseSkillsWithoutList(mapping: Record<string, ImportField>, { listId, dryRun }: StartImportInput): void {
  if (listId === null && !dryRun && Object.values(mapping).includes('skill'))
    throw invalid('listId', 'skillNeedsList', 'Навык раскладывает компании по спискам: выберите список или пропустите эту колонку');
}

/** Writes the import down and leaves the work to the job `import.run`. The stored file is removed again when it is refused. */
export async function startImport(app: ImportParts, actor: Actor, input: StartImportInput): Promise<number> {
  const { file, fileName, listId, dryRun } = input;
  try {
    const headers = await readTable(app.importFiles, file.storagePath, (table) => Promise.resolve(table.headers));
    const headerHash = headerHashOf(headers);
    return await app.unitOfWork.run(async (stores) => {
      if (listId !== null && !(await stores.lists.find(listId))) throw invalid('listId', 'listAbsent', 'Такого списка нет');
      const remembered = await stores.imports.rememberedMapping(headerHash);
      const mapping = settleMapping(headers, remembered ?? {}, input.mapping);
      refuseWithoutName(mapping);
      refuseSkillsWithoutList(mapping, input);
      await stores.imports.rememberMapping(headerHash, mapping);
      const importId = await stores.imports.create({ ...file, fileName, mapping, listId, dryRun, createdById: actor.id });
      await stores.outbox.enqueue({ name: 'import.run', payload: { importId } });
      await stores.audit.write({
        userId: actor.id,
        action: dryRun ? 'import.dryRun' : 'import.start',
        entity: 'import',
        entityId: importId,
        details: { listId, sizeBytes: file.sizeBytes },
      });
      return importId;
    });
  } catch (error) {
    await app.importFiles.remove(file.storagePath);
    throw error;
  }
}
