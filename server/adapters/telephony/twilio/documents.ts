import twilio from 'twilio';

const { VoiceResponse } = twilio.twiml;

/** What happens in a room that concerns us. */
export const roomEvents = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'announcement'] as const;

/** The rep's leg enters its room and stays there through the shift. */
export function enterRoom(room: { name: string; label: string; muted: boolean; callback: string }): string {
  const response = new VoiceResponse();
  response.dial().conference(
    {
      participantLabel: room.label,
      muted: room.muted,
      beep: 'false',
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      waitUrl: '',
      statusCallback: room.callback,
      statusCallbackEvent: [...roomEvents],
    },
    room.name,
  );
  return response.toString();
}

/** The prospect goes on to a number of his own; our side is out. */
export function goOnTo(to: string, from: string): string {
  const response = new VoiceResponse();
  response.dial({ callerId: from }).number(to);
  return response.toString();
}

export function playDigits(digits: string): string {
  const response = new VoiceResponse();
  response.play({ digits });
  return response.toString();
}

export function playForever(soundUrl: string): string {
  const response = new VoiceResponse();
  response.play({ loop: 0 }, soundUrl);
  return response.toString();
}

export interface EnteringCaller {
  room: string;
  label: string;
  callback: string;
  recordingCallback: string;
}

/** Two channels from here on: the caller's own and what he hears. */
function recordBothSides(response: InstanceType<typeof VoiceResponse>, callback: string): void {
  response.start().recording({
    channels: 'dual',
    trim: 'do-not-trim',
    recordingStatusCallback: callback,
    recordingStatusCallbackEvent: ['completed', 'absent'],
  });
}

/** A caller comes into the room of the rep who answered, recorded from there on. */
export function letIn({ room, label, callback, recordingCallback }: EnteringCaller): string {
  const response = new VoiceResponse();
  recordBothSides(response, recordingCallback);
  const options = { participantLabel: label, beep: 'false', waitUrl: '', endConferenceOnExit: false } as const;
  response.dial().conference({ ...options, statusCallback: callback, statusCallbackEvent: [...roomEvents] }, room);
  return response.toString();
}

const nobodyCanAnswer = 'Здравствуйте. Сейчас никто не может ответить. Оставьте сообщение после сигнала, мы перезвоним.';

/** Nobody answered: the caller speaks after the beep, both sides on their own channel. */
export function takeDown(message: { greeting: boolean; longestSeconds: number; beepUrl: string; recordingCallback: string }): string {
  const response = new VoiceResponse();
  recordBothSides(response, message.recordingCallback);
  if (message.greeting) response.say({ language: 'ru-RU' }, nobodyCanAnswer);
  response.play(message.beepUrl);
  response.pause({ length: message.longestSeconds });
  response.hangup();
  return response.toString();
}

export function turnAway(): string {
  const response = new VoiceResponse();
  response.reject();
  return response.toString();
}
