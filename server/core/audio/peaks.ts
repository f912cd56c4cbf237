/** Lowest and highest value of one channel in each bucket, -128..127, as the waveform draws them. */
export interface ChannelPeaks {
  minimum: Int8Array;
  maximum: Int8Array;
}

/**
 * Peaks of a recording of known length, fed in pieces so that no file has to fit in memory.
 * `totalFrames` counts samples of one channel.
 */
export class PeakCollector {
  readonly channels: readonly ChannelPeaks[];
  readonly #totalFrames: number;
  readonly #bucketCount: number;
  #position = 0;

  constructor(channelCount: number, totalFrames: number, bucketCount: number) {
    this.#totalFrames = Math.max(1, totalFrames);
    this.#bucketCount = bucketCount;
    this.channels = Array.from({ length: channelCount }, () => ({
      minimum: new Int8Array(bucketCount),
      maximum: new Int8Array(bucketCount),
    }));
  }

  /** Takes the next samples, interleaved by channel and whole frames only; frames past `totalFrames` are left out. */
  add(interleaved: Int16Array): void {
    const channelCount = this.channels.length;
    const frames = Math.floor(interleaved.length / channelCount);
    for (let frame = 0; frame < frames && this.#position < this.#totalFrames; frame += 1, this.#position += 1) {
      const bucket = Math.floor((this.#position * this.#bucketCount) / this.#totalFrames);
      for (const [channel, peaks] of this.channels.entries()) {
        const value = (interleaved[frame * channelCount + channel] ?? 0) >> 8;
        peaks.minimum[bucket] = Math.min(peaks.minimum[bucket] ?? 0, value);
        peaks.maximum[bucket] = Math.max(peaks.maximum[bucket] ?? 0, value);
      }
    }
  }
}
