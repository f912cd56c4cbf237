import type { Fields } from './fields.ts';
import type { RecordingWish } from './leg.ts';

/** `sent` is how much of the bytes really comes before the line falls silent; all when absent. */
export type ApiReply = { status: number; json: object } | { status: number; bytes: Buffer; sent?: number };

const recordingStates = ['in-progress', 'completed', 'absent'] as const;

export const participantFields = [
  'To',
  'From',
  'Label',
  'Timeout',
  'StatusCallback',
  'StatusCallbackMethod',
  'StatusCallbackEvent',
  'Beep',
  'StartConferenceOnEnter',
  'EndConferenceOnExit',
  'WaitUrl',
  'EarlyMedia',
  'Muted',
  'Coaching',
  'CallSidToCoach',
  'Record',
  'RecordingChannels',
  'RecordingTrack',
  'RecordingStatusCallback',
  'RecordingStatusCallbackMethod',
  'RecordingStatusCallbackEvent',
  'Trim',
  'ConferenceStatusCallback',
  'ConferenceStatusCallbackMethod',
  'ConferenceStatusCallbackEvent',
  'MachineDetection',
  'MachineDetectionTimeout',
  'AmdStatusCallback',
  'AmdStatusCallbackMethod',
];

export const ok = (json: object): ApiReply => ({ status: 200, json });
export const created = (json: object): ApiReply => ({ status: 201, json });
export const page = (name: string, items: object[]): object => ({ [name]: items, page: 0, page_size: 50, next_page_uri: null, uri: '' });

export function callbackOf<Word extends string>(
  fields: Fields,
  address: string,
  events: string,
  words: readonly Word[],
  byDefault: readonly Word[],
): { url: string; events: Word[] } | null {
  const url = fields.address(address);
  const wanted = fields.manyOf(events, words);
  return url ? { url: url.href, events: wanted.length > 0 ? wanted : [...byDefault] } : null;
}

export function recordingWish(fields: Fields): RecordingWish {
  const events = fields.manyOf('RecordingStatusCallbackEvent', recordingStates);
  return { callback: fields.address('RecordingStatusCallback')?.href ?? null, events: events.length > 0 ? events : ['completed'] };
}
