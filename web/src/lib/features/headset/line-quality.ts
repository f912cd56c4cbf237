import type { LineQuality } from './headset-state.ts';

/** The few figures of the browser's statistics that are needed; all counters since the line began. */
export interface LineCounters {
  packetsReceived: number | null;
  packetsLost: number | null;
  jitterSeconds: number | null;
  roundTripSeconds: number | null;
  /** Sum of squared loudness over time, as the WebRTC statistics define it. */
  audioEnergy: number | null;
  audioSeconds: number | null;
  /** What the other end has lost of ours since its last report, 0 to 1. */
  sentLossFraction: number | null;
}

function figure(entry: Record<string, unknown>, name: string): number | null {
  const value = entry[name];
  return typeof value === 'number' ? value : null;
}

/** Picks the figures out of a statistics report. */
export function readCounters(report: Iterable<Record<string, unknown>>): LineCounters {
  const entries = [...report];
  const inbound = entries.find((entry) => entry['type'] === 'inbound-rtp' && entry['kind'] === 'audio') ?? {};
  const remote = entries.find((entry) => entry['type'] === 'remote-inbound-rtp' && entry['kind'] === 'audio') ?? {};
  const pair = entries.find((entry) => entry['type'] === 'candidate-pair' && entry['nominated'] === true) ?? {};
  return {
    packetsReceived: figure(inbound, 'packetsReceived'),
    packetsLost: figure(inbound, 'packetsLost'),
    jitterSeconds: figure(inbound, 'jitter'),
    roundTripSeconds: figure(pair, 'currentRoundTripTime'),
    audioEnergy: figure(inbound, 'totalAudioEnergy'),
    audioSeconds: figure(inbound, 'totalSamplesDuration'),
    sentLossFraction: figure(remote, 'fractionLost'),
  };
}

/** The counters of a connection as the browser keeps them. */
export async function countersOf(peer: RTCPeerConnection): Promise<LineCounters> {
  const entries: Record<string, unknown>[] = [];
  (await peer.getStats()).forEach((entry: Record<string, unknown>) => entries.push(entry));
  return readCounters(entries);
}

function growth(before: number | null | undefined, now: number | null): number | null {
  return before === null || before === undefined || now === null ? null : now - before;
}

/** The quality between two readings; the first reading of a line has none before it. */
export function qualityBetween(before: LineCounters | null, now: LineCounters): LineQuality {
  const received = growth(before?.packetsReceived, now.packetsReceived);
  const lost = growth(before?.packetsLost, now.packetsLost);
  const expected = received === null || lost === null ? 0 : received + lost;
  const energy = growth(before?.audioEnergy, now.audioEnergy);
  const seconds = growth(before?.audioSeconds, now.audioSeconds);
  const milliseconds = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000));
  return {
    roundTripMilliseconds: milliseconds(now.roundTripSeconds),
    // Late packets may make the count of lost ones go down again.
    lossPercent: lost === null || expected <= 0 ? null : Math.max(0, (100 * lost) / expected),
    sentLossPercent: now.sentLossFraction === null ? null : 100 * now.sentLossFraction,
    jitterMilliseconds: milliseconds(now.jitterSeconds),
    heardDecibels: energy === null || seconds === null || seconds <= 0 ? null : Math.max(-100, 10 * Math.log10(energy / seconds)),
  };
}
