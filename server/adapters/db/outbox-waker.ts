import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Log } from '../../app/ports/log.ts';
import { outboxChannel } from './stores/outbox.ts';

/** A wake-up is a commit of its own: so often at most, however many ask at once. */
const wakeEveryMilliseconds = 20;

/**
 * Wakes the outbox's dispatcher after commits, once for all that were made while it was being woken. Within the transactions the wake-up
 * would make their commits stand in line. One that is lost costs a second, until the dispatcher looks by itself.
 */
export function outboxWaker(pool: Pool, log: Log | undefined): () => void {
  let state: 'idle' | 'waking' | 'again' = 'idle';
  const wake = async (): Promise<void> => {
    do {
      state = 'waking';
      await Promise.all([
        pool.query({ name: 'wake-outbox', text: 'SELECT pg_notify($1, $2)', values: [outboxChannel, ''] }),
        delay(wakeEveryMilliseconds),
      ]);
    } while (nowIs('again'));
  };
  const nowIs = (wanted: typeof state): boolean => state === wanted;
  return () => {
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    wake()
      .catch((error: unknown) => {
        log?.warn({ err: error }, 'the outbox was not woken; it looks by itself within a second');
      })
      .finally(() => {
        state = 'idle';
      });
  };
}
