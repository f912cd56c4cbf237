import { holdCall, hangupCall, muteCall, sendDigits, transferCall, unholdCall, unmuteCall } from '$contract/http/calls.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { toast } from '$lib/ui/index.ts';

const endpoints = { hangup: hangupCall, hold: holdCall, unhold: unholdCall, mute: muteCall, unmute: unmuteCall } as const;

/** Asks the carrier for something; what became of it comes as a `call:state` event. */
export async function commandCall(callId: number, name: keyof typeof endpoints): Promise<void> {
  await said(call(endpoints[name], { params: { id: callId } }));
}

/** Sends key tones. */
export async function pressDigits(callId: number, digits: string): Promise<void> {
  await said(call(sendDigits, { params: { id: callId }, body: { digits } }));
}

/** Hands the prospect on to a number; true when the carrier took it. */
export function transferTo(callId: number, to: string): Promise<boolean> {
  return said(call(transferCall, { params: { id: callId }, body: { to } }));
}

async function said(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message, { tone: 'late' });
    return false;
  }
}
