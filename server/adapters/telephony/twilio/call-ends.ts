import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { Line } from './line.ts';

export interface LegEnd {
  cause: EndCause;
  carrierWord: string;
  at: Date;
}

/** Writes a leg's end down and tells it; Twilio's own word for the same end is then a copy. */
export async function endLeg(line: Line, leg: Pick<CarrierLeg, 'callId' | 'sid'>, end: LegEnd): Promise<void> {
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
    body: { kind: 'ended', cause: end.cause },
  });
}

/** Twilio's clock counts whole seconds; what we say beside it must not run ahead of it. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);

/** The library types it as a date always; Twilio has none for a call that it has not quite ended. */
export const endTimeOf = (line: Line, endTime: Date | null): Date => endTime ?? wholeSecond(line.now());
