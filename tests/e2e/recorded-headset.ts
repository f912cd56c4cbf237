import type { HeadsetLine, HeadsetLineOptions } from '../../web/src/lib/features/headset/headset-line.ts';
import type { HeadsetSnapshot } from '../../web/src/lib/features/headset/headset-state.ts';

declare global {
  interface Window {
    headset: { line: HeadsetLine; states: HeadsetSnapshot['state'][]; loudestDecibels: number; loudestHeardDecibels: number };
  }
}

/** Puts a line on the page and keeps what it tells, for a test to read. */
export function recordHeadset(make: (record: Omit<HeadsetLineOptions, 'openLink'>) => HeadsetLine): void {
  const line = make({
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
}
