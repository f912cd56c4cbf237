import { busyTone, ringbackTone, toneSamples, type ToneSegment } from '../../../core/audio/tones.ts';
import { clipFrame, framesPerSecond, sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';
import type { HeadsetPeer } from './headset-peer.ts';
import type { GuestRep } from './party.ts';
import type { SandboxCall } from './sandbox-call.ts';

const checkTone: readonly ToneSegment[] = [
  { frequenciesHertz: [440], milliseconds: 400 },
  { frequenciesHertz: [660], milliseconds: 400 },
];
const checkToneFrames = 1.6 * framesPerSecond;
/** Long enough to tell one's own voice from its echo. */
const echoDelayFrames = framesPerSecond;

/** Something that sounds in the rep's ear by itself: from where it is, until it is over. */
interface Sound {
  frame(index: number): Int16Array;
  frames: number;
}

function toneSound(pattern: readonly ToneSegment[], frames: number): Sound {
  const options = { sampleRate, amplitude: toneAmplitude };
  return { frames, frame: (index) => toneSamples(pattern, index * samplesPerFrame, samplesPerFrame, options) };
}

/** A spoken announcement of the network. */
export function clipSound(samples: Int16Array): Sound {
  return {
    frames: Math.ceil(samples.length / samplesPerFrame),
    frame: (index) => clipFrame(samples, index) ?? silentFrame,
  };
}

export const busySound = toneSound(busyTone, 2.1 * framesPerSecond);

/**
 * Where a rep sits: his audio line if there is one, his call if there is one, and what he hears between calls.
 * A call without a line goes on: what the prospect says is recorded and otherwise dropped.
 */
export class RepStation {
  line: HeadsetPeer | null = null;
  /** A colleague's call that he was asked into. */
  guest: GuestRep | null = null;
  #call: SandboxCall | null = null;
  #sound: Sound | null = null;
  #framesIntoSound = 0;
  #echo: Int16Array[] | null = null;
  #framesRinging = 0;

  get call(): SandboxCall | null {
    return this.#call;
  }

  /** In a call, his own or a colleague's. */
  get isInUse(): boolean {
    return this.#call !== null || this.guest !== null;
  }

  get isEmpty(): boolean {
    return this.line === null && !this.isInUse;
  }

  takeCall(call: SandboxCall): void {
    this.stopSounds();
    this.#call = call;
    this.#framesRinging = 0;
  }

  /** The call is over; `sound` is what the network lets him hear about it. */
  dropCall(sound: Sound | null): void {
    this.#call = null;
    this.#play(sound);
  }

  playCheckTone(): void {
    this.#echo = null;
    this.#play(toneSound(checkTone, checkToneFrames));
  }

  loopOwnVoice(): void {
    this.#play(null);
    this.#echo = [];
  }

  stopSounds(): void {
    this.#play(null);
    this.#echo = null;
  }

  /** Passes 20 ms through. */
  tick(): void {
    const fromRep = this.line?.takeFrame() ?? silentFrame;
    const toRep = this.#soundTowardsRep(fromRep);
    this.line?.sendFrame(toRep);
  }

  #soundTowardsRep(fromRep: Int16Array): Int16Array {
    if (this.guest) return this.guest.tick(fromRep);
    if (this.#call?.phase === 'answered') return this.#call.exchange(fromRep);
    if (this.#call?.phase === 'ringing') {
      const from = this.#framesRinging * samplesPerFrame;
      this.#framesRinging += 1;
      return toneSamples(ringbackTone, from, samplesPerFrame, { sampleRate, amplitude: toneAmplitude });
    }
    if (this.#echo) {
      this.#echo.push(fromRep);
      return this.#echo.length > echoDelayFrames ? (this.#echo.shift() ?? silentFrame) : silentFrame;
    }
    if (!this.#sound) return silentFrame;
    const frame = this.#sound.frame(this.#framesIntoSound);
    this.#framesIntoSound += 1;
    if (this.#framesIntoSound >= this.#sound.frames) this.#play(null);
    return frame;
  }

  #play(sound: Sound | null): void {
    this.#sound = sound;
    this.#framesIntoSound = 0;
  }
}
