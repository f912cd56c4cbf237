import { untrack } from 'svelte';
import { nowBySecond } from '$lib/clock.svelte.ts';
import type { Headset } from '$lib/features/headset/headset.svelte.ts';
import type { LineQuality } from '$lib/features/headset/headset-state.ts';
import { followSilences, soundFaults, steadyVerdict, type LineVerdict, type SoundFault } from '$lib/features/headset/line-verdict.ts';

/** Seconds of the line that are looked back on. */
const keptSeconds = 5;

interface Talk {
  isMuted: boolean;
  isHeld: boolean;
}

/** How both sides of a talk sound while it goes on; made while a component is set up. */
export class TalkSound {
  readonly #headset: Headset;
  readonly #talk: () => Talk | null;
  #seconds: readonly LineQuality[] = $state.raw([]);
  #silences = $state.raw({ microphoneSince: Date.now(), prospectSince: Date.now() });
  #wasTalking = false;

  constructor(headset: Headset, talk: () => Talk | null) {
    this.#headset = headset;
    this.#talk = talk;
    $effect(() => {
      const { quality } = headset.snapshot;
      untrack(() => (this.#seconds = quality ? [...this.#seconds.slice(1 - keptSeconds), quality] : []));
    });
    $effect(() => {
      const now = { microphoneDecibels: headset.microphoneDecibels, heardDecibels: headset.snapshot.quality?.heardDecibels ?? null };
      const current = talk();
      untrack(() => this.#listen(current, now));
    });
  }

  /** What is wrong, the worst first; nothing is while nobody talks. */
  get faults(): readonly SoundFault[] {
    return this.#talk() ? soundFaults(this.#headset.snapshot, this.#silences, nowBySecond()) : [];
  }

  /** Null while the line is not measured. */
  get verdict(): LineVerdict | null {
    return this.#seconds.length > 0 ? steadyVerdict(this.#seconds) : null;
  }

  #listen(talk: Talk | null, now: { microphoneDecibels: number; heardDecibels: number | null }): void {
    const at = Date.now();
    const begins = talk !== null && !this.#wasTalking;
    this.#wasTalking = talk !== null;
    if (!talk) return;
    const before = begins ? { microphoneSince: at, prospectSince: at } : this.#silences;
    this.#silences = followSilences(before, { at, ...now, ...talk });
  }
}
