import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { AnnouncementPlays, CallNotLive } from '../../../app/ports/telephony.ts';
import { isUntold, wasHeard } from './announcing.ts';
import { failureOf } from './api.ts';
import type { Line } from './line.ts';

export interface AnsweredLeg extends CarrierLeg {
  repId: number;
  sid: string;
  roomSid: string;
}

/** @throws CallNotLive unless the call is answered, at a rep's headset and in his room; AnnouncementPlays before it is recorded */
export async function answeredLeg(line: Line, callId: number): Promise<AnsweredLeg> {
  const leg = await talkingLeg(line, callId);
  if (isUntold(leg) && !(await wasHeard(line, leg))) throw new AnnouncementPlays(callId);
  return inRoom(leg);
}

/** The same, also while its prospect only hears that he will be recorded: for what concerns the rep's end alone. @throws CallNotLive */
export async function talkingLeg(line: Line, callId: number): Promise<CarrierLeg & Pick<AnsweredLeg, 'repId' | 'sid'>> {
  const leg = await line.legs.find(callId);
  if (leg?.phase !== 'placed' || !leg.answeredAt || leg.repId === null || !leg.sid) throw new CallNotLive(callId);
  return { ...leg, repId: leg.repId, sid: leg.sid };
}

/** @throws CallNotLive while he is in no room yet */
export function inRoom(leg: CarrierLeg & Pick<AnsweredLeg, 'repId' | 'sid'>): AnsweredLeg {
  if (!leg.roomSid) throw new CallNotLive(leg.callId);
  return { ...leg, roomSid: leg.roomSid };
}

/** A call that ended under our hands is not live any more. */
export async function whileLive<Answer>(callId: number, work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (failureOf(error).kind === 'gone') throw new CallNotLive(callId);
    throw error;
  }
}

/** For what is to be gone or over anyway. */
export async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error;
  }
}
