import { HeadsetLine } from '../../web/src/lib/features/headset/headset-line.ts';
import { PeerLink, type PeerSignalling } from '../../web/src/lib/features/headset/peer-link.ts';
import { recordHeadset } from './recorded-headset.ts';

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function answerOf(reply: unknown): { sdp: string } {
  if (typeof reply === 'object' && reply !== null && 'sdp' in reply && typeof reply.sdp === 'string') {
    return { sdp: reply.sdp };
  }
  throw new Error('no answer');
}

const signalling: PeerSignalling = {
  offer: async (sdp) => answerOf(await post('/offer', { sdp })),
  ice: (candidate) => void post('/ice', candidate),
};
recordHeadset(
  (record) =>
    new HeadsetLine({ openLink: (events) => Promise.resolve(new PeerLink({ ...events, signalling, iceServers: [] })), ...record }),
);
