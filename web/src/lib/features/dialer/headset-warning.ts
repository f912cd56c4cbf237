import type { HeadsetSnapshot } from '$lib/features/headset/headset-state.ts';
import { m } from '$lib/paraglide/messages.js';

/** What is wrong with the sound, in a sentence that says what to do; null when all is well. */
export function headsetWarning(snapshot: HeadsetSnapshot, isTalking: boolean, silentSeconds: number): string | null {
  switch (snapshot.problem) {
    case 'insecurePage':
      return m.dialer_sound_insecure();
    case 'microphoneInUse':
      return m.dialer_sound_in_use();
    case 'playbackBlocked':
      return m.dialer_sound_blocked();
    case null:
      break;
    default:
      snapshot.problem satisfies never;
  }
  switch (snapshot.state) {
    case 'denied':
      return m.dialer_sound_denied();
    case 'noDevice':
      return m.dialer_sound_no_device();
    case 'interrupted':
      return m.dialer_sound_interrupted();
    case 'none':
      return isTalking ? m.dialer_sound_off() : null;
    case 'asking':
    case 'connecting':
      return null;
    case 'connected':
      if (!isTalking) return null;
      if (snapshot.isMuted) return m.dialer_sound_muted();
      return silentSeconds >= 8 ? m.dialer_sound_silent() : null;
    default:
      return snapshot.state satisfies never;
  }
}
