import { access, constants, mkdir, open, readdir, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { readWavLayout, UnreadableWav, wavHeaderBytes } from '../../../core/audio/wav.ts';
import type { CarrierRecording } from '../../../app/ports/telephony.ts';
import type { CarrierFaults } from './faults.ts';
import { Recorder, recoverRecording } from './recorder.ts';

const growingName = /^call-(\d+)\.growing$/;
const finishedName = /^call-(\d+)(?:\.partial)?\.wav$/;
const partialEnding = '.partial.wav';

/** What is left of a recording that the carrier was told to lose a part of. */
const secondsKeptOfPartial = 2;

type RecordingFault = CarrierFaults['recording'];

/** Below this a recording could break off in mid-call. */
const leastFreeBytes = 64 * 1024 * 1024;

/**
 * The carrier's own files: recordings that grow, and finished ones until they are fetched.
 * The names alone say which call they are of, so that a crash leaves nothing unexplained.
 */
export class RecordingShelf {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
  }

  /** What keeps recordings from being written, or null. */
  async problem(): Promise<string | null> {
    try {
      await access(this.#folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.#folder);
      return bavail * bsize < leastFreeBytes ? 'less than 64 MB free for recordings' : null;
    } catch (error) {
      return `recordings cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  openRecorder(callId: number, fault: RecordingFault): Recorder {
    return new Recorder(this.#growingPath(callId), fault === 'partial' ? secondsKeptOfPartial : undefined);
  }

  /** Closes a recording and says what became of it; the file is then the receiver's to move away. */
  async finish(callId: number, recorder: Recorder, fault: RecordingFault): Promise<CarrierRecording> {
    const filePath = this.#finishedPath(callId, fault === 'partial');
    try {
      const durationSeconds = await recorder.finish(filePath);
      if (fault === 'missing') {
        await rm(filePath);
        return { kind: 'missing', callId, reason: 'the carrier kept no recording' };
      }
      return { kind: 'ready', callId, filePath, durationSeconds, partial: fault === 'partial' };
    } catch (error) {
      return { kind: 'missing', callId, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /**
   * Closes the files that a crash left growing. Those with sound in them wait from now on as partial recordings; the
   * answer is the calls of which nothing could be saved.
   */
  async recoverBroken(): Promise<CarrierRecording[]> {
    const lost: CarrierRecording[] = [];
    for (const { name, callId } of await this.#filesLike(growingName)) {
      const path = join(this.#folder, name);
      const partialPath = this.#finishedPath(callId, true);
      const { mtime } = await stat(path);
      const seconds = await recoverRecording(path, partialPath);
      // The last sound that was written is when the call broke off, not the moment we found it.
      if (seconds > 0) {
        await utimes(partialPath, mtime, mtime);
        continue;
      }
      await rm(partialPath);
      lost.push({ kind: 'missing', callId, reason: 'the carrier stopped before any sound was written' });
    }
    return lost;
  }

  /** Finished recordings that nobody fetched yet. A damaged one is put aside and told as missing. */
  async waiting(): Promise<CarrierRecording[]> {
    const waiting: CarrierRecording[] = [];
    for (const { name, callId } of await this.#filesLike(finishedName)) {
      const filePath = join(this.#folder, name);
      try {
        const durationSeconds = await wavSeconds(filePath);
        waiting.push({ kind: 'ready', callId, filePath, durationSeconds, partial: name.endsWith(partialEnding) });
      } catch (error) {
        if (!(error instanceof UnreadableWav)) throw error;
        await rename(filePath, `${filePath}.damaged`);
        waiting.push({ kind: 'missing', callId, reason: `the file is damaged: ${error.message}` });
      }
    }
    return waiting;
  }

  async #filesLike(shape: RegExp): Promise<{ name: string; callId: number }[]> {
    return (await readdir(this.#folder)).flatMap((name) => {
      const match = shape.exec(name);
      return match ? [{ name, callId: Number(match[1]) }] : [];
    });
  }

  #growingPath(callId: number): string {
    return join(this.#folder, `call-${callId}.growing`);
  }

  #finishedPath(callId: number, partial: boolean): string {
    return join(this.#folder, partial ? `call-${callId}${partialEnding}` : `call-${callId}.wav`);
  }
}

async function wavSeconds(filePath: string): Promise<number> {
  const handle = await open(filePath, 'r');
  try {
    const header = new Uint8Array(wavHeaderBytes);
    const { bytesRead } = await handle.read(header, 0, wavHeaderBytes, 0);
    const layout = readWavLayout(header.subarray(0, bytesRead));
    return layout.dataBytes / (layout.sampleRate * layout.channels * 2);
  } finally {
    await handle.close();
  }
}
