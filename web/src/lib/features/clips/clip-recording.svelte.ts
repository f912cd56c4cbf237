import { clipFile, clipSampleRate, longestClipSeconds, shortestClipSeconds } from '$contract/http/voice-clips.ts';
import { DeviceMemory } from '$lib/features/headset/device-memory.ts';
import type { HeadsetState } from '$lib/features/headset/headset-state.ts';
import { LevelMeter, silenceDecibels } from '$lib/features/headset/level-meter.ts';
import { openMicrophone } from '$lib/features/headset/microphone.ts';

/** `refused` there is no microphone to speak into · `tooShort` nothing worth keeping was said. */
type RecordingState = 'idle' | 'asking' | 'recording' | 'done' | 'tooShort' | 'refused';

const secondMilliseconds = 1000;

/** One clip as it is spoken: from the microphone to the file that every telephone network plays. */
export class ClipRecording {
  state: RecordingState = $state('idle');
  /** Why there is no microphone. */
  refusal: Extract<HeadsetState, 'denied' | 'noDevice'> | null = $state(null);
  seconds = $state(0);
  decibels = $state(silenceDecibels);
  /** The finished file and where the browser plays it. */
  clip: { wav: Uint8Array; url: string } | null = $state.raw(null);
  readonly #meter = new LevelMeter((decibels) => (this.decibels = decibels));
  #recorder: MediaRecorder | null = null;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  async start(): Promise<void> {
    this.discard();
    this.state = 'asking';
    const opened = await openMicrophone(new DeviceMemory(window.localStorage).microphoneId, true);
    if (opened.kind === 'refused') {
      [this.state, this.refusal] = ['refused', opened.state];
      return;
    }
    const { stream } = opened;
    const chunks: Blob[] = [];
    const recorder = new MediaRecorder(stream);
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      this.#quiet();
      void this.#finish(new Blob(chunks, { type: recorder.mimeType }));
    };
    this.#context = new AudioContext();
    this.#meter.watch(this.#context, stream);
    this.#recorder = recorder;
    recorder.start();
    this.state = 'recording';
    this.#timer = setInterval(() => {
      this.seconds += 1;
      if (this.seconds >= longestClipSeconds) this.stop();
    }, secondMilliseconds);
  }

  stop(): void {
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
  }

  /** Forgets what was said, and lets go of the microphone. */
  discard(): void {
    const recorder = this.#recorder;
    if (recorder) {
      recorder.onstop = () => {
        for (const track of recorder.stream.getTracks()) track.stop();
      };
      if (recorder.state === 'recording') recorder.stop();
    }
    this.#quiet();
    if (this.clip) URL.revokeObjectURL(this.clip.url);
    this.clip = null;
    this.refusal = null;
    this.seconds = 0;
    this.state = 'idle';
  }

  #quiet(): void {
    clearInterval(this.#timer);
    this.#meter.stop();
    this.decibels = silenceDecibels;
    void this.#context?.close();
    this.#context = null;
    this.#recorder = null;
  }

  async #finish(spoken: Blob): Promise<void> {
    const samples = await telephoneSamples(spoken);
    if (samples.length < shortestClipSeconds * clipSampleRate) {
      this.state = 'tooShort';
      return;
    }
    const wav = clipFile(samples);
    this.clip = { wav, url: URL.createObjectURL(new Blob([wav.slice()], { type: 'audio/wav' })) };
    this.seconds = samples.length / clipSampleRate;
    this.state = 'done';
  }
}

/** As a telephone carries it: one channel at 8 kHz, and no longer than a clip may be. */
async function telephoneSamples(spoken: Blob): Promise<Int16Array> {
  const decoder = new OfflineAudioContext(1, 1, clipSampleRate);
  const heard = await decoder.decodeAudioData(await spoken.arrayBuffer()).catch(() => null);
  if (!heard) return new Int16Array();
  const length = Math.min(longestClipSeconds * clipSampleRate, heard.length);
  return Int16Array.from(heard.getChannelData(0).subarray(0, length), (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
}

/** A file as JSON carries it. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
