import type { Announcement } from '../../../app/ports/telephony.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { clipFrame, framesPerSecond, samplesPerFrame } from './audio-frame.ts';
import type { ClipLibrary } from './clip-library.ts';

/** Words of ours that the prospect hears once, without the rep. */
export class OwnWords {
  readonly #samples: Int16Array;
  #framesSaid = 0;

  constructor(samples: Int16Array) {
    this.#samples = samples;
  }

  get seconds(): number {
    return Math.ceil(this.#samples.length / samplesPerFrame) / framesPerSecond;
  }

  /** The next 20 ms; null when all is said. */
  nextFrame(): Int16Array | null {
    const frame = clipFrame(this.#samples, this.#framesSaid);
    this.#framesSaid += 1;
    return frame;
  }
}

/** What a prospect hears, alone, before his call is recorded. */
export const announcingWords = (announcement: Announcement, clips: ClipLibrary): OwnWords =>
  new OwnWords(announcement === 'ownWords' ? clips.get('machine-announcement-1').samples : readClip(announcement.wav).samples);
