import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { UnreadableFile } from '../../../app/ports/import-files.ts';

/** Bytes of one part when unpacked: a million rows of a full directory take about half of it. */
const largestPart = 2 * 1024 * 1024 * 1024;
/** Tables are packed ten to thirty times; a thousand is what nothing but repetition gives, and a small part does no harm. */
const tightestPacking = 200;
const harmlessPart = 64 * 1024 * 1024;
const mostParts = 10_000;

function refuseBomb({ uncompressedSize, compressedSize }: Entry): void {
  if (uncompressedSize > largestPart)
    throw new UnreadableFile(`Внутри файла больше ${largestPart / 1024 ** 3} ГБ данных: разделите таблицу на несколько файлов`);
  if (uncompressedSize > harmlessPart && uncompressedSize > compressedSize * tightestPacking)
    throw new UnreadableFile(
      `Файл распаковывается больше чем в ${tightestPacking} раз, так сжимаются только пустые ячейки: удалите их или сохраните таблицу как CSV`,
    );
}

/** The parts of a zip file, each found by its name without reading the others. */
export class ZipParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Reads the list of parts. Close it. */
  static async open(file: string): Promise<ZipParts> {
    const zip = await openPromise(file, { autoClose: false, lazyEntries: true });
    try {
      if (zip.entryCount > mostParts) throw new UnreadableFile('В файле слишком много частей для таблицы');
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
      return new ZipParts(zip, entries);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /**
   * A part unpacked as it is read. A bomb is refused before that; one that says less of itself than it holds breaks off where it exceeds
   * what it said.
   */
  async stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw new UnreadableFile('В файле нет листа с таблицей: сохраните его как XLSX заново');
    refuseBomb(entry);
    return this.#zip.openReadStreamPromise(entry);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  close(): void {
    this.#zip.close();
  }
}
