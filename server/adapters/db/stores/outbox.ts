import type { OutboxStore } from '../../../app/ports/stores/outbox.ts';
import type { Transaction } from '../client.ts';

/** Channel that wakes the dispatcher when a transaction with events commits. */
export const outboxChannel = 'zagon_outbox';

export function outboxStore(transaction: Transaction): OutboxStore {
  const write = async (topic: string, payload: object): Promise<void> => {
    await transaction.outboxEvent.create({ data: { topic, payload } });
    await transaction.$executeRaw`SELECT pg_notify(${outboxChannel}, '')`;
  };
  return {
    announce: (announcement) => write(`socket:${announcement.event}`, announcement),
    boardChanged: (repIds) => write('board', { repIds }),
    enqueue: (job) => write(`job:${job.name}`, job),
  };
}
