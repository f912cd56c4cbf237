import { createHash, createHmac } from 'node:crypto';
import type { CallbackOnItsWay, DeliveryFault, Faults } from './faults.ts';

export interface OutgoingRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface Reply {
  status: number;
  contentType: string;
  text: string;
  /** Where the answer is no text. */
  bytes?: Uint8Array;
}

/** How a request of the carrier reaches us: over HTTP, or inside the process when a test makes thousands. */
export type Send = (request: OutgoingRequest) => Promise<Reply>;

export type Parameters = Readonly<Record<string, string>>;

const wholeMilliseconds = 15_000;

export const sendOverHttp: Send = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(wholeMilliseconds),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: new TextDecoder().decode(bytes),
    bytes,
  };
};

/** The carrier's signature: base64 HMAC-SHA1 over the address and the sorted parameters, without any fragment. */
function sign(authToken: string, url: string, parameters: Parameters): string {
  const sorted = Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha1', authToken)
    .update(url + sorted.map(([name, value]) => name + value).join(''))
    .digest('base64');
}

export interface DeliveryOptions {
  authToken: () => string;
  faults: () => Faults;
  send: Send;
  complain: (complaint: string) => void;
}

/** Sends callbacks and fetches documents as the carrier does: signed, one retry, and only for what the address asks to retry. */
export class Deliveries {
  readonly #options: DeliveryOptions;
  readonly #onTheWay = new Set<Promise<unknown>>();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** A callback: nobody waits for it. */
  tell(address: string, parameters: Parameters, about: Omit<CallbackOnItsWay, 'path'>): void {
    const fault = this.#options.faults().delivery?.({ ...about, path: new URL(address).pathname }) ?? {};
    if (fault.lost) return;
    for (let copy = 0; copy < (fault.copies ?? 1); copy += 1) this.#track(this.#tellLater(address, parameters, fault));
  }

  /** A document that the carrier needs to go on, or null when it could not be had. */
  async fetch(address: string, parameters: Parameters, method: 'GET' | 'POST' = 'POST'): Promise<Reply | null> {
    const reply = await this.#attempt(address, parameters, method);
    if (reply && reply.status < 300) return reply;
    this.#options.complain(`11200 ${address} answered ${reply?.status ?? 'nothing'}: ${reply?.text.slice(0, 200) ?? ''}`);
    return null;
  }

  /** An event as JSON: the signature is over the address, which carries the body's checksum. */
  async tellJson(address: string, payload: object): Promise<Reply> {
    const body = JSON.stringify(payload);
    const url = new URL(address);
    url.searchParams.set('bodySHA256', createHash('sha256').update(body).digest('hex'));
    const headers = { 'x-twilio-signature': sign(this.#options.authToken(), url.href, {}), 'content-type': 'application/json' };
    return this.#options.send({ method: 'POST', url: url.href, headers, body });
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#onTheWay.size > 0) await Promise.all(this.#onTheWay);
  }

  async #tellLater(address: string, parameters: Parameters, { lateMilliseconds = 0, after }: DeliveryFault): Promise<void> {
    await after;
    if (lateMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, lateMilliseconds));
    const { tries, always } = retriesOf(address);
    for (let attempt = 0; attempt <= tries; attempt += 1) {
      const reply = await this.#attempt(address, parameters, 'POST');
      if (reply && (reply.status < 500 || !always)) {
        if (reply.status >= 400) this.#options.complain(`11200 ${address} answered ${reply.status}: ${reply.text.slice(0, 200)}`);
        return;
      }
    }
  }

  async #attempt(address: string, parameters: Parameters, method: 'GET' | 'POST'): Promise<Reply | null> {
    const url = new URL(address);
    url.hash = '';
    if (method === 'GET') for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const signature = sign(this.#options.authToken(), url.href, method === 'GET' ? {} : parameters);
    try {
      return await this.#options.send({
        method,
        url: url.href,
        headers: {
          'x-twilio-signature': signature,
          'user-agent': 'TwilioProxy/1.1',
          ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
        },
        body: method === 'POST' ? new URLSearchParams(parameters).toString() : null,
      });
    } catch (error) {
      this.#options.complain(`11205 ${url.pathname} could not be reached: ${String(error)}`);
      return null;
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#onTheWay.delete(tracked));
    this.#onTheWay.add(tracked);
  }
}

/** One retry for broken connections by default; the fragment of the address may ask for more, and for retries after 5xx. */
function retriesOf(address: string): { tries: number; always: boolean } {
  const wishes = new URLSearchParams(new URL(address).hash.slice(1));
  return { tries: Number(wishes.get('rc') ?? '1'), always: /\b(all|5xx)\b/.test(wishes.get('rp') ?? '') };
}
