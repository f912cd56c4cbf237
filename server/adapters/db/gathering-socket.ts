import { Socket } from 'node:net';

/**
 * Sends what is written in one moment in one piece. The client of PostgreSQL holds back the messages of one statement until the last of
 * them; this one holds back those of all statements that are asked at once: each piece wakes the other side, and waking is what a short
 * statement costs most.
 */
export class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => {
      super.uncork();
    });
  }
}
