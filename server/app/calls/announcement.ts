import type { AppContext } from '../context.ts';
import { RecordingNotStored, type RecordingStorage } from '../ports/recording-storage.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Announcement } from '../ports/telephony.ts';
import { soundOfClip } from '../voice-clips/sound-of-clip.ts';

/** What the prospect of this call hears before he is recorded: the department's clip, else the carrier's own words; null when he is not told. */
export async function announcementFor(
  app: AppContext & { recordingStorage: RecordingStorage },
  call: Pick<CallRecord, 'id' | 'announcement'>,
): Promise<Announcement | null> {
  if (call.announcement !== 'asked') return null;
  const clip = await app.unitOfWork.run((stores) => stores.voiceClips.announcing());
  if (!clip) return 'ownWords';
  try {
    return { id: clip.id, wav: await soundOfClip(app, clip) };
  } catch (error) {
    if (!(error instanceof RecordingNotStored)) throw error;
    app.log.error(
      { err: error, callId: call.id, clipId: clip.id },
      'the clip that announces recordings is gone; the carrier says it in its own words',
    );
    return 'ownWords';
  }
}

/** Who was handed over to a colleague has heard it from us already. */
export async function wasTold(stores: Stores, call: Pick<CallRecord, 'handedFromId'>): Promise<boolean> {
  const before = call.handedFromId === null ? null : await stores.calls.find(call.handedFromId);
  return before?.announcement === 'played';
}
