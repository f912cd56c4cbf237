import { hadJoined } from '../../core/calls/fold-call.ts';
import { partyWord } from '../../core/calls/call-party.ts';
import type { AppContext } from '../context.ts';
import type { Responsible } from '../ports/stores/inbound.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { Telephony } from '../ports/telephony.ts';
import { answerCall } from './answer-call.ts';

/**
 * A handed-over call is answered at once by whoever was consulted about it before: he knows that it comes, and wears his headset.
 * Any other is left to ring.
 */
export async function takeOver(
  app: AppContext & { telephony: Telephony; recordingStorage: RecordingStorage },
  callId: number,
): Promise<void> {
  const consulted = await app.unitOfWork.run(async (stores): Promise<Responsible | null> => {
    const call = await stores.calls.lock(callId);
    if (!call?.untaken || call.handedFromId === null) return null;
    const events = await stores.calls.events(call.handedFromId);
    if (!hadJoined(events, partyWord({ kind: 'rep', repId: call.repId }))) return null;
    await stores.inbound.startRings(callId, [call.repId], 'first', app.clock.now());
    const [rep] = await stores.inbound.answering([call.repId]);
    return rep ?? null;
  });
  if (consulted) await answerCall(app, consulted, callId);
}
