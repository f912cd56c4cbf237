import type { BoardRow, BoardSnapshot } from '$contract/http/kpi.ts';
import { ask, on, onConnected } from './client.ts';
import { stepOf } from './sequence.ts';

/** The live board of reps: a snapshot, then numbered updates; a gap or a reconnection asks for a new snapshot. */
export class LiveBoard {
  #rows = $state.raw<ReadonlyMap<number, BoardRow>>(new Map());
  #sequence: number | null = null;
  #asking = false;
  #failure = $state.raw<unknown>(null);
  #ready = $state(false);

  get rows(): BoardRow[] {
    return [...this.#rows.values()];
  }
  /** False until the first snapshot. */
  get ready(): boolean {
    return this.#ready;
  }
  /** Why the last snapshot did not come, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Starts listening; give the answer back to `$effect` to stop. */
  watch(): () => void {
    const stops = [
      on('board:snapshot', (snapshot) => this.#take(snapshot)),
      on('board:update', (update) => this.#update(update.sequence, update.rows)),
      onConnected(() => this.#askSnapshot()),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  #update(sequence: number, rows: readonly BoardRow[]): void {
    const step = stepOf(this.#sequence, sequence);
    if (step === 'askSnapshot') this.#askSnapshot();
    if (step !== 'apply') return;
    this.#sequence = sequence;
    this.#rows = new Map([...this.#rows, ...rows.map((row) => [row.rep.id, row] as const)]);
  }

  #take(snapshot: BoardSnapshot): void {
    this.#sequence = snapshot.sequence;
    this.#rows = new Map(snapshot.rows.map((row) => [row.rep.id, row]));
    this.#ready = true;
    this.#failure = null;
  }

  #askSnapshot(): void {
    if (this.#asking) return;
    this.#asking = true;
    ask('board:watch', {})
      .then(
        (snapshot) => this.#take(snapshot),
        (error: unknown) => (this.#failure = error),
      )
      .finally(() => (this.#asking = false));
  }
}
