import type { Request, Response } from 'express';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PlayableFile } from '../../app/recordings/play-recording.ts';
import { keptTypes, type RecordingSound } from '../../app/ports/recording-sound.ts';
import type { RecordingStorage } from '../../app/ports/recording-storage.ts';
import { Refused } from '../../app/problem.ts';

/** The one range asked for; undefined for the whole. @throws Refused 416. Several ranges are answered with the whole, as RFC 9110 allows. */
function rangeOf(request: Request, response: Response, sizeBytes: number, etag: string): { start: number; end: number } | undefined {
  const condition = request.get('if-range');
  if (condition !== undefined && condition !== etag) return undefined;
  const ranges = request.range(sizeBytes, { combine: true });
  if (ranges === undefined || ranges === -2) return undefined;
  if (ranges === -1) {
    response.setHeader('Content-Range', `bytes */${sizeBytes}`);
    throw new Refused(416, 'rangeOutside', 'this part is outside the recording');
  }
  return ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
}

function goneAway(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  );
}

/**
 * Writes the sound: 200 or 206, without a body for HEAD, 304 when the browser still has it.
 * The cache is the reader's own and asks each time, so that an erased recording or a closed account is silent at once.
 */
export async function sendAudio(storage: RecordingStorage, file: PlayableFile, request: Request, response: Response): Promise<void> {
  const etag = `"${file.sha256 ?? `${file.id}-${file.sizeBytes ?? 0}`}"`;
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Vary', 'Cookie');
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  const ending = file.mimeType === keptTypes.opus ? 'ogg' : 'wav';
  response.setHeader('Content-Disposition', `inline; filename="call-${file.callId}.${ending}"`);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const sizeBytes = file.sizeBytes ?? (await sizeInStorage(storage, file.storageKey));
  const range = rangeOf(request, response, sizeBytes, etag);
  response.status(range ? 206 : 200).type(file.mimeType);
  response.setHeader('Content-Length', String(range ? range.end - range.start + 1 : sizeBytes));
  if (range) response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const { stream } = await storage.open(file.storageKey, range);
  await sent(stream, response);
}

/** The sound made into WAV for programs that read nothing else; only whole, to be kept under a name. */
export async function sendAsWav(
  app: { recordingStorage: RecordingStorage; recordingSound: RecordingSound },
  file: PlayableFile,
  request: Request,
  response: Response,
): Promise<void> {
  const { mimeType, storageKey, callId } = file;
  const { sizeBytes, stream } = await app.recordingSound.toWav({ mimeType, ...(await app.recordingStorage.open(storageKey)) });
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Content-Disposition', `attachment; filename="call-${callId}.wav"`);
  response.status(200).type(keptTypes.wav).setHeader('Content-Length', String(sizeBytes));
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  await sent(stream, response);
}

/** Whoever seeks, or leaves, lets a stream half read. */
async function sent(stream: Readable, response: Response): Promise<void> {
  await pipeline(stream, response).catch((error: unknown) => {
    if (!goneAway(error)) throw error;
  });
}

async function sizeInStorage(storage: RecordingStorage, storageKey: string): Promise<number> {
  const { stream, sizeBytes } = await storage.open(storageKey, { start: 0, end: 0 });
  stream.destroy();
  return sizeBytes;
}
