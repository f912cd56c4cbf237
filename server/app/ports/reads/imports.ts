import type { ImportErrorView, ImportView } from '../../../contract/http/imports.ts';

export interface ImportReads {
  /** Newest first, older than the id given. */
  imports(page: { before: number | null; limit: number }): Promise<ImportView[]>;
  import(importId: number): Promise<ImportView | null>;
  errors(importId: number, page: { after: number; limit: number }): Promise<ImportErrorView[]>;
}
