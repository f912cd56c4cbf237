import { levelDecibels } from '../../../core/audio/level.ts';
import { toneSamples } from '../../../core/audio/tones.ts';
import { clipFrame, frameMilliseconds, framesPerSecond, sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';
import type { ClipLibrary } from './clip-library.ts';
import type { ScriptStep } from './prospect-plan.ts';

/** Louder than this is speech; a headset's room noise is around -60 dBFS. */
const speechDecibels = -42;
/** Three frames in a row: shorter is a click or a breath. */
const framesToBeSpeech = 60 / frameMilliseconds;
/** A pause this long means that the rep is done; within a sentence pauses are shorter. */
const framesOfPauseAtEnd = 700 / frameMilliseconds;
/** How long a prospect stays on hold before he gives up. */
const holdPatienceSeconds = 90;

export interface ProspectVoiceOptions {
  clips: ClipLibrary;
  steps: readonly ScriptStep[];
  /** Thinking and patience are divided by this; speech is not. */
  speed: number;
  onStrangeWord: (word: string) => void;
  onHangUp: () => void;
}

/** Plays one prospect, twenty milliseconds at a time: what he says, given what he hears. */
export class ProspectVoice {
  readonly #options: ProspectVoiceOptions;
  #steps: ScriptStep[];
  /** Frames since the current step began. */
  #framesInStep = 0;
  #loudFrames = 0;
  #quietFrames = 0;
  #repHasSpoken = false;
  #lastDigit: string | null = null;
  #framesOnHold = 0;
  #hungUp = false;

  constructor(options: ProspectVoiceOptions) {
    this.#options = options;
    this.#steps = [...options.steps];
  }

  /** A keypad tone that reached him; only a menu cares. */
  hearDigit(digit: string): void {
    this.#lastDigit = digit;
  }

  /** He is on hold: says nothing, and loses patience in the end. */
  waitOnHold(): Int16Array {
    this.#framesOnHold += 1;
    if (this.#framesOnHold >= this.#scaledFrames(holdPatienceSeconds)) this.#hangUp();
    return silentFrame;
  }

  /** His next frame, after hearing the rep's. */
  nextFrame(heard: Int16Array): Int16Array {
    this.#framesOnHold = 0;
    this.#hear(heard);
    for (;;) {
      const step = this.#steps[0];
      if (step === undefined) {
        this.#hangUp();
        return silentFrame;
      }
      const frame = this.#play(step);
      if (frame) {
        this.#framesInStep += 1;
        return frame;
      }
    }
  }

  #hear(heard: Int16Array): void {
    if (levelDecibels(heard) > speechDecibels) {
      this.#loudFrames += 1;
      this.#quietFrames = 0;
      if (this.#loudFrames >= framesToBeSpeech) this.#repHasSpoken = true;
    } else {
      this.#loudFrames = 0;
      this.#quietFrames += 1;
    }
  }

  /** The frame of a step, or null when the step is over and the next one is at the front. */
  #play(step: ScriptStep): Int16Array | null {
    switch (step.kind) {
      case 'say':
        return clipFrame(this.#options.clips.get(step.clipId).samples, this.#framesInStep) ?? this.#goOn();
      case 'listen':
        return this.#repIsDone(step.patienceSeconds) ? this.#goOn() : silentFrame;
      case 'think':
        return this.#lasts(this.#scaledFrames(step.seconds)) ? silentFrame : this.#goOn();
      case 'beep':
        return this.#lasts(step.seconds * framesPerSecond) ? this.#beep(step.frequencyHertz) : this.#goOn();
      case 'menu':
        return this.#choose(step);
      case 'strangeWord':
        this.#options.onStrangeWord(step.word);
        return this.#goOn();
      default:
        return step satisfies never;
    }
  }

  #beep(frequencyHertz: number): Int16Array {
    const pattern = [{ frequenciesHertz: [frequencyHertz], milliseconds: 1000 }];
    const options = { sampleRate, amplitude: toneAmplitude };
    return toneSamples(pattern, this.#framesInStep * samplesPerFrame, samplesPerFrame, options);
  }

  #choose(step: Extract<ScriptStep, { kind: 'menu' }>): Int16Array | null {
    if (this.#lastDigit === null && this.#lasts(this.#scaledFrames(step.patienceSeconds))) return silentFrame;
    const chosen = (this.#lastDigit === null ? undefined : step.choices[this.#lastDigit]) ?? step.otherwise;
    this.#steps.splice(1, 0, ...chosen);
    return this.#goOn();
  }

  #repIsDone(patienceSeconds: number): boolean {
    if (this.#repHasSpoken) return this.#quietFrames >= framesOfPauseAtEnd;
    return !this.#lasts(this.#scaledFrames(patienceSeconds));
  }

  #goOn(): null {
    const finished = this.#steps.shift();
    this.#framesInStep = 0;
    // Each answer of his needs new words of the rep; those said while he spoke count.
    if (finished?.kind === 'listen') this.#repHasSpoken = false;
    if (finished?.kind === 'menu') this.#lastDigit = null;
    return null;
  }

  #lasts(frames: number): boolean {
    return this.#framesInStep < frames;
  }

  #scaledFrames(seconds: number): number {
    return (seconds * framesPerSecond) / this.#options.speed;
  }

  #hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.#options.onHangUp();
  }
}
