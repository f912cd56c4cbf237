/** Who did what that must be answerable later; written in the transaction of the deed. No names, phones or notes in details. */
export interface AuditStore {
  write(entry: {
    userId: number | null;
    action: string;
    entity: string;
    entityId?: number;
    details?: Record<string, string | number | boolean | null>;
  }): Promise<void>;
}
