import { afterEach, beforeEach, expect } from 'vitest';
import type { DialRequest } from '../../server/app/ports/telephony.ts';
import type { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { readStereo, type TwoSides } from '../support/wav-file.ts';
import type { CarrierUnderTest, RepHeadset } from './carrier-under-test.ts';

/** The rep who dials where a suite names nobody. */
export const repId = 1;

/**
 * A carrier of its own for every case of the `describe` that asks for it, and what all suites do with one.
 * @param firstCallId calls of the cases have ids after it, so that no two suites share one
 */
export function carrierDesk(create: () => Promise<CarrierUnderTest>, firstCallId: number) {
  let current: CarrierUnderTest | null = null;
  let lastCallId = firstCallId;
  beforeEach(async () => {
    current = await create();
  });
  afterEach(async () => {
    await current?.close();
    current = null;
  });

  const theCarrier = (): CarrierUnderTest => {
    if (!current) throw new Error('no case runs');
    return current;
  };
  const until = async (callId: number, kind: Parameters<CarrierNotebook['has']>[1]): Promise<void> => {
    await expect.poll(() => theCarrier().notebook.kinds(callId), patience).toContain(kind);
  };
  const request = (to: string, more: Partial<DialRequest> = {}): DialRequest => {
    lastCallId += 1;
    return { callId: lastCallId, repId, to, from: null, ringTimeoutSeconds: 15, record: true, ...more };
  };
  const dial = async (to: string, more: Partial<DialRequest> = {}): Promise<number> => {
    const wanted = request(to, more);
    expect(await theCarrier().telephony.dial(wanted)).toMatchObject({ kind: 'accepted' });
    return wanted.callId;
  };
  const answeredCall = async (to: string): Promise<number> => {
    const callId = await dial(to);
    await until(callId, 'answered');
    return callId;
  };
  /** A headset in which the rep speaks. */
  const connected = async (whose = repId): Promise<RepHeadset> => {
    const headset = await theCarrier().connectHeadset(whose);
    headset.speak();
    const stateNow = () =>
      theCarrier()
        .notebook.lines.filter((line) => line.repId === whose)
        .at(-1)?.state;
    await expect.poll(stateNow, patience).toBe('connected');
    return headset;
  };
  const heardFor = async (headset: RepHeadset, seconds: number): Promise<Int16Array> => {
    headset.takeHeard();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(seconds);
    return headset.takeHeard();
  };
  /** The recording of a call, whole, with the length that the carrier says. */
  const recordedSides = async (callId: number): Promise<TwoSides & { durationSeconds: number }> => {
    const recordingOf = () => theCarrier().notebook.recordingOf(callId);
    await expect.poll(recordingOf, patience).toMatchObject({ kind: 'ready', partial: false });
    const recording = recordingOf();
    if (recording?.kind !== 'ready') throw new Error('the recording is missing');
    return { ...(await readStereo(recording.filePath)), durationSeconds: recording.durationSeconds };
  };
  return {
    get carrier() {
      return theCarrier();
    },
    ...{ until, request, dial, answeredCall, connected, heardFor, recordedSides },
  };
}
