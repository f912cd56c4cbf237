/** Bytes before the first sample in the files that we write. */
export const wavHeaderBytes = 44;

export interface WavFormat {
  encoding: 'pcm16' | 'muLaw';
  channels: number;
  sampleRate: number;
}

export interface WavLayout extends WavFormat {
  /** Where the samples begin, in bytes from the start of the file. */
  dataOffset: number;
  /** As the header claims; a file that was cut short holds fewer. */
  dataBytes: number;
}

/** A file whose header is not one that we read: not RIFF/WAVE, cut before its data, or another encoding. */
export class UnreadableWav extends Error {
  override name = 'UnreadableWav';
}

function writeWord(view: DataView, offset: number, word: string): void {
  for (const [index, letter] of [...word].entries()) view.setUint8(offset + index, letter.charCodeAt(0));
}

function readWord(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}

/** The 44-byte header of a PCM 16-bit file with `dataBytes` bytes of samples. */
export function pcm16WavHeader(channels: number, sampleRate: number, dataBytes: number): Uint8Array {
  const header = new Uint8Array(wavHeaderBytes);
  const view = new DataView(header.buffer);
  const blockBytes = channels * 2;
  writeWord(view, 0, 'RIFF');
  view.setUint32(4, wavHeaderBytes - 8 + dataBytes, true);
  writeWord(view, 8, 'WAVE');
  writeWord(view, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  writeWord(view, 36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}

function encodingOf(formatTag: number, bitsPerSample: number): WavFormat['encoding'] {
  if (formatTag === 1 && bitsPerSample === 16) return 'pcm16';
  if (formatTag === 7 && bitsPerSample === 8) return 'muLaw';
  throw new UnreadableWav(`encoding ${formatTag} with ${bitsPerSample} bits is not read here`);
}

/**
 * Where the samples of a WAV file are and what they are, from its first bytes (a few hundred are enough).
 * Throws UnreadableWav.
 */
export function readWavLayout(start: Uint8Array): WavLayout {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (start.byteLength < 12 || readWord(view, 0) !== 'RIFF' || readWord(view, 8) !== 'WAVE') {
    throw new UnreadableWav('not a RIFF/WAVE file');
  }
  let format: WavFormat | undefined;
  for (let offset = 12; offset + 8 <= start.byteLength;) {
    const chunk = readWord(view, offset);
    const chunkBytes = view.getUint32(offset + 4, true);
    if (chunk === 'fmt ' && offset + 24 <= start.byteLength) {
      format = {
        encoding: encodingOf(view.getUint16(offset + 8, true), view.getUint16(offset + 22, true)),
        channels: view.getUint16(offset + 10, true),
        sampleRate: view.getUint32(offset + 12, true),
      };
    }
    if (chunk === 'data' && format) return { ...format, dataOffset: offset + 8, dataBytes: chunkBytes };
    offset += 8 + chunkBytes + (chunkBytes % 2);
  }
  throw new UnreadableWav('the header ends before the samples begin');
}
