import type { HeadsetSnapshot, LineQuality } from './headset-state.ts';

/** How a talk over the line is: nothing to notice, people notice, people cannot understand one another. */
export type LineVerdict = 'good' | 'weak' | 'bad';

type Figure = 'roundTripMilliseconds' | 'lossPercent' | 'sentLossPercent' | 'jitterMilliseconds';
/** From here on a talk is weak, and from there on bad: ITU-T G.114 for the delay, what concealment and jitter buffers hide for the rest. */
const limits: Readonly<Record<Figure, { weak: number; bad: number }>> = {
  roundTripMilliseconds: { weak: 300, bad: 800 },
  lossPercent: { weak: 2, bad: 8 },
  sentLossPercent: { weak: 2, bad: 8 },
  jitterMilliseconds: { weak: 30, bad: 100 },
};

/** Judges one second; what the browser does not say is not held against the line. */
export function verdictOf(quality: LineQuality): LineVerdict {
  const figures = Object.keys(limits) as Figure[];
  const reaches = (level: 'weak' | 'bad'): boolean => figures.some((name) => (quality[name] ?? 0) >= limits[name][level]);
  if (reaches('bad')) return 'bad';
  return reaches('weak') ? 'weak' : 'good';
}

/** A single bad second is not worth a look: the line is called as it was in most of the last ones. */
const secondsJudged = 5;

/** The verdict over the last seconds, oldest first: the middle one of them. */
export function steadyVerdict(seconds: readonly LineQuality[]): LineVerdict {
  const order: readonly LineVerdict[] = ['good', 'weak', 'bad'];
  const ranks = seconds
    .slice(-secondsJudged)
    .map((quality) => order.indexOf(verdictOf(quality)))
    .sort((one, other) => one - other);
  return order[ranks[Math.floor(ranks.length / 2)] ?? 0] ?? 'good';
}

/** Below this a microphone that works gives nothing even in a quiet room, in dBFS. */
const silentMicrophoneDecibels = -60;
/** Below this there is not even the rustle of a telephone line, in dBFS. */
const silentLineDecibels = -70;
/** Nobody speaks all the time; this long without anything is not a pause. */
const silentMicrophoneSeconds = 8;
const silentLineSeconds = 10;

/** What is wrong with the sound of a talk, the worst first. */
export type SoundFault = 'cutOff' | 'otherMicrophone' | 'microphoneSilent' | 'prospectSilent';

/** Since when each side has given nothing, as milliseconds of the epoch. */
export interface Silences {
  microphoneSince: number;
  prospectSince: number;
}

/** Follows one more measurement; who may not be heard by intent (muted, on hold) has not fallen silent. */
export function followSilences(
  before: Silences,
  now: { at: number; microphoneDecibels: number; heardDecibels: number | null; isMuted: boolean; isHeld: boolean },
): Silences {
  const isMicrophoneHeard = now.isMuted || now.microphoneDecibels > silentMicrophoneDecibels;
  const isProspectHeard = now.isHeld || now.heardDecibels === null || now.heardDecibels > silentLineDecibels;
  return {
    microphoneSince: isMicrophoneHeard ? now.at : before.microphoneSince,
    prospectSince: isProspectHeard ? now.at : before.prospectSince,
  };
}

/** What a rep in a talk must be told, the worst first. */
export function soundFaults(
  snapshot: Pick<HeadsetSnapshot, 'isCutOff' | 'microphoneId' | 'usedMicrophone'>,
  silences: Silences,
  at: number,
): SoundFault[] {
  const { isCutOff, microphoneId, usedMicrophone } = snapshot;
  const faults: SoundFault[] = [];
  if (isCutOff) faults.push('cutOff');
  else if (at - silences.microphoneSince >= silentMicrophoneSeconds * 1000) faults.push('microphoneSilent');
  if (microphoneId !== null && usedMicrophone !== null && usedMicrophone.id !== microphoneId) faults.push('otherMicrophone');
  if (at - silences.prospectSince >= silentLineSeconds * 1000) faults.push('prospectSilent');
  return faults;
}
