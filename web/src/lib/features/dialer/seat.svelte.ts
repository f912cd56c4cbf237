import type { ClientPayload } from '$contract/sockets/index.ts';
import { computerId } from '$lib/features/headset/computer-id.ts';
import { RealtimeRefusal, ask } from '$lib/realtime/index.ts';

/** Whether the person works at this computer: one of his has headset, card and call; `free` while none has. */
export type SeatState = 'asking' | 'free' | 'here' | 'elsewhere';

const retryMilliseconds = 2_000;

/** This computer's claim to be the one that its person works at. The server decides; what it said last holds while the network is away. */
export class Seat {
  state: SeatState = $state('asking');
  /** One question at a time: an answer that was overtaken would undo the newer one. */
  #asked: Promise<void> = Promise.resolve();
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Looks who has the seat, keeps it here, or takes it from another computer by the person's own press. */
  ask(how: ClientPayload<'headset:seat'>['how']): Promise<void> {
    const next = (): Promise<void> => this.#ask(how);
    // Also after one that failed: who asked that one hears of it.
    this.#asked = this.#asked.then(next, next);
    return this.#asked;
  }

  leave(): void {
    clearTimeout(this.#retry);
  }

  async #ask(how: ClientPayload<'headset:seat'>['how']): Promise<void> {
    clearTimeout(this.#retry);
    try {
      this.state = (await ask('headset:seat', { computerId: computerId(), how })).seat;
    } catch (error) {
      if (!(error instanceof RealtimeRefusal)) throw error;
      console.warn('where the headset is could not be asked', error.code);
      if (this.state === 'asking') this.#retry = setTimeout(() => void this.ask(how), retryMilliseconds);
    }
  }
}
