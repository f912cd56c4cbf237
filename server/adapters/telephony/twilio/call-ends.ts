import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { Line } from './line.ts';
import { releaseSupervisors } from './coaching.ts';
import { releaseParty } from './release-party.ts';
import { wholeSecond } from './whole-second.ts';

export interface LegEnd {
  cause: EndCause;
  carrierWord: string;
  at: Date;
  /** Nobody was dialled yet. */
  takenBack?: boolean;
}

/** Writes a leg's end down and tells it; Twilio's own word for the same end is then a copy. Whoever was asked in is sent back. */
export async function endLeg(line: Line, leg: Pick<CarrierLeg, 'callId' | 'sid'>, end: LegEnd): Promise<void> {
  const known = await line.legs.find(leg.callId);
  await line.legs.change(leg.callId, ['waiting', 'asked', 'placed'], {
    phase: 'ended',
    endedAt: end.at,
    endCause: end.cause,
    endWord: end.carrierWord,
  });
  await line.tell.event({
    callId: leg.callId,
    eventKey: `${leg.sid ?? 'unplaced'}:end`,
    at: end.at,
    carrierWord: end.carrierWord,
    body: { kind: 'ended', cause: end.cause, ...(end.takenBack === true ? { takenBack: true } : {}) },
  });
  if (!known) return;
  await releaseSupervisors(line, known);
  await releaseParty(line, known);
}

/** The library types it as a date always; Twilio has none for a call that it has not quite ended. */
export const endTimeOf = (line: Line, endTime: Date | null): Date => endTime ?? wholeSecond(line.now());
