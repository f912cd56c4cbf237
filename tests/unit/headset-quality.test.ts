import { describe, expect, it } from 'vitest';
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
      jitterMilliseconds: null,
      heardDecibels: null,
    });
    expect(qualityBetween(readCounters(report(10, 2)), readCounters(report(60, 0))).lossPercent).toBe(0);
  });
});
