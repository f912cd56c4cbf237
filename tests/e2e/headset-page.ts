import { HeadsetLine } from '../../web/src/lib/features/headset/headset-line.ts';
import type { HeadsetSnapshot } from '../../web/src/lib/features/headset/headset-state.ts';

declare global {
  interface Window {
    headset: { line: HeadsetLine; states: HeadsetSnapshot['state'][]; loudestDecibels: number; loudestHeardDecibels: number };
  }
}

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

const line = new HeadsetLine({
  signalling: {
    offer: async (sdp) => answerOf(await post('/offer', { sdp })),
    ice: (candidate) => void post('/ice', candidate),
  },
  onChange: (snapshot) => {
    if (window.headset.states.at(-1) !== snapshot.state) window.headset.states.push(snapshot.state);
    const heard = snapshot.quality?.heardDecibels ?? -100;
    window.headset.loudestHeardDecibels = Math.max(window.headset.loudestHeardDecibels, heard);
  },
  onLevel: (decibels) => {
    window.headset.loudestDecibels = Math.max(window.headset.loudestDecibels, decibels);
  },
  // The fake microphone plays a steady tone, which noise suppression would take for noise.
  microphoneProcessing: false,
});
window.headset = { line, states: [], loudestDecibels: -100, loudestHeardDecibels: -100 };
