import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Telephony } from '../ports/telephony.ts';
import { obeyed, ownLiveCall } from './command-call.ts';

/**
 * Stops keeping what is said, for card numbers and the like, or keeps it again; who did it is written into the audit.
 * @throws Refused 404; 409 `callEnded`, `callNotLive`
 */
export async function keepRecording(
  app: AppContext & { telephony: Telephony },
  actor: Actor,
  callId: number,
  isKept: boolean,
): Promise<void> {
  const call = await ownLiveCall(app, actor, callId);
  if (call.recordingPaused !== isKept) return;
  await obeyed(isKept ? app.telephony.resumeRecording(callId) : app.telephony.pauseRecording(callId));
  const action = isKept ? 'recording.resume' : 'recording.pause';
  await app.unitOfWork.run((stores) =>
    stores.audit.write({ userId: actor.id, action, entity: 'call', entityId: callId, details: { companyId: call.companyId } }),
  );
}
