import type { SoundName } from './sounds.ts';

const base = '/telephony/twilio';
/** By default an answer of 500 is lost: this asks Twilio to try again, also then. The fragment is not part of the signature. */
const retries = '#rc=3&rp=all';

/** Where Twilio reaches us. */
export class Addresses {
  readonly #publicUrl: string;

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  callStatus(callId: number): string {
    return this.#callback(`calls/${callId}/status`);
  }

  machine(callId: number): string {
    return this.#callback(`calls/${callId}/machine`);
  }

  recording(callId: number): string {
    return this.#callback(`calls/${callId}/recording`);
  }

  room(repId: number): string {
    return this.#callback(`rooms/${repId}`);
  }

  party(callId: number, party: string): string {
    return this.#callback(`calls/${callId}/party?party=${encodeURIComponent(party)}`);
  }

  /** What a prospect hears who is handed over to a rep; Twilio's asking for it is the hand-over. */
  handOver(callId: number, repId: number): string {
    return this.#callback(`calls/${callId}/hand-over?rep=${repId}`);
  }

  /** The document that plays digits; Twilio's asking for it is the proof that they are played. */
  digits(callId: number, digits: string, nonce: string): string {
    return this.#document(`calls/${callId}/digits?digits=${encodeURIComponent(digits)}&nonce=${nonce}`);
  }

  holdMusic(): string {
    return this.#document('hold');
  }

  /** A public sound; no signature, nothing of anybody in it. */
  sound(name: SoundName): string {
    return this.#document(`sounds/${name}.wav`);
  }

  /** A clip of ours, which only who was given this address may hear. */
  clip(clipId: number, ticket: string): string {
    return this.#document(`clips/${clipId}.wav?ticket=${ticket}`);
  }

  headset(): string {
    return this.#document('headset');
  }

  inbound(): string {
    return this.#document('inbound');
  }

  /** The number's own status callback. */
  inboundStatus(): string {
    return this.#document('inbound/status');
  }

  /** The address that a request's signature was made over. */
  signed(path: string): string {
    return this.#publicUrl + path;
  }

  #callback(path: string): string {
    return this.#document(path) + retries;
  }

  #document(path: string): string {
    return `${this.#publicUrl}${base}/${path}`;
  }
}
