import { pcm16WavHeader, readWavLayout, UnreadableWav, wavHeaderBytes } from './wav.ts';

/** What every telephone network plays without converting it. */
export const clipSampleRate = 8000;
export const shortestClipSeconds = 0.5;
/** Longer than any machine or person listens to. */
export const longestClipSeconds = 40;

/** A clip's sound. */
export interface ClipSound {
  samples: Int16Array;
  durationSeconds: number;
}

/** The file of a clip's sound, as `readClip` takes it. */
export function clipFile(samples: Int16Array): Uint8Array {
  const file = new Uint8Array(wavHeaderBytes + samples.length * 2);
  file.set(pcm16WavHeader(1, clipSampleRate, samples.length * 2));
  const view = new DataView(file.buffer, wavHeaderBytes);
  samples.forEach((sample, index) => view.setInt16(index * 2, sample, true));
  return file;
}

/** Reads a whole clip. @throws UnreadableWav unless it is PCM 16 bit with one channel at 8 kHz and not too short or long */
export function readClip(wav: Uint8Array): ClipSound {
  const { encoding, channels, sampleRate, dataOffset, dataBytes } = readWavLayout(wav);
  if (encoding !== 'pcm16' || channels !== 1 || sampleRate !== clipSampleRate) throw new UnreadableWav('a clip is PCM 16 bit, mono, 8 kHz');
  const bytes = wav.slice(dataOffset, dataOffset + dataBytes);
  const view = new DataView(bytes.buffer);
  const samples = Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => view.getInt16(index * 2, true));
  const durationSeconds = samples.length / clipSampleRate;
  if (durationSeconds < shortestClipSeconds || durationSeconds > longestClipSeconds)
    throw new UnreadableWav(`a clip lasts ${shortestClipSeconds} to ${longestClipSeconds} seconds`);
  return { samples, durationSeconds };
}
