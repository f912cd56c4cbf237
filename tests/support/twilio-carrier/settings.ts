import { testAccount } from './carrier.ts';

/** The settings of a server that uses the test account at this carrier. */
export const twilioSettings = (apiUrl: string) => ({
  TELEPHONY: 'twilio',
  TWILIO_ACCOUNT_SID: testAccount.accountSid,
  TWILIO_AUTH_TOKEN: testAccount.authToken,
  TWILIO_API_KEY_SID: testAccount.apiKeySid,
  TWILIO_API_KEY_SECRET: testAccount.apiKeySecret,
  TWILIO_APP_SID: testAccount.appSid,
  TWILIO_CALLER_IDS: testAccount.numbers.join(','),
  TWILIO_API_URL: apiUrl,
});
