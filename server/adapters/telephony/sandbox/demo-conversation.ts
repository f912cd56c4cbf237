import { pcm16WavHeader, wavHeaderBytes } from '../../../core/audio/wav.ts';
import { sampleRate } from './audio-frame.ts';
import type { Clip, ClipLibrary } from './clip-library.ts';
import { seededChoice, seededFraction } from './seeded.ts';

const channels = 2;
const repChannel = 0;
const prospectChannel = 1;

interface Turn {
  channel: typeof repChannel | typeof prospectChannel;
  clip: Clip;
}

/** Who says what, in the order of a call; never the same phrase twice in a row on one side. */
function turnAt(clips: ClipLibrary, persona: string, seed: number, index: number): Turn {
  const round = Math.floor(index / 2);
  if (index % 2 === 0) {
    const role = ['greeting', 'question', 'objection'][Math.min(round, 2)] ?? 'objection';
    const said =
      round < 2 ? clips.of(persona, role) : clips.of(persona).filter((clip) => clip.role !== 'goodbye' && clip.role !== 'greeting');
    return { channel: prospectChannel, clip: seededChoice(rotated(said, round), seed, 'rotation') };
  }
  const said = round === 0 ? clips.of('rep', 'greeting') : clips.of('rep', round % 2 === 0 ? 'answer' : 'question');
  return { channel: repChannel, clip: seededChoice(rotated(said, round), seed, 'rep rotation') };
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const shift = by % items.length;
  return [...items.slice(shift), ...items.slice(0, shift)];
}

/** Hiss about 60 dB below full scale, so that pauses sound like a line and not like a cut. */
function lineNoise(seed: number, length: number): Int16Array {
  let state = seed | 1;
  const noise = new Int16Array(length);
  for (let index = 0; index < length; index += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    noise[index] = (state >> 16) % 24;
  }
  return noise;
}

function lay(interleaved: Int16Array, turn: Turn, at: number): void {
  const { samples } = turn.clip;
  for (let index = 0; index < samples.length; index += 1) {
    const position = (at + index) * channels + turn.channel;
    if (position < interleaved.length) interleaved[position] = samples[index] ?? 0;
  }
}

/**
 * A conversation of exactly `durationSeconds` as a WAV file (PCM 16 bit, 8 kHz, left rep, right prospect) made of the
 * sandbox's own phrases: for past calls of a demonstration. The same seed and length give the same bytes.
 */
export function renderDemoConversation(clips: ClipLibrary, seed: number, durationSeconds: number): Uint8Array {
  const totalFrames = Math.round(durationSeconds * sampleRate);
  const interleaved = lineNoise(seed, totalFrames * channels);
  const persona = seededChoice(['andrei', 'marina', 'viktor', 'secretary'], seed, 'persona');
  const [repGoodbye] = clips.of('rep', 'goodbye');
  const [prospectGoodbye] = clips.of(persona, 'goodbye');
  const ending = [
    ...(repGoodbye ? [{ channel: repChannel, clip: repGoodbye } as const] : []),
    ...(prospectGoodbye ? [{ channel: prospectChannel, clip: prospectGoodbye } as const] : []),
  ];
  const pause = 0.4 * sampleRate;
  const endingFrames = ending.reduce((sum, turn) => sum + turn.clip.samples.length + pause, 0);

  let at = Math.round(0.3 * sampleRate);
  for (let index = 0; ; index += 1) {
    const turn = turnAt(clips, persona, seed, index);
    const gap = Math.round((0.35 + seededFraction(seed, 'gap', index) * 0.9) * sampleRate);
    const endsAt = at + turn.clip.samples.length + gap;
    if (endsAt + endingFrames > totalFrames) break;
    lay(interleaved, turn, at);
    at = endsAt;
  }
  for (const turn of ending) {
    lay(interleaved, turn, at);
    at += turn.clip.samples.length + pause;
  }

  const samples = new Uint8Array(interleaved.buffer, interleaved.byteOffset, interleaved.byteLength);
  const file = new Uint8Array(wavHeaderBytes + samples.byteLength);
  file.set(pcm16WavHeader(channels, sampleRate, samples.byteLength));
  file.set(samples, wavHeaderBytes);
  return file;
}
