import type { Line } from './line.ts';
import { startSound, stopSound } from './sounds.ts';
import type { Station } from './station.ts';

/** The network says by 180 alone that it rings; the rep shall hear it. */
export class Ringback {
  readonly #line: Line;
  readonly #station: Station;
  #room: string | null = null;

  constructor(line: Line, station: Station) {
    this.#line = line;
    this.#station = station;
  }

  /** An earlier process may have begun it there. */
  adopt(room: string): void {
    this.#room = room;
  }

  async start(room: string): Promise<void> {
    this.#room = room;
    await startSound(this.#line, this.#station, { room, sound: 'ringback', loop: true });
  }

  async stop(): Promise<void> {
    const room = this.#room;
    this.#room = null;
    if (room !== null) await stopSound(this.#station, { room, sound: 'ringback' });
  }
}
