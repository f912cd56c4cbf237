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
    const frames = Math.min(Math.floor(interleaved.length / channelCount), this.#totalFrames - this.#position);
    for (const [channel, { minimum, maximum }] of this.channels.entries()) {
      for (let frame = 0; frame < frames; frame += 1) {
        const bucket = Math.floor(((this.#position + frame) * this.#bucketCount) / this.#totalFrames);
        const value = (interleaved[frame * channelCount + channel] ?? 0) >> 8;
        if (value < (minimum[bucket] ?? 0)) minimum[bucket] = value;
        if (value > (maximum[bucket] ?? 0)) maximum[bucket] = value;
      }
    }
    this.#position += Math.max(0, frames);
  }
}
