import { HeadsetLine } from '../../web/src/lib/features/headset/headset-line.ts';
import { TwilioLink, type TwilioAccess } from '../../web/src/lib/features/headset/twilio-link.ts';
import { recordHeadset } from './recorded-headset.ts';

async function askForAccess(): Promise<TwilioAccess> {
  const answer: unknown = await (await fetch('/access', { method: 'POST' })).json();
  if (typeof answer === 'object' && answer !== null && 'token' in answer && 'edge' in answer) {
    return { token: String(answer.token), edge: String(answer.edge) };
  }
  throw new Error('no token');
}

recordHeadset(
  (record) =>
    new HeadsetLine({
      openLink: async (events) => new TwilioLink({ ...events, access: await askForAccess(), parameters: {}, renew: askForAccess }),
      ...record,
    }),
);
