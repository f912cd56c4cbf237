import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { AnsweredBy, CarrierEventBody, EndCause } from '../../../core/calls/carrier-event.ts';

/** SIP answers that say the number does not exist. */
const noSuchNumber: ReadonlySet<string> = new Set(['404', '410', '484', '604']);
/** Twilio's own errors that say the same before anything is dialled. */
const invalidNumberErrors: ReadonlySet<number> = new Set([13_223, 13_224, 21_211, 21_214, 21_217, 21_401, 21_421]);

/** Statuses after which nothing comes. */
export const finalStatuses: ReadonlySet<string> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

type EndFacts = Pick<CarrierLeg, 'inbound' | 'message' | 'answeredAt' | 'answeredBy' | 'hangupAsked'>;

/** How a call ended, in the trade's words; null while it lives, `unknown` for a word that no table knows. */
export function endCauseOf(status: string, facts: EndFacts, sipCode?: string): EndCause | null {
  if (facts.inbound && finalStatuses.has(status)) return endOfArriving(facts);
  const isCanceled = facts.hangupAsked && facts.answeredAt === null;
  switch (status) {
    case 'queued':
    case 'initiated':
    case 'ringing':
    case 'in-progress':
      return null;
    case 'completed':
      if (facts.answeredBy === 'machine') return 'machine';
      return isCanceled ? 'canceled' : 'completed';
    case 'busy':
      return sipCode === '603' ? 'rejected' : 'busy';
    case 'no-answer':
      return isCanceled ? 'canceled' : 'noAnswer';
    case 'canceled':
      return 'canceled';
    case 'failed':
      return sipCode !== undefined && noSuchNumber.has(sipCode) ? 'invalidNumber' : 'providerError';
    default:
      return 'unknown';
  }
}

/** To Twilio every arriving call that got a document was completed. */
function endOfArriving(facts: EndFacts): EndCause {
  if (facts.message) return 'noAnswer';
  if (facts.answeredAt !== null) return 'completed';
  return facts.hangupAsked ? 'rejected' : 'canceled';
}

/** What a status of Twilio's says about a call; the end is judged by `endCauseOf`. */
export function progressOf(status: string): Exclude<CarrierEventBody, { kind: 'ended' }> {
  switch (status) {
    case 'queued':
    case 'initiated':
      return { kind: 'dialing' };
    case 'ringing':
      return { kind: 'ringing' };
    case 'in-progress':
      return { kind: 'answered' };
    default:
      return { kind: 'unknown' };
  }
}

/** Who answered; undefined for a word that no table knows. */
export function answeredByOf(word: string): AnsweredBy | undefined {
  switch (word) {
    case 'human':
      return 'human';
    case 'machine_start':
    case 'machine_end_beep':
    case 'machine_end_silence':
    case 'machine_end_other':
    case 'fax':
      return 'machine';
    case 'unknown':
      return 'unknown';
    default:
      return undefined;
  }
}

/** Why Twilio refused a dial before it was made. */
export function refusalCauseOf(code: number | undefined): EndCause {
  return code !== undefined && invalidNumberErrors.has(code) ? 'invalidNumber' : 'providerError';
}
