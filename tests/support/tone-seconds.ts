import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';

/** Below it nobody hears anything: what the last bit of a silent channel has of a tone is no tone. */
const inaudibleDecibels = -70;
/** A tenth in which the tone has more of the energy than this is one of the tone. */
const clearShare = 0.5;

/**
 * A tone's share of the energy in each tenth of a second. One share over a long stretch would say little: where the network or a busy
 * machine swallows a packet the tone goes on with another phase, and the click has a little of every frequency.
 */
export function toneTenths(samples: Int16Array, hertz: number, sampleRate: number): number[] {
  const length = sampleRate / 10;
  return Array.from({ length: Math.floor(samples.length / length) }, (_, place) => {
    const tenth = samples.subarray(place * length, (place + 1) * length);
    return levelDecibels(tenth) < inaudibleDecibels ? 0 : toneShare(tenth, hertz, sampleRate);
  });
}

/** For how many seconds the tone is heard clearly, wherever in the samples that is. */
export function toneSeconds(samples: Int16Array, hertz: number, sampleRate: number, clearFrom = clearShare): number {
  return toneTenths(samples, hertz, sampleRate).filter((share) => share > clearFrom).length / 10;
}
