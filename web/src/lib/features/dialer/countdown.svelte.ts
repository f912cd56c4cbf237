/** Why a countdown waits: it never runs out under the hands of somebody who is busy, or who could not talk. */
export type Hold = 'typing' | 'dialog' | 'presence' | 'headset';

interface Run {
  seconds: number;
  /** What it waits for now, or null; asked several times a second. After a wait it begins anew. */
  heldBy: () => Hold | null;
  onzero: () => void;
}

const tickMilliseconds = 200;

/** One countdown of the console: seconds until the card dials, or until the next card opens, by itself. */
export class Countdown {
  /** Whole seconds to show; null when nothing is counted. */
  secondsLeft: number | null = $state(null);
  /** 1 at the start, 0 when it runs out. */
  shareLeft = $state(1);
  hold: Hold | null = $state(null);
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Begins to count; the answer calls this run off, and no later one. An earlier run is over. */
  run({ seconds, heldBy, onzero }: Run): () => void {
    this.stop();
    let deadline = Date.now() + seconds * 1000;
    const tick = (): void => {
      this.hold = heldBy();
      if (this.hold !== null) deadline = Date.now() + seconds * 1000;
      const left = deadline - Date.now();
      this.secondsLeft = Math.max(0, Math.ceil(left / 1000));
      this.shareLeft = Math.max(0, left / (seconds * 1000));
      if (left > 0) return;
      this.stop();
      onzero();
    };
    tick();
    const timer = setInterval(tick, tickMilliseconds);
    this.#timer = timer;
    return () => {
      if (this.#timer === timer) this.stop();
    };
  }

  /** The rep's key: nothing happens by itself any more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.secondsLeft = null;
    this.hold = null;
  }
}
