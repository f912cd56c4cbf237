import type { ClientPayload, ClientReply } from '$contract/sockets/index.ts';
import { RealtimeRefusal, ask, on } from '$lib/realtime/index.ts';
import { computerId } from './computer-id.ts';
import type { HeadsetLink, LinkEvents } from './headset-link.ts';
import { PeerLink, type PeerSignalling } from './peer-link.ts';

const signalling: PeerSignalling = {
  offer: (sdp) => ask('headset:offer', { computerId: computerId(), sdp }),
  ice: (candidate) => void sendCandidate(candidate),
  follow: (listener) => on('headset:state', ({ state }) => listener(state)),
};

async function sendCandidate(candidate: Parameters<PeerSignalling['ice']>[0]): Promise<void> {
  try {
    await ask('headset:ice', candidate);
  } catch (error) {
    if (!(error instanceof RealtimeRefusal)) throw error;
    console.warn('a headset candidate was not taken', error.code);
  }
}

/** The person's own line. @throws RealtimeRefusal `headsetElsewhere` when he works at another computer */
export function openLink(events: LinkEvents): Promise<HeadsetLink> {
  return open(events, { computerId: computerId() }, {});
}

/** A part in somebody else's call at a carrier that brings the supervisor in; `parameters` tell its kit which. @throws RealtimeRefusal */
export function openPartLink(events: LinkEvents, parameters: Record<string, string>): Promise<HeadsetLink> {
  return open(events, {}, parameters);
}

type AccessAsked = ClientPayload<'headset:access'>;

/** The link that the server's carrier wants. A carrier's own kit is loaded only where it is used. */
async function open(events: LinkEvents, asked: AccessAsked, parameters: Record<string, string>): Promise<HeadsetLink> {
  const access = await ask('headset:access', asked);
  switch (access.kind) {
    case 'server':
      return new PeerLink({ ...events, signalling, iceServers: access.iceServers });
    case 'twilio': {
      const { TwilioLink } = await import('./twilio-link.ts');
      return new TwilioLink({ ...events, access, renew: () => renewTwilio(asked), parameters });
    }
    default:
      return access satisfies never;
  }
}

async function renewTwilio(asked: AccessAsked): Promise<Extract<ClientReply<'headset:access'>, { kind: 'twilio' }>> {
  const access = await ask('headset:access', asked);
  if (access.kind !== 'twilio') throw new Error('the carrier is another now');
  return access;
}
