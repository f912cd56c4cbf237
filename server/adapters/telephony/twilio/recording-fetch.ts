import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { pcm16WavHeader, readWavLayout, wavHeaderBytes } from '../../../core/audio/wav.ts';
import type { TwilioAccount } from './api.ts';

const channels = 2;
const bytesPerFrame = channels * 2;
const recordingSidShape = /^RE[0-9a-f]{32}$/i;
const mostMilliseconds = 10 * 60_000;

/** The media answers 404 for a while after it was announced. */
export class MediaNotThereYet extends Error {
  override name = 'MediaNotThereYet';
}

export interface FetchedRecording {
  filePath: string;
  durationSeconds: number;
}

/**
 * Fetches a recording by its id, from the configured host only and without following any redirect, and writes it as we keep
 * recordings: Twilio's first channel is the leg that was recorded, the prospect; ours is the rep.
 */
export async function fetchRecording(
  account: TwilioAccount,
  folder: string,
  recording: { callId: number; sid: string },
): Promise<FetchedRecording> {
  if (!recordingSidShape.test(recording.sid)) throw new Error('that is no id of a recording');
  const address = `${account.apiUrl}/2010-04-01/Accounts/${account.accountSid}/Recordings/${recording.sid}.wav?RequestedChannels=2`;
  const credentials = Buffer.from(`${account.apiKeySid}:${account.apiKeySecret}`).toString('base64');
  const response = await fetch(address, {
    headers: { authorization: `Basic ${credentials}` },
    redirect: 'error',
    signal: AbortSignal.timeout(mostMilliseconds),
  });
  if (response.status === 404) throw new MediaNotThereYet(recording.sid);
  if (response.status !== 200) throw new Error(`the recording ${recording.sid} answered ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const announced = Number(response.headers.get('content-length') ?? bytes.length);
  if (announced !== bytes.length) throw new Error(`the recording ${recording.sid} broke off: ${bytes.length} of ${announced} bytes`);
  await mkdir(folder, { recursive: true });
  return writeOurWay(bytes, path.join(folder, `call-${recording.callId}.${recording.sid}.wav`));
}

async function writeOurWay(bytes: Buffer, filePath: string): Promise<FetchedRecording> {
  const layout = readWavLayout(bytes.subarray(0, 4096));
  if (layout.encoding !== 'pcm16' || layout.channels !== channels)
    throw new Error(`a recording came as ${layout.encoding} with ${layout.channels} channels`);
  const samples = bytes.subarray(layout.dataOffset, layout.dataOffset + layout.dataBytes);
  if (samples.length < layout.dataBytes) throw new Error('a recording is shorter than it says itself');
  for (let at = 0; at + bytesPerFrame <= samples.length; at += bytesPerFrame) {
    const prospect = samples.readInt16LE(at);
    samples.writeInt16LE(samples.readInt16LE(at + 2), at);
    samples.writeInt16LE(prospect, at + 2);
  }
  const partialPath = `${filePath}.growing`;
  const handle = await open(partialPath, 'w');
  try {
    await handle.write(pcm16WavHeader(channels, layout.sampleRate, samples.length), 0, wavHeaderBytes, 0);
    await handle.write(samples, 0, samples.length, wavHeaderBytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(partialPath, filePath);
  return { filePath, durationSeconds: samples.length / (layout.sampleRate * bytesPerFrame) };
}
