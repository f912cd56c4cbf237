import { randomBytes } from 'node:crypto';

/** What the carrier answers with when it will not do something: its own number and words, as in its error dictionary. */
export class CarrierRefusal extends Error {
  override name = 'CarrierRefusal';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get body(): object {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export const notFound = (what: string): CarrierRefusal => new CarrierRefusal(404, 20404, `The requested resource ${what} was not found`);

/** A resource id as the carrier makes them: two letters and 32 hexadecimal digits. */
export const newSid = (prefix: 'CA' | 'CF' | 'RE' | 'QU'): string => prefix + randomBytes(16).toString('hex');

/** The carrier's dates: RFC 2822, whole seconds, UTC. */
export const carrierDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000');
