import type { AuditStore } from './audit.ts';
import type { OutboxStore } from './outbox.ts';
import type { PeopleStore } from './people.ts';
import type { PresenceStore } from './presence.ts';
import type { QueueStore } from './queue.ts';

/** What a use case may write, one store per word of the trade, all inside one transaction. */
export interface Stores {
  outbox: OutboxStore;
  audit: AuditStore;
  people: PeopleStore;
  presence: PresenceStore;
  queue: QueueStore;
}
