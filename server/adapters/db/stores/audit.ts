import type { AuditStore } from '../../../app/ports/stores/audit.ts';
import type { Transaction } from '../client.ts';

export function auditStore(transaction: Transaction): AuditStore {
  return {
    write: async (entry) => {
      await transaction.auditEntry.create({
        data: {
          userId: entry.userId,
          action: entry.action,
          entity: entry.entity,
          entityId: entry.entityId ?? null,
          details: entry.details ?? {},
        },
      });
    },
  };
}
