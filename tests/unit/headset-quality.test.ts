import { describe, expect, it } from 'vitest';
import { followSilences, soundFaults, steadyVerdict, verdictOf } from '../../web/src/lib/features/headset/line-verdict.ts';
import { qualityBetween, readCounters } from '../../web/src/lib/features/headset/line-quality.ts';

const report = (received: number, lost: number) => [
  { type: 'codec' },
  {
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: received,
    packetsLost: lost,
    jitter: 0.004,
    totalAudioEnergy: received / 1000,
    totalSamplesDuration: received / 50,
  },
  { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
  { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.0234 },
];

describe('line quality', () => {
  it('is of the last interval, not of the whole line', () => {
    const quality = qualityBetween(readCounters(report(1000, 500)), readCounters(report(1045, 505)));
    expect(quality).toMatchObject({ roundTripMilliseconds: 23, jitterMilliseconds: 4, lossPercent: 10 });
    expect(quality.heardDecibels).toBeCloseTo(10 * Math.log10(0.045 / 0.9), 5);
  });

  it('does not guess: nothing known is null, nothing expected is no loss figure', () => {
    expect(qualityBetween(null, readCounters(report(10, 0))).lossPercent).toBeNull();
    expect(qualityBetween(readCounters([]), readCounters([]))).toEqual({
      roundTripMilliseconds: null,
      lossPercent: null,
      sentLossPercent: null,
      jitterMilliseconds: null,
      heardDecibels: null,
    });
    expect(qualityBetween(readCounters(report(10, 2)), readCounters(report(60, 0))).lossPercent).toBe(0);
  });
});

const fine = { roundTripMilliseconds: 40, lossPercent: 0, sentLossPercent: 0, jitterMilliseconds: 5, heardDecibels: -30 };
const unmeasured = { roundTripMilliseconds: null, lossPercent: null, sentLossPercent: null, jitterMilliseconds: null, heardDecibels: null };

describe('what the line is called', () => {
  it('is as bad as its worst figure, and what is not known is not held against it', () => {
    expect(verdictOf(fine)).toBe('good');
    expect(verdictOf(unmeasured)).toBe('good');
    expect(verdictOf({ ...fine, jitterMilliseconds: 30 })).toBe('weak');
    expect(verdictOf({ ...fine, lossPercent: 3, sentLossPercent: 9 })).toBe('bad');
    expect(verdictOf({ ...fine, roundTripMilliseconds: 800 })).toBe('bad');
  });

  it('does not change for a single second', () => {
    const bad = { ...fine, lossPercent: 50 };
    expect(steadyVerdict([])).toBe('good');
    expect(steadyVerdict([fine, fine, bad, fine, fine])).toBe('good');
    expect(steadyVerdict([fine, fine, fine, fine, bad, bad, bad])).toBe('bad');
  });
});

describe('what is wrong with the sound of a talk', () => {
  const begins = { microphoneSince: 0, prospectSince: 0 };
  const quiet = { microphoneDecibels: -90, heardDecibels: -100, isMuted: false, isHeld: false };
  const headset = { isCutOff: false, microphoneId: 'jabra', usedMicrophone: { id: 'jabra', label: 'Jabra' } };

  it('is told once a side has given nothing for longer than a pause', () => {
    const later = followSilences(begins, { at: 7_000, ...quiet });
    expect(soundFaults(headset, later, 7_900)).toEqual([]);
    expect(soundFaults(headset, later, 8_000)).toEqual(['microphoneSilent']);
    expect(soundFaults(headset, later, 10_000)).toEqual(['microphoneSilent', 'prospectSilent']);
    const spoken = followSilences(later, { at: 9_000, ...quiet, microphoneDecibels: -40, heardDecibels: -50 });
    expect(soundFaults(headset, spoken, 16_900)).toEqual([]);
  });

  it('is not a silence that was asked for', () => {
    const asked = followSilences(begins, { at: 60_000, ...quiet, isMuted: true, isHeld: true });
    expect(soundFaults(headset, asked, 60_000)).toEqual([]);
  });

  it('names the microphone that took over, and a switch on the headset itself instead of the silence that it makes', () => {
    const builtIn = { id: 'built-in', label: 'Built-in' };
    expect(soundFaults({ ...headset, usedMicrophone: builtIn }, begins, 0)).toEqual(['otherMicrophone']);
    expect(soundFaults({ ...headset, microphoneId: null, usedMicrophone: builtIn }, begins, 0)).toEqual([]);
    expect(soundFaults({ ...headset, isCutOff: true }, begins, 9_000)).toEqual(['cutOff']);
  });
});
