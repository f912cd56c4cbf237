import { expect, it } from 'vitest';
import { checkAccount } from '../../server/adapters/telephony/twilio/check-account.ts';
import { testAccount, TwilioCarrier } from '../support/twilio-carrier/carrier.ts';

it('says in words what is wrong with an account, and nothing else', async () => {
  const publicUrl = 'https://zagon.example';
  const carrier = new TwilioCarrier({ publicUrl });
  const { accountSid, apiKeySid, apiKeySecret, appSid, numbers } = testAccount;
  const account = { accountSid, apiKeySid, apiKeySecret, appSid, callerIds: numbers, apiUrl: await carrier.listen() };
  const wrongs = async (more: Partial<typeof account> = {}, url = publicUrl): Promise<string> =>
    (await checkAccount({ account: { ...account, ...more }, publicUrl: url }))
      .filter(({ ok }) => !ok)
      .map(({ sentence }) => sentence)
      .join('\n');
  expect(await wrongs()).toBe('');
  expect(await wrongs({ apiKeySecret: 'another' })).toContain('API key');
  expect(await wrongs({ appSid: `AP${'d'.repeat(32)}` })).toContain('The TwiML app is not there');
  expect(await wrongs({ callerIds: ['+79990000000'] })).toContain('+79990000000 is not a number of this account');
  expect(await wrongs({}, 'http://localhost:3000')).toContain('PUBLIC_URL must be an https address');
  carrier.account.type = 'Trial';
  expect(await wrongs()).toContain('trial');
  await carrier.close();
});
