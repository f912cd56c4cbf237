import { Addresses } from './addresses.ts';
import { failureOf, openClient, type TwilioAccount } from './api.ts';

export interface Finding {
  ok: boolean;
  /** For a newcomer: what is so, or what to do. */
  sentence: string;
}

export interface AccountToCheck {
  account: TwilioAccount & { appSid: string; callerIds: readonly string[] };
  publicUrl: string;
}

const right = (sentence: string): Finding => ({ ok: true, sentence });
const wrong = (sentence: string): Finding => ({ ok: false, sentence });

/** Asks Twilio how the account is set up and says in words what is missing. Changes nothing and calls nobody. */
export async function checkAccount({ account, publicUrl }: AccountToCheck): Promise<Finding[]> {
  const client = openClient(account);
  const addresses = new Addresses(publicUrl);
  const asked = async (what: string, work: () => Promise<Finding>): Promise<Finding> => {
    try {
      return await work();
    } catch (error) {
      const { kind, carrierWord } = failureOf(error);
      if (kind === 'gone') return wrong(`${what} is not there: Twilio does not know it.`);
      return wrong(`${what} could not be read: Twilio says ${carrierWord}. Is the API key of this account, and its secret right?`);
    }
  };
  const findings = [
    await asked('The account', async () => {
      const { status, type } = await client.api.v2010.accounts(account.accountSid).fetch();
      if (status !== 'active') return wrong(`The account is ${status}.`);
      return type === 'Trial' ? wrong('The account is a trial: it calls verified numbers only.') : right('The account is active.');
    }),
    await asked('The TwiML app', async () => {
      const { voiceUrl } = await client.applications(account.appSid).fetch();
      const wanted = addresses.headset();
      return voiceUrl === wanted
        ? right('The TwiML app leads here.')
        : wrong(`The TwiML app leads elsewhere: set its voice address to ${wanted}`);
    }),
  ];
  for (const phoneNumber of account.callerIds) {
    findings.push(
      await asked(`The number ${phoneNumber}`, async () => {
        const [number] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
        if (!number) return wrong(`${phoneNumber} is not a number of this account.`);
        const wanted = addresses.inbound();
        return number.voiceUrl === wanted
          ? right(`${phoneNumber} leads here.`)
          : wrong(`Calls to ${phoneNumber} go elsewhere: set its voice address to ${wanted}`);
      }),
    );
  }
  findings.push(
    publicUrl.startsWith('https://') ? right('PUBLIC_URL is https.') : wrong('PUBLIC_URL must be an https address that Twilio can reach.'),
  );
  return findings;
}
