import { usedClip } from '../../core/audio/used-clip.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { Telephony } from '../ports/telephony.ts';
import { conflict, notFound } from '../problem.ts';
import { soundOfClip } from '../voice-clips/sound-of-clip.ts';
import { audibleClip } from '../voice-clips/voice-clips.ts';
import { obeyed, ownLiveCall } from './command-call.ts';

/**
 * Leaves a clip on the machine that answered the rep's dial: the named one, else the one that he leaves by one key. What follows, the
 * outcome of the call too, comes with the carrier's events.
 * @throws Refused 404; 409 `callEnded`, `callNotLive`, `notDialled`, `noClip`
 */
export async function leaveMessage(
  app: AppContext & { telephony: Telephony; recordingStorage: RecordingStorage },
  actor: Actor,
  callId: number,
  clipId: number | undefined,
): Promise<void> {
  const call = await ownLiveCall(app, actor, callId);
  if (call.direction === 'inbound') throw conflict('notDialled', 'who calls us by himself is no machine');
  const clip = await app.unitOfWork.run(async (stores) =>
    clipId === undefined ? usedClip(await stores.voiceClips.of(actor.id)) : audibleClip(stores, actor, clipId),
  );
  if (clip?.announces) throw notFound('clip');
  if (!clip) throw conflict('noClip', 'no clip was recorded yet');
  const wav = await soundOfClip(app, clip);
  await obeyed(app.telephony.leaveMessage(callId, { id: clip.id, wav }));
}
