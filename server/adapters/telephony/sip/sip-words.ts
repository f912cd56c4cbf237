import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EndCause } from '../../../core/calls/carrier-event.ts';

/** What Janus's SIP plugin says of a call; headers and the like are left in place. */
export const sipWord = z.object({
  call_id: z.string().optional(),
  result: z.object({
    event: z.string(),
    code: z.number().optional(),
    reason: z.string().optional(),
    reason_header: z.string().optional(),
    username: z.string().optional(),
    callee: z.string().optional(),
    master_id: z.number().optional(),
    content: z.string().optional(),
    call_id: z.string().optional(),
  }),
});

export type SipResult = z.infer<typeof sipWord>['result'];

/** What we know of a call that its final SIP code alone does not say. */
export interface EndFacts {
  inbound: boolean;
  answered: boolean;
  machine: boolean;
  message: boolean;
  /** We ended it: by hand, or because it rang too long. */
  ours: 'hangup' | 'ringTimeout' | null;
  ringing: boolean;
}

/** How a call ended, in the trade's words (sip.md); `unknown` for a code that no table knows. */
export function endCauseOf(code: number, facts: EndFacts): EndCause {
  if (facts.message) return 'noAnswer';
  if (facts.answered) return facts.machine ? 'machine' : 'completed';
  if (facts.ours === 'ringTimeout') return 'noAnswer';
  if (facts.inbound) return facts.ours === 'hangup' ? 'rejected' : 'canceled';
  if (facts.ours === 'hangup') return 'canceled';
  return causeOfCode(code, facts.ringing);
}

function causeOfCode(code: number, ringing: boolean): EndCause {
  switch (code) {
    case 486:
    case 600:
      return 'busy';
    case 480:
    case 487:
      return 'noAnswer';
    case 408:
      return ringing ? 'noAnswer' : 'providerError';
    case 603:
    case 607:
      return 'rejected';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'invalidNumber';
    case 401:
    case 403:
    case 407:
    case 415:
    case 488:
    case 606:
      return 'providerError';
    default:
      return code >= 500 && code < 600 ? 'providerError' : 'unknown';
  }
}

/** The trunk could not take the call now, or never answered: the next one may. */
export const triesNextTrunk = (code: number, ringing: boolean): boolean => !ringing && (code === 503 || code === 408);

/** The far side speaks none of what we offered. */
export const wantsOtherCodec = (code: number): boolean => code === 488 || code === 415 || code === 606;

/** Code and words as the carrier said them. */
export const wordOf = (result: SipResult): string =>
  [result.code, result.reason, result.reason_header].filter((part) => part !== undefined && part !== '').join(' ') || result.event;

/** The number in a SIP address; null when it names none. */
export function userOf(address: string | undefined): string | null {
  return /^<?sips?:([^@;>]+)@/.exec(address ?? '')?.[1] ?? null;
}

/** What the SIP dialogue of a new call is called, on the wire and with us. */
export const newSipCallId = (): string => randomUUID();
