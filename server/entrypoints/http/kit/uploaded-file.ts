import busboy from 'busboy';
import type { Request } from 'express';
import { FileTooLarge, type ImportFiles, type StoredImportFile } from '../../../app/ports/import-files.ts';
import { invalid, Refused } from '../../../app/problem.ts';

/** Two hundred megabytes: a million rows of a full directory. */
const uploadLimitBytes = 200 * 1024 * 1024;

export interface Upload {
  file: StoredImportFile;
  /** As the person named it; only ever shown. */
  fileName: string;
  fields: Readonly<Record<string, string>>;
}

const shownName = (name: string): string => name.split(/[/\\]/u).at(-1)?.replaceAll(/\p{C}/gu, '').slice(0, 200) || 'file';

/** Reads a multipart request with one part `file`, streamed to where imports wait. Fields may stand before or after it. */
export async function readUpload(request: Request, files: ImportFiles): Promise<Upload> {
  if (!request.is('multipart/form-data')) throw invalid('file', 'multipartNeeded', 'send multipart/form-data with a part `file`');
  const parser = busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { files: 1, fields: 10, fieldSize: 100_000 } });
  const fields: Record<string, string> = {};
  const stored: { promise: Promise<StoredImportFile>; fileName: string }[] = [];
  await new Promise<void>((resolve, reject) => {
    parser.on('field', (name, value) => {
      fields[name] = value;
    });
    parser.on('file', (name, content, info: { filename?: string }) => {
      if (name !== 'file') {
        content.resume();
        return;
      }
      const promise = files.store(content, uploadLimitBytes);
      stored.push({ promise, fileName: shownName(info.filename ?? '') });
      // The rest of a file that is refused must still be read, or the request would never end.
      promise.catch(() => content.resume());
    });
    parser.on('error', (error) => {
      reject(new Refused(400, 'badRequest', error instanceof Error ? error.message : 'broken multipart body'));
    });
    parser.on('close', resolve);
    request.on('aborted', () => {
      reject(new Refused(400, 'aborted', 'the upload was broken off'));
    });
    request.pipe(parser);
  });
  const [part] = stored;
  if (!part) throw invalid('file', 'fileMissing', 'Файл не приложен');
  try {
    return { file: await part.promise, fileName: part.fileName, fields };
  } catch (error) {
    if (error instanceof FileTooLarge)
      throw new Refused(413, 'tooLarge', `Файл больше ${uploadLimitBytes / 1024 / 1024} МБ`, { field: 'file' });
    throw error;
  }
}
