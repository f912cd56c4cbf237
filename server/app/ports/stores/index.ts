import type { AuditStore } from './audit.ts';
import type { OutboxStore } from './outbox.ts';

/** What a use case may write, one store per word of the trade, all inside one transaction. */
export interface Stores {
  outbox: OutboxStore;
  audit: AuditStore;
}
