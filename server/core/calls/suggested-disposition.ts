import type { CarrierCode } from '../dispositions/codes.ts';
import type { AnsweredBy, EndCause } from './carrier-event.ts';

/**
 * The outcome that the carrier's cause already chooses when there was no talk, so that Enter confirms it; null when the
 * rep has to say. An end nobody could name without an answer is offered as "no answer".
 */
export function suggestedDisposition(endCause: EndCause | null, answeredBy: AnsweredBy | null): CarrierCode | null {
  switch (endCause) {
    case null:
      return null;
    case 'completed':
      return answeredBy === 'machine' ? 'machine' : null;
    case 'unknown':
      return answeredBy === 'machine' ? 'machine' : answeredBy === 'human' ? null : 'noAnswer';
    case 'busy':
    case 'noAnswer':
    case 'rejected':
    case 'invalidNumber':
    case 'canceled':
    case 'machine':
    case 'providerError':
      return endCause;
    default:
      return endCause satisfies never;
  }
}
