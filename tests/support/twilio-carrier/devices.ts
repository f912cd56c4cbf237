import { createHmac } from 'node:crypto';
import type { ToneSegment } from '../../../server/core/audio/tones.ts';
import type { Exchange } from './exchange.ts';
import type { Instructions } from './instructions.ts';
import type { Leg, LegOptions } from './leg.ts';
import { heard, sampleRate } from './sound.ts';

/** What a token lets a browser do. */
export interface Grant {
  identity: string;
  appSid: string;
  expiresAt: Date;
}

const silent = { kind: 'answers', afterSeconds: 0, voice: [], answeredBy: 'human', staysSeconds: 3600 } as const;

/** Reads an access token as the carrier's gateway does: signed with the API key, for this account, not expired. */
export function readToken(token: string, key: { sid: string; secret: string }, accountSid: string): Grant {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = createHmac('sha256', key.secret).update(`${header}.${payload}`).digest('base64url');
  if (signature !== expected) throw new Error('20101 the token is not signed with the API key');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    iss: string;
    sub: string;
    exp: number;
    iat?: number;
    grants: { identity: string; voice?: { outgoing?: { application_sid?: string } } };
  };
  const identity = claims.grants.identity;
  if (claims.iss !== key.sid || claims.sub !== accountSid) throw new Error('20103 the token is of another account or key');
  if (claims.exp * 1000 <= Date.now()) throw new Error('20104 the token has expired');
  if (claims.exp - (claims.iat ?? Date.now() / 1000) > 86_400) throw new Error('20157 a token lives a day at most');
  if (!/^\w{1,121}$/.test(identity)) throw new Error('53001 the identity has letters that are not allowed');
  return { identity, appSid: claims.grants.voice?.outgoing?.application_sid ?? '', expiresAt: new Date(claims.exp * 1000) };
}

/** The leg of a browser before it says anything. */
export const silentBrowser = (identity: string): LegOptions => ({
  to: '',
  from: `client:${identity}`,
  direction: 'inbound',
  fate: silent,
  callback: null,
  timeoutSeconds: 60,
});

/** Resolves when a leg is in a room or over. */
export async function untilInRoom(leg: Leg): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (leg.currentRoom === null && !leg.isOver) return;
      clearInterval(look);
      resolve();
    }, 5);
    look.unref();
  });
}

/** A browser with the carrier's SDK: its sound is made here, its call is one like any other. */
export class BrowserDevice {
  readonly leg: Leg;
  readonly #exchange: Exchange;
  #takenUntil = Date.now();

  constructor(exchange: Exchange, identity: string) {
    this.#exchange = exchange;
    this.leg = exchange.arrive(silentBrowser(identity));
  }

  async connect(instructions: Instructions, voiceUrl: string, parameters: Record<string, string>): Promise<void> {
    const followed = instructions.follow(this.leg, voiceUrl, parameters);
    await Promise.race([followed, untilInRoom(this.leg)]);
  }

  speak(pattern: readonly ToneSegment[]): void {
    this.leg.voice.set(Date.now(), pattern);
  }

  fallSilent(): void {
    this.leg.voice.set(Date.now(), null);
  }

  get heardSeconds(): number {
    return (Date.now() - this.#takenUntil) / 1000;
  }

  /** Samples since the last time this was asked. */
  takeHeard(): Int16Array {
    const until = Date.now();
    const samples = heard(this.leg, this.#takenUntil, until);
    this.#takenUntil += (samples.length / sampleRate) * 1000;
    return samples;
  }

  disconnect(): void {
    this.#exchange.end(this.leg, 'completed');
  }
}
