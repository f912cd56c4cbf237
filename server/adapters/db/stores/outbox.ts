import type { Announcement } from '../../../app/ports/bus.ts';
import type { OutboxStore } from '../../../app/ports/stores/outbox.ts';
import type { Transaction } from '../client.ts';

/** Channel that wakes the dispatcher when a transaction with events commits. */
export const outboxChannel = 'zagon_outbox';

export interface OutboxRow {
  topic: string;
  payload: object;
}

/** An event for sockets as the outbox keeps it. */
export const announcedRow = (announcement: Announcement): OutboxRow => ({ topic: `socket:${announcement.event}`, payload: announcement });

/** The word that live rows of these reps changed. */
export const boardRow = (repIds: readonly number[]): OutboxRow => ({ topic: 'board', payload: { repIds } });

export function outboxStore(transaction: Transaction): OutboxStore {
  const write = async (data: OutboxRow): Promise<void> => {
    await transaction.outboxEvent.create({ data });
    await transaction.$executeRaw`SELECT pg_notify(${outboxChannel}, '')`;
  };
  return {
    announce: (announcement) => write(announcedRow(announcement)),
    boardChanged: (repIds) => write(boardRow(repIds)),
    enqueue: (job) => write({ topic: `job:${job.name}`, payload: job }),
  };
}
