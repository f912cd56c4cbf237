import { recordingAudio, recordingPeaks } from '$contract/http/recordings.ts';
import type { Peaks } from '$contract/http/recordings.ts';
import { ApiProblem, call, urlOf } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { endOfPause, findPauses } from './silence.ts';

/** A recording, or a moment of one, as the player shows it. */
export interface Track {
  recordingId: number;
  callId: number;
  /** Company and rep. */
  title: string;
  fromSecond?: number;
  toSecond?: number;
  note?: string | null;
}

export const speeds = [0.75, 1, 1.25, 1.5, 2] as const;

/**
 * The one player of the console: it outlives navigation, plays one recording or a queue of moments,
 * and skips pauses by the waveform's peaks.
 */
class Player {
  track = $state.raw<Track | null>(null);
  queue = $state.raw<readonly Track[]>([]);
  index = $state(0);
  second = $state(0);
  durationSeconds = $state(0);
  playing = $state(false);
  speed = $state(1);
  skipSilence = $state(false);
  peaks = $state.raw<Peaks | null>(null);
  failure = $state<string | null>(null);
  pauses = $derived(this.peaks ? findPauses(this.peaks) : []);
  #audio: HTMLAudioElement | null = null;
  #frame = 0;

  get hasNext(): boolean {
    return this.index + 1 < this.queue.length;
  }
  get hasPrevious(): boolean {
    return this.index > 0;
  }
  isOn(recordingId: number): boolean {
    return this.track?.recordingId === recordingId;
  }

  /** Plays a track alone; `at` overrides where it begins. */
  async play(track: Track, at = track.fromSecond ?? 0): Promise<void> {
    await this.#start([track], 0, at);
  }

  /** Plays moments one after another. */
  async playAll(tracks: readonly Track[], index = 0): Promise<void> {
    await this.#start(tracks, index, tracks[index]?.fromSecond ?? 0);
  }

  async toggle(): Promise<void> {
    if (this.playing) this.#audio?.pause();
    else await this.#resume();
  }

  seek(second: number): void {
    if (!this.#audio) return;
    this.second = Math.min(Math.max(0, second), this.durationSeconds || second);
    this.#audio.currentTime = this.second;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.#audio) this.#audio.playbackRate = speed;
  }

  async step(by: 1 | -1): Promise<void> {
    const next = this.queue[this.index + by];
    if (next) await this.#start(this.queue, this.index + by, next.fromSecond ?? 0);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#audio = null;
    this.track = null;
    this.queue = [];
    this.peaks = null;
    this.playing = false;
  }

  async #start(tracks: readonly Track[], index: number, at: number): Promise<void> {
    const track = tracks[index];
    if (!track) return;
    const sameFile = this.isOn(track.recordingId) && this.#audio !== null && this.failure === null;
    this.queue = tracks;
    this.index = index;
    this.track = track;
    if (!sameFile) this.#open(track);
    this.seek(at);
    await this.#resume();
  }

  #open(track: Track): void {
    this.#audio?.pause();
    const audio = new Audio(urlOf(recordingAudio, { params: { id: track.recordingId } }));
    audio.preload = 'auto';
    audio.defaultPlaybackRate = this.speed;
    audio.playbackRate = this.speed;
    audio.onloadedmetadata = () => (this.durationSeconds = audio.duration);
    audio.onplay = () => this.#follow(audio);
    audio.onpause = () => (this.playing = false);
    audio.onended = () => void this.#finished();
    audio.onerror = () => {
      if (audio !== this.#audio) return;
      this.playing = false;
      this.failure = m.review_refused();
    };
    this.#audio = audio;
    this.failure = null;
    this.peaks = null;
    this.durationSeconds = 0;
    this.second = 0;
    void this.#loadPeaks(track.recordingId);
  }

  async #loadPeaks(recordingId: number): Promise<void> {
    try {
      const peaks = await call(recordingPeaks, { params: { id: recordingId } });
      if (this.isOn(recordingId)) this.peaks = peaks;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.failure = error.message;
    }
  }

  async #resume(): Promise<void> {
    const audio = this.#audio;
    if (!audio) return;
    try {
      await audio.play();
    } catch (error) {
      // Another track, or a pause, came before the first sound: nothing has failed.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** With every frame while it sounds: the cursor, the end of a moment, the pauses. */
  #follow(audio: HTMLAudioElement): void {
    cancelAnimationFrame(this.#frame);
    this.playing = true;
    const tick = (): void => {
      if (audio !== this.#audio || audio.paused) return;
      this.second = audio.currentTime;
      const until = this.track?.toSecond;
      if (until !== undefined && this.second >= until) {
        void this.#finished();
        return;
      }
      const skipTo = this.skipSilence ? endOfPause(this.pauses, this.second) : null;
      if (skipTo !== null) this.seek(skipTo);
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  async #finished(): Promise<void> {
    if (this.hasNext) {
      await this.step(1);
      return;
    }
    this.#audio?.pause();
    this.playing = false;
  }
}

export const player = new Player();
