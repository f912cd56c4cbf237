import { Addresses } from '../addresses.ts';
import { openClient } from '../api.ts';
import type { AccountToCheck } from './account-to-check.ts';
import { checkApp, checkNumbers } from './app-and-numbers.ts';
import { checkCredentials } from './credentials.ts';
import { right, type Finding } from './finding.ts';
import { checkMedia, checkNotifications } from './media.ts';
import { checkReach } from './reach.ts';

/** Looks at how the account is set up, and at our own public address, and says in words what is wrong. Changes nothing and calls nobody. */
export async function checkAccount(given: AccountToCheck): Promise<Finding[]> {
  const { account, publicUrl } = given;
  const { findings, mayGoOn } = await checkCredentials(given);
  const reach = await checkReach(given);
  if (!mayGoOn) return [...findings, ...reach];
  const client = openClient(account);
  return [
    ...findings,
    await checkApp(client, account.appSid, new Addresses(publicUrl)),
    ...(await checkNumbers(client, given)),
    ...reach,
    await checkNotifications(client, given),
    await checkMedia(client, given),
    ratePromised(account.callsPerSecond),
  ];
}

/** Twilio tells nobody what it allows; what it queues beyond that rings late, on a phone that the rep no longer waits for. */
function ratePromised(callsPerSecond: number): Finding {
  if (callsPerSecond <= 1) return right(`${callsPerSecond} calls a second are dialled: every account may.`);
  return right(
    `${callsPerSecond} calls a second are dialled: see in the console (Voice → Settings) that Twilio raised the account to that.`,
  );
}
