import { CallNotLive, LineInUse, type Announcement } from '../../../app/ports/telephony.ts';
import type { SandboxCall } from './sandbox-call.ts';
import type { Stations } from './stations.ts';

interface Joining {
  callId: number;
  repId: number;
  call: SandboxCall | undefined;
  stations: Stations;
}

/** Connects a caller who waits. @throws CallNotLive, LineInUse */
export function joinCaller({ callId, repId, call, stations }: Joining, announcement: Announcement | null): void {
  if (call?.phase !== 'ringing' || call.repId !== null) throw new CallNotLive(callId);
  if (stations.isInUse(repId)) throw new LineInUse(repId);
  stations.takeCall(repId, call);
  call.answerAt(repId, announcement);
}

/** Joins whoever answered a held line; asked again it changes nothing. @throws CallNotLive, LineInUse */
export function joinHeld({ callId, repId, call, stations }: Joining): void {
  if (call?.phase !== 'answered') throw new CallNotLive(callId);
  if (call.repId === repId) return;
  if (call.repId !== null) throw new CallNotLive(callId);
  if (stations.isInUse(repId)) throw new LineInUse(repId);
  call.joinTo(repId);
  stations.takeCall(repId, call);
}
