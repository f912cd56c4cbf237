import { frequenciesOfDigit, toneSamples } from '../../../core/audio/tones.ts';
import { frameMilliseconds, sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';

const toneFrames = 100 / frameMilliseconds;
const gapFrames = 60 / frameMilliseconds;
const waitFrames = 500 / frameMilliseconds;

interface Piece {
  digit: string | null;
  frames: number;
}

/** Turns digits into keypad tones, one after the other; `w` is half a second of silence. */
export class DigitPlayer {
  readonly #onHeard: (digit: string) => void;
  #pieces: Piece[] = [];
  #framesInPiece = 0;

  /** `onHeard` is told of each digit when its tone has been played to the end. */
  constructor(onHeard: (digit: string) => void) {
    this.#onHeard = onHeard;
  }

  add(digits: string): void {
    for (const character of digits) {
      if (character === 'w') this.#pieces.push({ digit: null, frames: waitFrames });
      else this.#pieces.push({ digit: character, frames: toneFrames }, { digit: null, frames: gapFrames });
    }
  }

  /** The next frame of the tones, or null when there is nothing to play. */
  nextFrame(): Int16Array | null {
    const piece = this.#pieces[0];
    if (!piece) return null;
    const from = this.#framesInPiece * samplesPerFrame;
    this.#framesInPiece += 1;
    if (this.#framesInPiece >= piece.frames) this.#finish(piece);
    const frequenciesHertz = piece.digit === null ? undefined : frequenciesOfDigit(piece.digit);
    if (!frequenciesHertz) return silentFrame;
    const pattern = [{ frequenciesHertz, milliseconds: 1000 }];
    return toneSamples(pattern, from, samplesPerFrame, { sampleRate, amplitude: toneAmplitude });
  }

  #finish(piece: Piece): void {
    this.#pieces.shift();
    this.#framesInPiece = 0;
    if (piece.digit !== null) this.#onHeard(piece.digit);
  }
}
