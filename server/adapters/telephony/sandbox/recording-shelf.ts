import { access, constants, mkdir, open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { readWavLayout, wavHeaderBytes } from '../../../core/audio/wav.ts';
import type { CarrierRecording } from '../../../app/ports/telephony.ts';
import { Recorder, recoverRecording } from './recorder.ts';

const growingName = /^call-(\d+)\.growing$/;
const finishedName = /^call-(\d+)(\.partial)?\.wav$/;

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

  openRecorder(callId: number): Recorder {
    return new Recorder(this.#growingPath(callId));
  }

  /** Closes a recording and says what became of it; the file is then the receiver's to move away. */
  async finish(callId: number, recorder: Recorder, fault: 'missing' | 'partial' | undefined): Promise<CarrierRecording> {
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

  /** Calls that a crash broke off: their files are closed as partial ones. Answers their ids. */
  async recoverBroken(): Promise<number[]> {
    const callIds = (await readdir(this.#folder)).flatMap((name) => growingName.exec(name)?.[1] ?? []).map(Number);
    for (const callId of callIds) await recoverRecording(this.#growingPath(callId), this.#finishedPath(callId, true));
    return callIds;
  }

  /** Finished recordings that nobody fetched yet. */
  async waiting(): Promise<CarrierRecording[]> {
    const waiting: CarrierRecording[] = [];
    for (const name of await readdir(this.#folder)) {
      const match = finishedName.exec(name);
      if (!match) continue;
      const filePath = join(this.#folder, name);
      const durationSeconds = await wavSeconds(filePath);
      waiting.push({ kind: 'ready', callId: Number(match[1]), filePath, durationSeconds, partial: match[2] !== undefined });
    }
    return waiting;
  }

  #growingPath(callId: number): string {
    return join(this.#folder, `call-${callId}.growing`);
  }

  #finishedPath(callId: number, partial: boolean): string {
    return join(this.#folder, partial ? `call-${callId}.partial.wav` : `call-${callId}.wav`);
  }
}

async function wavSeconds(filePath: string): Promise<number> {
  const handle = await open(filePath, 'r');
  try {
    const header = new Uint8Array(wavHeaderBytes);
    await handle.read(header, 0, wavHeaderBytes, 0);
    const layout = readWavLayout(header);
    return layout.dataBytes / (layout.sampleRate * layout.channels * 2);
  } finally {
    await handle.close();
  }
}
