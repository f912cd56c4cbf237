import { open, rename, type FileHandle } from 'node:fs/promises';
import { pcm16WavHeader, wavHeaderBytes } from '../../../core/audio/wav.ts';
import { framesPerSecond, sampleRate, samplesPerFrame } from './audio-frame.ts';

const channels = 2;
const bytesPerSample = 2;
/** Written once a second: a crash loses no more than that. */
const framesPerWrite = framesPerSecond;
const bytesPerFrame = samplesPerFrame * channels * bytesPerSample;

/** Seconds of two-channel sound in that many bytes of samples. */
function secondsOf(dataBytes: number): number {
  return dataBytes / (sampleRate * channels * bytesPerSample);
}

/** Writes the true header over the placeholder and makes the file and its length durable. Answers the seconds in it. */
async function seal(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const frameBytes = channels * bytesPerSample;
  const dataBytes = Math.floor(Math.max(0, size - wavHeaderBytes) / frameBytes) * frameBytes;
  await handle.truncate(wavHeaderBytes + dataBytes);
  await handle.write(pcm16WavHeader(channels, sampleRate, dataBytes), 0, wavHeaderBytes, 0);
  await handle.sync();
  return secondsOf(dataBytes);
}

/** Seals, closes and renames; a file that could not be sealed keeps its growing name and is recovered at the next start. */
async function sealAs(handle: FileHandle, growingPath: string, finalPath: string): Promise<number> {
  try {
    const seconds = await seal(handle);
    await rename(growingPath, finalPath);
    return seconds;
  } finally {
    await handle.close();
  }
}

/**
 * Writes both sides of a call while it lasts: left the rep, right the prospect, both on the frame clock.
 * The growing file carries a placeholder header; `finish` writes the true one and renames it into place.
 */
export class Recorder {
  readonly #growingPath: string;
  readonly #handle: Promise<FileHandle>;
  #writing: Promise<void>;
  #buffer = Buffer.alloc(framesPerWrite * bytesPerFrame);
  #framesInBuffer = 0;
  #framesLeft: number;
  #failure: Error | null = null;

  /** `mostSeconds` is where a carrier that loses the rest stops keeping. */
  constructor(growingPath: string, mostSeconds = Number.POSITIVE_INFINITY) {
    this.#growingPath = growingPath;
    this.#framesLeft = mostSeconds * framesPerSecond;
    this.#handle = open(growingPath, 'w+');
    this.#writing = this.#chain(Promise.resolve(), pcm16WavHeader(channels, sampleRate, 0));
  }

  add(rep: Int16Array, prospect: Int16Array): void {
    if (this.#framesLeft <= 0) return;
    this.#framesLeft -= 1;
    const start = this.#framesInBuffer * bytesPerFrame;
    for (let sample = 0; sample < samplesPerFrame; sample += 1) {
      const at = start + sample * channels * bytesPerSample;
      this.#buffer.writeInt16LE(rep[sample] ?? 0, at);
      this.#buffer.writeInt16LE(prospect[sample] ?? 0, at + bytesPerSample);
    }
    this.#framesInBuffer += 1;
    if (this.#framesInBuffer === framesPerWrite) this.#flush();
  }

  /**
   * Closes the file, makes it a proper WAV and moves it to `finalPath`. Answers its length in seconds.
   * Throws what the disk said if any part of it could not be written.
   */
  async finish(finalPath: string): Promise<number> {
    this.#flush();
    await this.#writing;
    if (this.#failure) throw this.#failure;
    return sealAs(await this.#handle, this.#growingPath, finalPath);
  }

  #flush(): void {
    const bytes = this.#buffer.subarray(0, this.#framesInBuffer * bytesPerFrame);
    this.#buffer = Buffer.alloc(framesPerWrite * bytesPerFrame);
    this.#framesInBuffer = 0;
    this.#writing = this.#chain(this.#writing, bytes);
  }

  /** Appends in order; the first failure is kept for `finish`, because nobody waits for these writes. */
  async #chain(before: Promise<void>, bytes: Uint8Array): Promise<void> {
    await before;
    if (this.#failure) return;
    try {
      const handle = await this.#handle;
      await handle.appendFile(bytes);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }
}

/** Makes a proper WAV of a file that a crash left growing. Answers its length in seconds. */
export async function recoverRecording(growingPath: string, finalPath: string): Promise<number> {
  return sealAs(await open(growingPath, 'r+'), growingPath, finalPath);
}
