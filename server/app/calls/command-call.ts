import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Telephony } from '../ports/telephony.ts';
import { conflict, notFound } from '../problem.ts';

export type CallCommand =
  { kind: 'hangup' | 'hold' | 'unhold' | 'mute' | 'unmute' } | { kind: 'dtmf'; digits: string } | { kind: 'transfer'; to: string };

/** The rep's own call; another's answers like an absent one. */
export async function ownCall(app: Pick<AppContext, 'unitOfWork'>, actor: Actor, callId: number): Promise<CallRecord> {
  const call = await app.unitOfWork.run((stores) => stores.calls.find(callId));
  if (call?.repId !== actor.id) throw notFound('call');
  return call;
}

/** Passes a command on to the carrier; the truth comes as an event. @throws Refused 404, 409 `callEnded` */
export async function commandCall(
  app: AppContext & { telephony: Telephony },
  actor: Actor,
  callId: number,
  command: CallCommand,
): Promise<void> {
  const call = await ownCall(app, actor, callId);
  if (call.state === 'ended') throw conflict('callEnded', 'the call has ended');
  await send(app.telephony, callId, command);
}

function send(telephony: Telephony, callId: number, command: CallCommand): Promise<void> {
  switch (command.kind) {
    case 'hangup':
    case 'hold':
    case 'unhold':
    case 'mute':
    case 'unmute':
      return telephony[command.kind](callId);
    case 'dtmf':
      return telephony.sendDigits(callId, command.digits);
    case 'transfer':
      return telephony.transfer(callId, command.to);
    default:
      return command satisfies never;
  }
}
