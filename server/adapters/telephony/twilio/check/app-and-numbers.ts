import { Addresses } from '../addresses.ts';
import type { TwilioClient } from '../api.ts';
import type { AccountToCheck, KeptNumber } from './account-to-check.ts';
import { asked, right, wrong, type Finding } from './finding.ts';

/** The TwiML app through which browsers call in. */
export function checkApp(client: TwilioClient, appSid: string, addresses: Addresses): Promise<Finding> {
  return asked('The TwiML app', async () => {
    const { voiceUrl, voiceMethod } = await client.applications(appSid).fetch();
    const wanted = addresses.headset();
    if (voiceUrl !== wanted)
      return wrong(`The TwiML app leads ${voiceUrl === '' ? 'nowhere' : 'elsewhere'}: set its voice address to ${wanted}`);
    return voiceMethod === 'POST'
      ? right('The TwiML app leads here.')
      : wrong('The TwiML app asks by GET: set the method of its voice address to POST.');
  });
}

/** Every number that a call may show, each once: those of the settings and those that the console keeps. */
export async function checkNumbers(client: TwilioClient, given: AccountToCheck): Promise<Finding[]> {
  const { account, ownNumbers, now } = given;
  const addresses = new Addresses(given.publicUrl);
  const kept = 'unreadable' in ownNumbers ? [] : ownNumbers;
  const findings: Finding[] = [];
  for (const e164 of new Set([...account.callerIds, ...kept.map((number) => number.e164)])) {
    const found = await checkNumber(client, e164, { addresses, isInSettings: account.callerIds.includes(e164) });
    const note = noteOf(
      kept.find((number) => number.e164 === e164),
      now(),
    );
    findings.push(note === null ? found : { ...found, sentence: `${found.sentence} ${note}` });
  }
  return [...findings, ...judgeKept(ownNumbers)];
}

/** Whether dials show it at all is the console's word, not a fault of the account. */
function noteOf(number: KeptNumber | undefined, now: Date): string | null {
  if (!number) return null;
  if (!number.enabled) return 'It is switched off in the console and not shown.';
  const rests = number.restsUntil !== null && number.restsUntil > now;
  return rests ? 'It rests as spam and is not shown now.' : null;
}

function judgeKept(ownNumbers: AccountToCheck['ownNumbers']): Finding[] {
  if ('unreadable' in ownNumbers)
    return [
      wrong(
        `The own numbers that the console keeps could not be read: ${ownNumbers.unreadable}. Run this beside the running server, with its DATABASE_URL or DATA_DIR.`,
      ),
    ];
  if (ownNumbers.length === 0)
    return [right('The console keeps no own numbers (Settings → Our numbers): calls show the first of TWILIO_CALLER_IDS.')];
  return [];
}

interface NumberAsked {
  addresses: Addresses;
  isInSettings: boolean;
}

/** A number that we show: whose it is, whether it can speak, and where its calls go. */
function checkNumber(client: TwilioClient, phoneNumber: string, { addresses, isInSettings }: NumberAsked): Promise<Finding> {
  return asked(`The number ${phoneNumber}`, async () => {
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber, limit: 1 });
    if (!number) return judgeForeign(client, phoneNumber, isInSettings);
    if (!number.capabilities.voice) return wrong(`${phoneNumber} cannot speak: buy a number with the capability Voice.`);
    if (number.trunkSid)
      return wrong(`Calls to ${phoneNumber} go to a SIP trunk of yours (${number.trunkSid}): take the number out of it.`);
    if (number.voiceApplicationSid)
      return wrong(
        `Calls to ${phoneNumber} go to the TwiML app ${number.voiceApplicationSid}: choose "Webhook" for them in the number's settings.`,
      );
    return judgeAddresses(number, addresses);
  });
}

/** A number of another carrier may be shown once it is verified; who calls it back does not come to us. */
async function judgeForeign(client: TwilioClient, phoneNumber: string, isInSettings: boolean): Promise<Finding> {
  const [verified] = await client.outgoingCallerIds.list({ phoneNumber, limit: 1 });
  return verified
    ? right(`${phoneNumber} is verified and can be shown; calls to it go to your other carrier, not here.`)
    : wrong(
        `${phoneNumber} is not a number of this account, nor verified: buy it, verify it, or take it out of ${
          isInSettings ? 'TWILIO_CALLER_IDS' : 'the console (Settings → Our numbers)'
        }.`,
      );
}

interface NumberAddresses {
  phoneNumber: string;
  voiceUrl: string;
  voiceMethod: string;
  statusCallback: string;
  statusCallbackMethod: string;
}

function judgeAddresses(number: NumberAddresses, addresses: Addresses): Finding {
  const { phoneNumber } = number;
  if (number.voiceUrl !== addresses.inbound())
    return wrong(`Calls to ${phoneNumber} go elsewhere: set its voice address to ${addresses.inbound()}`);
  if (number.statusCallback !== addresses.inboundStatus())
    return wrong(
      `That somebody who called ${phoneNumber} hung up is not told here: set its call status address to ${addresses.inboundStatus()}`,
    );
  if (number.voiceMethod !== 'POST' || number.statusCallbackMethod !== 'POST')
    return wrong(`${phoneNumber} asks by GET: set both its methods to POST.`);
  return right(`${phoneNumber} leads here.`);
}
