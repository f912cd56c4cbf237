import { checkAccount } from '../server/adapters/telephony/twilio/check-account.ts';
import { readEnv } from '../server/entrypoints/env.ts';

// Says in words what is wrong with the carrier's account; `npm start` fills these two by itself when they are absent.
const ownDefaults = { DATABASE_URL: 'postgresql://localhost/zagon', SESSION_SECRET: 'only needed to read the settings' };
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
const env = readEnv({ ...ownDefaults, ...given });
if (env.telephony.kind !== 'twilio') {
  console.log(`TELEPHONY=${env.telephony.kind}: there is no account to check.`);
} else {
  const findings = await checkAccount({ account: env.telephony, publicUrl: env.publicUrl });
  for (const { ok, sentence } of findings) console.log(`${ok ? 'ok   ' : 'WRONG'} ${sentence}`);
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
}
