import { clipFrame } from './audio-frame.ts';
import type { ProspectVoice } from './prospect-voice.ts';
import type { Recorder } from './recorder.ts';

interface LeavingParts {
  samples: Int16Array;
  voice: ProspectVoice;
  recorder: Recorder | null;
}

/** A clip that is left on a machine after its rep has gone: played to the end, and recorded beside what the machine says. */
export class LeavingMessage {
  readonly #parts: LeavingParts;
  #framesPlayed = 0;
  #finish: () => void = () => undefined;
  /** Resolves when it is over. */
  readonly over = new Promise<void>((resolve) => (this.#finish = resolve));

  constructor(parts: LeavingParts) {
    this.#parts = parts;
  }

  /** Passes 20 ms; false when there was nothing left to play. */
  pass(): boolean {
    const { samples, voice, recorder } = this.#parts;
    const frame = clipFrame(samples, this.#framesPlayed);
    if (frame === null) {
      this.stop();
      return false;
    }
    this.#framesPlayed += 1;
    recorder?.add(frame, voice.nextFrame(frame));
    return true;
  }

  stop(): void {
    this.#finish();
  }
}
