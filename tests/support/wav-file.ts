import { readFile } from 'node:fs/promises';
import { readWavLayout } from '../../server/core/audio/wav.ts';

export interface TwoSides {
  left: Int16Array;
  right: Int16Array;
  sampleRate: number;
  seconds: number;
}

/** Both channels of a PCM 16 bit stereo file or of its bytes. */
export function splitStereo(file: Buffer): TwoSides {
  const layout = readWavLayout(file);
  if (layout.channels !== 2 || layout.encoding !== 'pcm16') throw new Error('not a PCM 16 bit stereo file');
  const frames = layout.dataBytes / 4;
  const left = new Int16Array(frames);
  const right = new Int16Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    left[frame] = file.readInt16LE(layout.dataOffset + frame * 4);
    right[frame] = file.readInt16LE(layout.dataOffset + frame * 4 + 2);
  }
  return { left, right, sampleRate: layout.sampleRate, seconds: frames / layout.sampleRate };
}

export async function readStereo(path: string): Promise<TwoSides> {
  return splitStereo(await readFile(path));
}
