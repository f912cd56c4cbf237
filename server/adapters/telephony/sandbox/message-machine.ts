import { toneSamples } from '../../../core/audio/tones.ts';
import { clipFrame, framesPerSecond, sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';

const beepFrames = framesPerSecond / 2;
const beep = [{ frequenciesHertz: [1000], milliseconds: 1000 }];

/** Our side of a message: a greeting, a beep, then silence for as long as the caller speaks. */
export class MessageMachine {
  readonly #greeting: Int16Array;
  readonly #greetingFrames: number;
  #framesDone = 0;

  constructor(greeting: Int16Array) {
    this.#greeting = greeting;
    this.#greetingFrames = Math.ceil(greeting.length / samplesPerFrame);
  }

  nextFrame(): Int16Array {
    const index = this.#framesDone;
    this.#framesDone += 1;
    const greeting = clipFrame(this.#greeting, index);
    if (greeting) return greeting;
    const afterGreeting = index - this.#greetingFrames;
    if (afterGreeting >= beepFrames) return silentFrame;
    return toneSamples(beep, afterGreeting * samplesPerFrame, samplesPerFrame, { sampleRate, amplitude: toneAmplitude });
  }
}
