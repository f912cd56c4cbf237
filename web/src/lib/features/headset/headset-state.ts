/**
 * Where the headset is:
 * `none` not started · `asking` the browser asks for the microphone · `denied` the user or his browser said no ·
 * `noDevice` no microphone that can be used · `connecting` · `connected` · `interrupted` the line failed and is being restored.
 */
export type HeadsetState = 'none' | 'asking' | 'denied' | 'noDevice' | 'connecting' | 'connected' | 'interrupted';

/** What is wrong besides the state, for a sentence that says what to do. */
export type HeadsetProblem =
  /** The page is not served over https or from this machine, so the browser gives no microphone. */
  | 'insecurePage'
  /** Another program holds the microphone. */
  | 'microphoneInUse'
  /** The browser wants a click before it plays sound. */
  | 'playbackBlocked';

export interface SoundDevice {
  id: string;
  /** Empty until the microphone was allowed. */
  label: string;
}

/** The line as measured over the last second; null where the browser does not say. */
export interface LineQuality {
  roundTripMilliseconds: number | null;
  /** Of the packets to us, 0 to 100. */
  lossPercent: number | null;
  /** Of ours, as the other end reports it, 0 to 100. */
  sentLossPercent: number | null;
  jitterMilliseconds: number | null;
  /** Loudness of what the rep hears, in dBFS. */
  heardDecibels: number | null;
}

export interface HeadsetSnapshot {
  state: HeadsetState;
  problem: HeadsetProblem | null;
  microphones: readonly SoundDevice[];
  speakers: readonly SoundDevice[];
  /** What the user chose; null for the system's choice. */
  microphoneId: string | null;
  speakerId: string | null;
  /** The microphone that is really spoken into: another than the chosen one while that is not plugged in. */
  usedMicrophone: SoundDevice | null;
  /** The system or a switch on the headset itself gives us silence. */
  isCutOff: boolean;
  /** Some browsers play only to the system's own choice. */
  canChooseSpeaker: boolean;
  isMuted: boolean;
  isEchoChecking: boolean;
  quality: LineQuality | null;
}

/** Before anything was asked of the browser. */
export const emptySnapshot: HeadsetSnapshot = {
  state: 'none',
  problem: null,
  microphones: [],
  speakers: [],
  microphoneId: null,
  speakerId: null,
  usedMicrophone: null,
  isCutOff: false,
  canChooseSpeaker: false,
  isMuted: false,
  isEchoChecking: false,
  quality: null,
};

/** The sound on both sides of the line; null where there is none yet. Who mixes more into it begins here. */
export interface HeadsetStreams {
  microphone: MediaStream | null;
  heard: MediaStream | null;
}
