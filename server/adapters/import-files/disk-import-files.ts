import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileTooLarge, UnreadableFile, type ImportFiles } from '../../app/ports/import-files.ts';
import { openCsv } from './csv-table.ts';
import { withXlsx } from './xlsx-table.ts';

const zipMagic = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const oldExcelMagic = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

async function magicOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Uploaded files in a folder of the data directory, under names that the server makes. */
export function diskImportFiles(dataDir: string): ImportFiles {
  const folder = path.resolve(dataDir, 'imports');
  // Only a bare name of ours is ever joined to the folder.
  const placeOf = (storagePath: string): string => path.join(folder, path.basename(storagePath));
  return {
    store: async (content, limitBytes) => {
      await mkdir(folder, { recursive: true });
      const storagePath = randomUUID();
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const measured = async function* () {
        for await (const chunk of content) {
          sizeBytes += chunk.length;
          if (sizeBytes > limitBytes) throw new FileTooLarge(`more than ${limitBytes} bytes`);
          hash.update(chunk);
          yield chunk;
        }
      };
      try {
        await pipeline(measured, createWriteStream(placeOf(storagePath), { mode: 0o600 }));
      } catch (error) {
        await rm(placeOf(storagePath), { force: true });
        throw error;
      }
      return { storagePath, sizeBytes, sha256: hash.digest('hex') };
    },
    read: async (storagePath, use) => {
      const file = placeOf(storagePath);
      const magic = await magicOf(file);
      if (magic.equals(oldExcelMagic))
        throw new UnreadableFile('Это старый формат XLS или таблица под паролем: сохраните её как XLSX без пароля или как CSV');
      return magic.equals(zipMagic) ? withXlsx(file, use) : use(await openCsv(file));
    },
    remove: (storagePath) => rm(placeOf(storagePath), { force: true }),
  };
}
