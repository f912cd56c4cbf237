import { HeadsetLine } from './headset-line.ts';
import type { OpenLink } from './headset-link.ts';
import { emptySnapshot, type HeadsetSnapshot } from './headset-state.ts';
import { silenceDecibels } from './level-meter.ts';

/** The headset as components read it; make one for the signed-in rep and keep it through the shift. */
export class Headset {
  readonly line: HeadsetLine;
  snapshot: HeadsetSnapshot = $state.raw(emptySnapshot);
  /** The microphone's loudness in dBFS. */
  microphoneDecibels: number = $state(silenceDecibels);

  constructor(openLink: OpenLink) {
    this.line = new HeadsetLine({
      openLink,
      onChange: (snapshot) => (this.snapshot = snapshot),
      onLevel: (decibels) => (this.microphoneDecibels = decibels),
    });
    this.snapshot = this.line.snapshot;
  }
}
