import { answerCall } from '../../server/app/inbound/answer-call.ts';
import { ringCall } from '../../server/app/inbound/ring-call.ts';
import { takeArrivingCall } from '../../server/app/inbound/take-arriving-call.ts';
import { setPresence } from '../../server/app/presence/set-presence.ts';
import type { Actor } from '../../server/app/actor.ts';
import { say, type Department } from './call-department.ts';

let arrivals = 0;

/** A call from this number reaches the department; answers its id. */
export async function arrive(department: Department, from: string | null): Promise<number> {
  arrivals += 1;
  const arriving = { carrierCallId: `arrival ${arrivals}`, from, to: '+74950000000', at: department.time.now, handedOver: null };
  const callId = await takeArrivingCall(department.app, arriving);
  if (callId === null) throw new Error('nobody could take the call');
  await ringCall(department.app, callId);
  return callId;
}

export const beReady = (department: Department, ...reps: Actor[]) =>
  Promise.all(reps.map((rep) => setPresence(department.app, rep, 'ready')));

/** Answered by this rep, talked for a minute, and over. */
export async function talkInbound(department: Department, rep: Actor, callId: number): Promise<void> {
  await answerCall(department.app, rep, callId);
  await say(department, callId, { kind: 'answered' }, 3);
  await say(department, callId, { kind: 'ended', cause: 'completed' }, 63);
}

/** For whom it rings now. */
export async function ringsFor(department: Department, callId: number): Promise<number[]> {
  const rows = await department.prisma.callRing.findMany({ where: { callId, stoppedAt: null }, orderBy: { repId: 'asc' } });
  return rows.map((row) => row.repId);
}
