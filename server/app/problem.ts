/**
 * A refusal that a person or a program can act on; entrypoints turn it into problem+json (RFC 9457).
 * `code` is stable and part of the contract; `field` names the input at fault.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, detail: string, more: { field?: string; retryAfterSeconds?: number } = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = more.field;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Another's object and an absent one answer alike (faults.md). */
export const notFound = (what: string): Refused => new Refused(404, 'notFound', `${what} not found`);
export const conflict = (code: string, detail: string): Refused => new Refused(409, code, detail);
export const invalid = (field: string, code: string, detail: string): Refused => new Refused(422, code, detail, { field });
