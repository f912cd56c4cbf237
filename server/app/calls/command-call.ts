import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import { AnnouncementPlays, CallNotLive, LineInUse, PartyMismatch, PartyUnreachable, type Telephony } from '../ports/telephony.ts';
import { conflict, notFound } from '../problem.ts';

export type CallCommand = { kind: 'hangup' | 'hold' | 'unhold' | 'mute' | 'unmute' | 'mergeParty' } | { kind: 'dtmf'; digits: string };

/** The rep's own call; another's answers like an absent one. */
export async function ownCall(app: Pick<AppContext, 'unitOfWork'>, actor: Actor, callId: number): Promise<CallRecord> {
  const call = await app.unitOfWork.run((stores) => stores.calls.find(callId));
  if (call?.repId !== actor.id) throw notFound('call');
  return call;
}

/** The rep's own live call. @throws Refused 404, 409 `callEnded` */
export async function ownLiveCall(app: Pick<AppContext, 'unitOfWork'>, actor: Actor, callId: number): Promise<CallRecord> {
  const call = await ownCall(app, actor, callId);
  if (call.state === 'ended') throw conflict('callEnded', 'the call has ended');
  return call;
}

/** What a carrier cannot do for a call now, in words that the console knows. @throws Refused 409 */
export async function obeyed<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CallNotLive) throw conflict('callNotLive', 'nobody is in this call now');
    if (error instanceof AnnouncementPlays) throw conflict('announcementPlays', error.message);
    if (error instanceof PartyMismatch) throw conflict('partyMismatch', error.message);
    if (error instanceof PartyUnreachable) throw conflict('partyUnreachable', error.message);
    if (error instanceof LineInUse) throw conflict('colleagueBusy', error.message);
    throw error;
  }
}

/** Passes a command on to the carrier; the truth comes as an event. @throws Refused 404, 409 `callEnded`, `callNotLive`, `announcementPlays`, `partyMismatch` */
export async function commandCall(
  app: AppContext & { telephony: Telephony },
  actor: Actor,
  callId: number,
  command: CallCommand,
): Promise<void> {
  await ownLiveCall(app, actor, callId);
  await obeyed(send(app.telephony, callId, command));
}

function send(telephony: Telephony, callId: number, command: CallCommand): Promise<void> {
  switch (command.kind) {
    case 'hangup':
    case 'hold':
    case 'unhold':
    case 'mute':
    case 'unmute':
    case 'mergeParty':
      return telephony[command.kind](callId);
    case 'dtmf':
      return telephony.sendDigits(callId, command.digits);
    default:
      return command satisfies never;
  }
}
