import twilio from 'twilio';
import { announcementWords } from '../../../core/calls/announcement.ts';

const { VoiceResponse } = twilio.twiml;

/** What happens in a room that concerns us. */
export const roomEvents = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'announcement'] as const;

/** Twilio ends a leg after four hours unless told otherwise; a day is the most that it grants. */
const longestShiftSeconds = 86_400;

/** The rep's leg enters its room and stays there through the shift; a supervisor's comes as the coach of the rep's leg, or as one of all. */
export function enterRoom(room: { name: string; label: string; muted: boolean; callback: string; coach?: string }): string {
  const response = new VoiceResponse();
  response.dial({ timeLimit: longestShiftSeconds }).conference(
    {
      participantLabel: room.label,
      muted: room.muted,
      ...(room.coach === undefined ? {} : { coach: room.coach }),
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

/** The prospect and whoever he was handed to go on in a room of their own, which ends with the first of them. */
export function goOnTogether(room: string): string {
  const response = new VoiceResponse();
  response.dial().conference({ beep: 'false', waitUrl: '', endConferenceOnExit: true }, room);
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

/** A clip is played to the far side to its end, and the call is over. */
export function playAndHangUp(soundUrl: string): string {
  const response = new VoiceResponse();
  response.play(soundUrl);
  response.hangup();
  return response.toString();
}

/** The announcement that a call is recorded. */
export type HeardFirst = 'ownWords' | { clipUrl: string };

export interface EnteringCaller {
  room: string;
  label: string;
  callback: string;
  /** Null for who is recorded already. */
  recordingCallback: string | null;
  /** Played to him alone before the recording begins. */
  heardFirst: HeardFirst | null;
}

/** Two channels from here on: the caller's own and what he hears. */
function recordBothSides(response: InstanceType<typeof VoiceResponse>, callback: string): void {
  response.start().recording({
    channels: 'dual',
    trim: 'do-not-trim',
    recordingStatusCallback: callback,
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
  });
}

/** Somebody on the line comes into the room of the rep who has him from now on, recorded from there on. */
export function letIn({ room, label, callback, recordingCallback, heardFirst }: EnteringCaller): string {
  const response = new VoiceResponse();
  if (heardFirst === 'ownWords') response.say({ language: 'ru-RU' }, announcementWords);
  else if (heardFirst) response.play(heardFirst.clipUrl);
  if (recordingCallback !== null) recordBothSides(response, recordingCallback);
  const options = { participantLabel: label, beep: 'false', waitUrl: '', endConferenceOnExit: false } as const;
  response.dial().conference({ ...options, statusCallback: callback, statusCallbackEvent: [...roomEvents] }, room);
  return response.toString();
}

const nobodyCanAnswer = 'Здравствуйте. Сейчас никто не может ответить. Оставьте сообщение после сигнала, мы перезвоним.';

const weCallAgain = 'Извините, мы вам перезвоним.';

/** Whoever answered and met nobody is told so, and the call is over. */
export function apologyAndHangUp(): string {
  const response = new VoiceResponse();
  response.say({ language: 'ru-RU' }, weCallAgain);
  response.hangup();
  return response.toString();
}

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
