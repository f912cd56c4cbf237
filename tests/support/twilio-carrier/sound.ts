import { holdMusic, toneSamples, type ToneSegment } from '../../../server/core/audio/tones.ts';
import { pcm16WavHeader, readWavLayout } from '../../../server/core/audio/wav.ts';

export const sampleRate = 8000;
export const frameMilliseconds = 20;
const frameSamples = (sampleRate * frameMilliseconds) / 1000;
const amplitude = 0.4;

/** Twenty milliseconds of nothing; never written to. */
export const silentFrame: Int16Array = new Int16Array(frameSamples);

/** Sound that somebody really made, kept as it came. */
export interface Captured {
  frameAt(at: number): Int16Array;
}

/** What a leg says: a pattern that repeats, a real browser, or nothing. */
export type Voice = readonly ToneSegment[] | Captured | null;

/** A file that the carrier plays from that instant on. */
export function playedSound(wav: Uint8Array, from: number): Captured & { seconds: number } {
  const { dataOffset, dataBytes } = readWavLayout(wav);
  const bytes = wav.slice(dataOffset, dataOffset + dataBytes);
  const samples = new Int16Array(bytes.buffer, 0, Math.floor(bytes.length / 2));
  const frameAt = (at: number): Int16Array => {
    const first = Math.max(0, Math.round(((at - from) * sampleRate) / 1000));
    const frame = new Int16Array(frameSamples);
    frame.set(samples.subarray(first, first + frameSamples));
    return frame;
  };
  return { frameAt, seconds: samples.length / sampleRate };
}

/** Something that was so from an instant on. */
interface Since<State> {
  at: number;
  state: State;
}

/** How something was over time. */
export class Timeline<State> {
  readonly #changes: Since<State>[];

  constructor(first: State) {
    this.#changes = [{ at: Number.NEGATIVE_INFINITY, state: first }];
  }

  set(at: number, state: State): void {
    this.#changes.push({ at, state });
  }

  at(instant: number): State {
    const found = this.#changes.findLast((change) => change.at <= instant);
    if (!found) throw new Error('a timeline begins before all time');
    return found.state;
  }
}

/** What a leg says by itself, and to whom it is connected. */
export interface Sounding {
  voice: Timeline<Voice>;
  /** What the carrier says or plays to this leg alone. */
  announced: Timeline<Voice>;
  muted: Timeline<boolean>;
  held: Timeline<boolean>;
  /** The one that hears it while it coaches; null when the whole room does. */
  heardBy: Timeline<Sounding | null>;
  room: Timeline<{ members(): Iterable<Sounding> } | null>;
}

function frameOf(voice: Voice, at: number): Int16Array {
  if (!voice) return silentFrame;
  if ('frameAt' in voice) return voice.frameAt(at);
  return toneSamples(voice, Math.round((at * sampleRate) / 1000), frameSamples, { sampleRate, amplitude });
}

/** What a leg hears in one frame: music on hold, otherwise everybody else in its room who is neither muted nor on hold. */
export function heardFrame(leg: Sounding, at: number): Int16Array {
  if (leg.held.at(at)) return frameOf(holdMusic, at);
  const announced = leg.announced.at(at);
  if (announced) return frameOf(announced, at);
  const sum = new Int16Array(frameSamples);
  const room = leg.room.at(at);
  for (const other of room?.members() ?? []) {
    if (other === leg || other.room.at(at) !== room || other.muted.at(at) || other.held.at(at)) continue;
    const onlyFor = other.heardBy.at(at);
    if (onlyFor !== null && onlyFor !== leg) continue;
    frameOf(other.voice.at(at), at).forEach((sample, index) => {
      sum[index] = Math.max(-32_768, Math.min(32_767, (sum[index] ?? 0) + sample));
    });
  }
  return sum;
}

/** What a leg heard between two instants. */
export function heard(leg: Sounding, from: number, to: number): Int16Array {
  return Int16Array.from(frames(from, to).flatMap((at) => [...heardFrame(leg, at)]));
}

function frames(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, Math.round((to - from) / frameMilliseconds)) }, (_, index) => from + index * frameMilliseconds);
}

/** What a pause leaves in a recording: silence of its length, or nothing at all. */
export type Pause = 'silence' | 'skip' | null;

/** A recording of a leg: the first channel is what came from it, the second what it heard, as the carrier keeps it. */
export function recordingOf(leg: Sounding, from: number, to: number, pauses: Timeline<Pause>): Buffer {
  const samples: number[] = [];
  for (const at of frames(from, to)) {
    const pause = pauses.at(at);
    if (pause === 'skip') continue;
    const isPaused = pause !== null;
    const own = frameOf(isPaused ? null : leg.voice.at(at), at);
    const other = isPaused ? new Int16Array(frameSamples) : heardFrame(leg, at);
    own.forEach((sample, index) => samples.push(sample, other[index] ?? 0));
  }
  const data = Buffer.from(Int16Array.from(samples).buffer);
  return Buffer.concat([pcm16WavHeader(2, sampleRate, data.length), data]);
}
