import type { SourceRow } from '../../core/import/read-row.ts';

export interface StoredImportFile {
  /** Made by the server; the name that the person gave is only shown. */
  storagePath: string;
  sizeBytes: number;
  sha256: string;
}

/** A file understood as a table. `rows` may be asked for more than once and always gives the same rows, blank ones left out. */
export interface ImportTable {
  /** For people: «CSV, windows-1251, ;» or «XLSX». */
  format: string;
  /** Unique, never empty. */
  headers: string[];
  rows(): AsyncIterable<SourceRow>;
}

/** The file is no table that we can read; the message says in words why. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** The file is larger than is taken. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** Where uploaded files wait for their import, and how they are read: streamed, never whole in memory. */
export interface ImportFiles {
  /** @throws FileTooLarge when more than `limitBytes` come; nothing is kept then. */
  store(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredImportFile>;
  /**
   * Gives `use` the file as a table, which is readable only until that ends; rows by one reader at a time.
   * @throws UnreadableFile before `use` or while the rows are read.
   */
  read<Result>(storagePath: string, use: (table: ImportTable) => Promise<Result>): Promise<Result>;
  remove(storagePath: string): Promise<void>;
}
