import path from 'node:path';
import { checkLine } from '../server/adapters/telephony/sip/check-line.ts';
import { readTrunks } from '../server/adapters/telephony/sip/trunks.ts';
import { checkAccount } from '../server/adapters/telephony/twilio/check/check-account.ts';
import { realOutside } from '../server/adapters/telephony/twilio/check/reach.ts';
import { keptNumbers } from './lib/kept-numbers.ts';
import { postgresUrlOf } from './lib/postgres.mjs';
import { readEnv, type Env } from '../server/entrypoints/env.ts';

// Says in words what is wrong with the carrier's account; `npm start` fills these two by itself when they are absent.
const ownDefaults = { DATABASE_URL: 'postgresql://localhost/zagon', SESSION_SECRET: 'only needed to read the settings' };
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
const env = readOrSay();
const findings = await find(env);
if (!findings) console.log(`TELEPHONY=${env.telephony.kind}: there is no account to check.`);
for (const { ok, sentence } of findings ?? []) console.log(`${ok ? 'ok   ' : 'WRONG'} ${sentence}`);
process.exit(findings?.every(({ ok }) => ok) === false ? 1 : 0);

/** A setting that cannot be read is the first thing to put right. */
function readOrSay(): Env {
  try {
    return readEnv({ ...ownDefaults, ...given });
  } catch (error) {
    const sentences = error instanceof Error ? error.message : String(error);
    for (const sentence of sentences.split('\n')) console.log(`WRONG ${sentence}`);
    process.exit(1);
  }
}

/** Null for a carrier that needs nothing from outside. `-- +74950000000` also calls that number for five seconds by the first trunk. */
async function find(env: Env): Promise<{ ok: boolean; sentence: string }[] | null> {
  const { telephony } = env;
  switch (telephony.kind) {
    case 'sandbox':
      return null;
    case 'twilio':
      return checkAccount({
        account: telephony,
        publicUrl: env.publicUrl,
        ownNumbers: await keptNumbers(given.DATABASE_URL ?? (await postgresUrlOf(path.resolve(env.dataDir, 'postgres'), 'zagon'))),
        outside: realOutside,
        now: () => new Date(),
      });
    case 'sip': {
      const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const sharedFolder = path.resolve(telephony.sharedFolder ?? path.join(env.dataDir, 'sip'));
      const trunks = await readTrunks(telephony.trunksFile);
      return checkLine({ ...telephony, trunks, sharedFolder, callTo: process.argv[2], log: quiet });
    }
    default:
      return telephony satisfies never;
  }
}
