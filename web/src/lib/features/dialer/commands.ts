import { holdCall, hangupCall, muteCall, sendDigits, unholdCall, unmuteCall } from '$contract/http/calls.ts';
import {
  consultCall,
  dismissParty,
  mergeCall,
  pauseRecording,
  resumeRecording,
  transferCall,
  type PartyInput,
} from '$contract/http/call-parties.ts';
import { leaveMessage } from '$contract/http/voice-clips.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { toast } from '$lib/ui/index.ts';

const endpoints = {
  hangup: hangupCall,
  hold: holdCall,
  unhold: unholdCall,
  mute: muteCall,
  unmute: unmuteCall,
  merge: mergeCall,
  dismiss: dismissParty,
  pauseRecording,
  resumeRecording,
} as const;

/** Asks the carrier for something; what became of it comes as a `call:state` event. */
export async function commandCall(callId: number, name: keyof typeof endpoints): Promise<void> {
  await said(call(endpoints[name], { params: { id: callId } }));
}

/** Sends key tones. */
export async function pressDigits(callId: number, digits: string): Promise<void> {
  await said(call(sendDigits, { params: { id: callId }, body: { digits } }));
}

/** A colleague or a number. */
export type Whom = PartyInput;

/** Hands the prospect on; true when the carrier took it. */
export function transferTo(callId: number, whom: Whom): Promise<boolean> {
  return said(call(transferCall, { params: { id: callId }, body: whom }));
}

/** Asks somebody in while the prospect waits; true when he is being asked. */
export function askIn(callId: number, whom: Whom): Promise<boolean> {
  return said(call(consultCall, { params: { id: callId }, body: whom }));
}

/** Leaves the default clip on the machine that answered; true when the carrier took it. */
export function leaveClip(callId: number): Promise<boolean> {
  return said(call(leaveMessage, { params: { id: callId }, body: {} }));
}

/** What a refusal in mid-call means, for a toast. */
function refusalText(problem: ApiProblem): string {
  const words: Readonly<Record<string, () => string>> = {
    callEnded: m.dialer_refused_ended,
    callNotLive: m.dialer_refused_not_live,
    announcementPlays: m.dialer_refused_announcing,
    partyMismatch: m.dialer_refused_party,
    partyUnreachable: m.dialer_refused_unreachable,
    colleagueBusy: m.dialer_refused_busy,
    noClip: m.dialer_refused_no_clip,
    notDialled: m.dialer_refused_not_dialled,
  };
  return words[problem.code]?.() ?? problem.message;
}

async function said(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(refusalText(error), { tone: 'late' });
    return false;
  }
}
