/** What the carrier does with one dial request besides, or instead of, dialling. `hold` never answers at all. */
export type DialFault =
  | 'tooManyRequests'
  | 'serverErrorBefore'
  | 'serverErrorAfter'
  | 'resetBefore'
  | 'resetAfter'
  | 'holdBefore'
  | 'holdAfter';

/** What happens to one callback on its way to us. */
export interface DeliveryFault {
  lost?: boolean;
  /** How many times it arrives; 1 when absent. */
  copies?: number;
  lateMilliseconds?: number;
  /** It sets out when this has happened. */
  after?: Promise<unknown>;
}

export interface CallbackOnItsWay {
  callSid: string;
  /** Which address of ours it goes to, without the public part. */
  path: string;
  /** `CallStatus`, `StatusCallbackEvent` or `RecordingStatus`, whichever it tells. */
  word: string;
}

/** The carrier on a bad day; an empty set is a good one. */
export interface Faults {
  dial?: (dial: { to: string; requestsSoFar: number }) => DialFault | null | Promise<DialFault | null>;
  delivery?: (callback: CallbackOnItsWay) => DeliveryFault;
  /** A change of a call is obeyed and never answered, or never arrives. */
  change?: (callSid: string) => 'holdBefore' | 'holdAfter' | null;
  /** The file of a recording stops coming in its middle. */
  media?: (callSid: string) => 'half' | null;
  /** Reads answer as of so long ago. */
  staleReadMilliseconds?: number;
  /** What becomes of recordings: never announced although kept, told as absent, media 404 for some reads. */
  recording?: (callSid: string) => 'silent' | 'absent' | 'late' | null;
}
