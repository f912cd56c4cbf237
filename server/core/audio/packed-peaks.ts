import type { ChannelPeaks } from './peaks.ts';

/** Buckets to a second of sound: fine enough to find a pause by, small enough to send whole. */
const bucketsPerSecond = 10;
const fewestBuckets = 100;
const mostBuckets = 12_000;

/** How many buckets a recording of this length is drawn in. */
export function bucketsFor(durationSeconds: number): number {
  return Math.min(mostBuckets, Math.max(fewestBuckets, Math.ceil(durationSeconds * bucketsPerSecond)));
}

/** Channel after channel, each as pairs of lowest and highest, signed bytes. */
export function packPeaks(channels: readonly ChannelPeaks[]): Uint8Array {
  const pairs = channels.flatMap(({ minimum, maximum }) => [...minimum].flatMap((lowest, bucket) => [lowest, maximum[bucket] ?? 0]));
  return new Uint8Array(Int8Array.from(pairs).buffer);
}

/** The reverse of `packPeaks`. @throws RangeError when the bytes are not whole pairs of every channel */
export function unpackPeaks(packed: Uint8Array, channelCount = 2): ChannelPeaks[] {
  if (packed.length % (channelCount * 2) !== 0) throw new RangeError('not whole peaks');
  const values = Int8Array.from(packed);
  const buckets = values.length / channelCount / 2;
  return Array.from({ length: channelCount }, (_, channel) => ({
    minimum: Int8Array.from({ length: buckets }, (__, bucket) => values[(channel * buckets + bucket) * 2] ?? 0),
    maximum: Int8Array.from({ length: buckets }, (__, bucket) => values[(channel * buckets + bucket) * 2 + 1] ?? 0),
  }));
}
