import type { HeadsetProblem, HeadsetState } from './headset-state.ts';

export type MicrophoneOutcome =
  | { kind: 'given'; stream: MediaStream; track: MediaStreamTrack }
  | { kind: 'refused'; state: Extract<HeadsetState, 'denied' | 'noDevice'>; problem: HeadsetProblem | null };

function refusal(error: unknown): Extract<MicrophoneOutcome, { kind: 'refused' }> {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return { kind: 'refused', state: 'denied', problem: null };
  if (name === 'NotReadableError') return { kind: 'refused', state: 'noDevice', problem: 'microphoneInUse' };
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'AbortError') {
    return { kind: 'refused', state: 'noDevice', problem: null };
  }
  throw error;
}

/**
 * Asks for the microphone: the wanted one if it is plugged in, otherwise the system's choice.
 * `processing` is the browser's own echo and noise suppression.
 */
export async function openMicrophone(wantedId: string | null, processing: boolean): Promise<MicrophoneOutcome> {
  if (!window.isSecureContext) return { kind: 'refused', state: 'denied', problem: 'insecurePage' };
  const sound = { channelCount: 1, echoCancellation: processing, noiseSuppression: processing, autoGainControl: processing };
  try {
    const stream = await openWanted(wantedId, sound);
    const [track] = stream.getAudioTracks();
    return track ? { kind: 'given', stream, track } : { kind: 'refused', state: 'noDevice', problem: null };
  } catch (error) {
    return refusal(error);
  }
}

/** Asked only for preference, Chromium may stay with the system's choice: the wanted one is demanded, and only its absence is forgiven. */
async function openWanted(wantedId: string | null, sound: MediaTrackConstraints): Promise<MediaStream> {
  if (wantedId !== null) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { ...sound, deviceId: { exact: wantedId } } });
    } catch (error) {
      if (!(error instanceof DOMException) || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio: sound });
}
