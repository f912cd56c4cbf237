import type { RecordingStorage } from '../ports/recording-storage.ts';
import { RecordingNotStored } from '../ports/recording-storage.ts';
import type { AppContext } from '../context.ts';
import type { VoiceClip } from '../ports/stores/voice-clips.ts';

type Storing = AppContext & { recordingStorage: RecordingStorage };

/** The whole file of a clip. @throws RecordingNotStored */
export async function soundOfClip(app: Pick<Storing, 'recordingStorage'>, clip: Pick<VoiceClip, 'storageKey'>): Promise<Uint8Array> {
  const { stream } = await app.recordingStorage.open(clip.storageKey);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The same for a carrier that fetches it; null when it was removed meanwhile. */
export async function soundForCarrier(app: Storing, clipId: number): Promise<Uint8Array | null> {
  const clip = await app.unitOfWork.run((stores) => stores.voiceClips.find(clipId));
  if (!clip) return null;
  try {
    return await soundOfClip(app, clip);
  } catch (error) {
    if (error instanceof RecordingNotStored) return null;
    throw error;
  }
}
