import type { AuditEntryView } from '../../../contract/http/admin.ts';

export interface AuditQuestion {
  userId?: number | undefined;
  action?: string | undefined;
  entity?: string | undefined;
  entityId?: number | undefined;
  /** From inclusive, until exclusive. */
  from?: Date | undefined;
  until?: Date | undefined;
  /** Only entries before this one. */
  beforeId?: number | undefined;
  limit: number;
}

export interface AuditReads {
  /** Newest first, one more than `limit` when there are more. */
  entries(question: AuditQuestion): Promise<AuditEntryView[]>;
  actions(): Promise<string[]>;
}
