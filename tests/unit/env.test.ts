import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readEnv, settingNames } from '../../server/entrypoints/env.ts';

const least = { DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/zagon', SESSION_SECRET: 'x'.repeat(32) };

describe('settings', () => {
  it('need only a database and a secret', () => {
    expect(readEnv(least)).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      redisUrl: undefined,
      role: 'all',
      demo: true,
      telephony: { kind: 'sandbox', seed: 1, speed: 1 },
      storage: { kind: 'disk' },
    });
  });

  it('name every wrong one in its own sentence and never repeat its value', () => {
    const wrong = { DATABASE_URL: 'mysql://secret@host', PORT: '99999', DEMO: 'yes', TELEPHONY: 'pigeon' };
    const read = () => readEnv(wrong);
    expect(read).toThrow('DATABASE_URL must be a postgresql:// address.');
    expect(read).toThrow('PORT ');
    expect(read).toThrow('DEMO must be 0 or 1.');
    expect(read).toThrow('TELEPHONY must be sandbox, twilio or sip.');
    expect(read).toThrow('SESSION_SECRET is not set.');
    expect(read).not.toThrow(/secret@host|99999|pigeon/);
  });

  it('count an empty value as not set', () => {
    expect(readEnv({ ...least, PORT: '', REDIS_URL: ' ' })).toMatchObject({ port: 3000, redisUrl: undefined });
  });

  it('ask for the carrier account only when that carrier is chosen', () => {
    expect(() => readEnv({ ...least, TELEPHONY: 'twilio' })).toThrow('TWILIO_ACCOUNT_SID is not set.');
    expect(() => readEnv({ ...least, TELEPHONY: 'sip' })).toThrow('SIP_TRUNKS_FILE is not set.');
    expect(() => readEnv({ ...least, STORAGE: 's3' })).toThrow('S3_BUCKET is not set.');
    expect(() => readEnv({ ...least, STORAGE: 's3' })).not.toThrow(/TWILIO|SIP_/);
  });

  it('accept two Twilio tokens while rotating and a list of numbers', () => {
    const id = 'a'.repeat(32);
    const account = {
      TELEPHONY: 'twilio',
      TWILIO_ACCOUNT_SID: `AC${id}`,
      TWILIO_API_KEY_SID: `SK${id}`,
      TWILIO_API_KEY_SECRET: 's',
      TWILIO_APP_SID: `AP${id}`,
    };
    const tokens = { TWILIO_AUTH_TOKEN: 'old', TWILIO_AUTH_TOKEN_NEXT: 'new' };
    const read = readEnv({ ...least, ...account, ...tokens, TWILIO_CALLER_IDS: '+74950000000, +78120000000' });
    expect(read.telephony).toMatchObject({ kind: 'twilio', authTokens: ['old', 'new'], callerIds: ['+74950000000', '+78120000000'] });
  });

  it('are the ones that .env.example explains', () => {
    const example = readFileSync('.env.example', 'utf8');
    const explained = [...example.matchAll(/^(?<name>[A-Z0-9_]+)=/gm)].map((match) => match.groups?.name);
    expect(explained.sort()).toEqual([...settingNames].sort());
  });
});
