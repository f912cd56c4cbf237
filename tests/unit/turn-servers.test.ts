import { describe, expect, it } from 'vitest';
import { turnServers } from '../../server/adapters/turn/turn-servers.ts';
import { readEnv } from '../../server/entrypoints/env.ts';

/** A day before the instant in the name below. */
const now = new Date('2025-01-01T00:00:00.900Z');
const turnUrls = ['turn:turn.example.ru:3478?transport=udp'];
const stunUrls = ['stun:turn.example.ru:3478'];

describe('STUN and TURN for headsets outside the office', () => {
  it('are given with a name that expires in a day and the password that coturn computes from it', () => {
    const servers = turnServers({ stunUrls, turnUrls, secret: 'a secret shared with coturn' });
    expect(servers.issue(7, now)).toEqual([
      { urls: stunUrls },
      // openssl dgst -sha1 -hmac 'a secret shared with coturn' -binary | base64
      { urls: turnUrls, username: '1735776000:7', credential: 'Wd3KDWGvlzZ6rQ10Ag9IaC3BrrM=' },
    ]);
    expect(servers.issue(8, now)).not.toEqual(servers.issue(7, now));
  });

  it('are none in an office that needs none, and STUN alone needs no secret', () => {
    expect(turnServers({ stunUrls: [], turnUrls: [], secret: undefined }).issue(7, now)).toEqual([]);
    expect(turnServers({ stunUrls, turnUrls: [], secret: undefined }).issue(7, now)).toEqual([{ urls: stunUrls }]);
  });

  it('are read from the settings, which a TURN server without its secret is refused in', () => {
    const least = { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/zagon', SESSION_SECRET: 'x'.repeat(32) };
    expect(() => readEnv({ ...least, TURN_URLS: 'turn:a.example' })).toThrow('TURN_SECRET is not set.');
    expect(() => readEnv({ ...least, STUN_URLS: 'a.example' })).toThrow('STUN_URLS must be stun: or stuns: addresses');
    const read = readEnv({ ...least, TURN_URLS: 'turn:a.example, turns:b.example', TURN_SECRET: 's' });
    expect(read.turn).toEqual({ stunUrls: [], turnUrls: ['turn:a.example', 'turns:b.example'], secret: 's' });
  });
});
