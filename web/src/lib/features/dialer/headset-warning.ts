import type { HeadsetSnapshot } from '$lib/features/headset/headset-state.ts';
import type { SoundFault } from '$lib/features/headset/line-verdict.ts';
import { m } from '$lib/paraglide/messages.js';

/** What is wrong with the sound, in a sentence that says what to do; null when all is well. `faults` are those of a talk that goes on. */
export function headsetWarning(snapshot: HeadsetSnapshot, talk: { faults: readonly SoundFault[] } | null): string | null {
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
      return talk ? m.dialer_sound_off() : null;
    case 'asking':
    case 'connecting':
      return null;
    case 'connected':
      if (!talk) return null;
      return snapshot.isMuted ? m.dialer_sound_muted() : faultWords(talk.faults[0], snapshot);
    default:
      return snapshot.state satisfies never;
  }
}

function faultWords(fault: SoundFault | undefined, { usedMicrophone }: HeadsetSnapshot): string | null {
  const device = usedMicrophone?.label ?? '';
  switch (fault) {
    case undefined:
      return null;
    case 'cutOff':
      return m.dialer_sound_cut_off({ device });
    case 'microphoneSilent':
      return m.dialer_sound_silent({ device });
    case 'otherMicrophone':
      return m.dialer_sound_other_microphone({ device });
    case 'prospectSilent':
      return m.dialer_sound_prospect_silent();
    default:
      return fault satisfies never;
  }
}
