import type { TwilioClient } from '../api.ts';
import type { AccountToCheck } from './account-to-check.ts';
import { asked, right, wrong, type Finding } from './finding.ts';

const answerMilliseconds = 10_000;
const dayMilliseconds = 24 * 3_600_000;

/** Whether recordings can be fetched by us, and by nobody who has not signed in. Needs one that is kept. */
export function checkMedia(client: TwilioClient, { account }: AccountToCheck): Promise<Finding> {
  return asked('The list of recordings', async () => {
    const [kept] = await client.recordings.list({ limit: 1 });
    if (!kept) return right('No recording is kept at Twilio yet: after the first call this check also tries to fetch one.');
    const address = `${account.apiUrl}/2010-04-01/Accounts/${account.accountSid}/Recordings/${kept.sid}.wav`;
    const credentials = Buffer.from(`${account.apiKeySid}:${account.apiKeySecret}`).toString('base64');
    const ours = await statusOf(address, { authorization: `Basic ${credentials}` });
    if (ours !== 200 && ours !== 404)
      return wrong(
        `Recordings cannot be fetched: their media answers ${ours}. Turn off encryption and storage elsewhere (Console → Voice → Settings → Recordings).`,
      );
    const anybodys = await statusOf(address, {});
    return anybodys === 200
      ? wrong(
          'Whoever knows its address can hear a recording at Twilio: turn on "Enforce HTTP Auth on media URLs" (Console → Voice → Settings).',
        )
      : right('Recordings can be fetched by us and by nobody else.');
  });
}

/** The body is not waited for. */
async function statusOf(address: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(answerMilliseconds) });
  await response.body?.cancel();
  return response.status;
}

/** What Twilio itself could not do with our address lately: the proof from outside that no look from this machine gives. */
export function checkNotifications(client: TwilioClient, { account, publicUrl, now }: AccountToCheck): Promise<Finding> {
  return asked('The list of errors', async () => {
    const since = new Date(now().getTime() - dayMilliseconds);
    const errors = await client.api.v2010.accounts(account.accountSid).notifications.list({ log: 0, messageDateAfter: since, limit: 100 });
    const ours = errors.filter(({ requestUrl, messageDate }) => requestUrl.startsWith(publicUrl) && messageDate >= since);
    const [latest] = [...ours].sort((one, other) => other.messageDate.getTime() - one.messageDate.getTime());
    if (!latest) return right('Twilio had no trouble with our address within the last day.');
    return wrong(
      `Twilio could not use our address ${ours.length} times within the last day, at last at ${latest.messageDate.toISOString()}: error ${latest.errorCode} (${latest.moreInfo}) at ${latest.requestUrl}`,
    );
  });
}
