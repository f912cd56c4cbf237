import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import type { CarrierNotebook } from '../support/carrier-listener.ts';
import { readStereo } from '../support/wav-file.ts';
import { repToneHertz, type CarrierUnderTest } from './telephony-suite.ts';

const repId = 1;

/** What every carrier adapter must do with calls that come to us. */
export function inboundConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}, calls that arrive`, () => {
    let carrier: CarrierUnderTest;
    beforeEach(async () => {
      carrier = await create();
    });
    afterEach(async () => {
      await carrier.close();
    });

    const patiently = () => ({ timeout: carrier.patienceMilliseconds, interval: 20 });
    const until = async (callId: number, kind: Parameters<CarrierNotebook['has']>[1]): Promise<void> => {
      await expect.poll(() => carrier.notebook.kinds(callId), patiently()).toContain(kind);
    };
    const arrive = async (from: string | null = carrier.numbers.talks): Promise<number> => {
      if (!carrier.letCall) throw new Error('this carrier takes no arriving calls');
      return carrier.letCall(from);
    };

    it('tells who calls and waits for us to say what becomes of it', async () => {
      const callId = await arrive();
      const [arrival] = carrier.notebook.arrivals;
      expect(arrival?.from).toBe(carrier.numbers.talks);
      expect(arrival?.to).toMatch(/^\+\d+$/);
      expect(arrival?.carrierCallId).not.toBe('');
      expect(await carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      expect(carrier.notebook.has(callId, 'answered')).toBe(false);
    });

    it('keeps a hidden number hidden', async () => {
      await arrive(null);
      expect(carrier.notebook.arrivals[0]?.from).toBeNull();
    });

    it('turns away what we do not take', async () => {
      carrier.notebook.nextArrivalId = null;
      await expect(arrive()).rejects.toThrow();
      expect(carrier.notebook.events).toEqual([]);
    });

    it('connects the caller to the rep who answers, both heard and recorded on their own channels', async () => {
      const headset = await carrier.connectHeadset(repId);
      headset.speak();
      await expect.poll(() => carrier.notebook.lines.filter((line) => line.repId === repId).at(-1)?.state, patiently()).toBe('connected');
      const callId = await arrive();
      await carrier.telephony.answer(callId, repId);
      await until(callId, 'answered');
      // The caller lets him speak first, then says why he calls.
      headset.takeHeard();
      await expect.poll(() => headset.heardSeconds, patiently()).toBeGreaterThan(0.5);
      headset.fallSilent();
      await expect.poll(() => levelDecibels(headset.takeHeard()), patiently()).toBeGreaterThan(-40);
      await expect.poll(() => headset.heardSeconds, patiently()).toBeGreaterThan(1);
      await carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(carrier.notebook.cause(callId)).toBe('completed');
      await expect.poll(() => carrier.notebook.recordingOf(callId), patiently()).toMatchObject({ kind: 'ready', partial: false });
      await headset.close();
      const recording = carrier.notebook.recordingOf(callId);
      if (recording?.kind !== 'ready') throw new Error('the recording is missing');
      const sides = await readStereo(recording.filePath);
      expect(toneShare(sides.left.subarray(1600, 4000), repToneHertz, sides.sampleRate)).toBeGreaterThan(0.8);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
      expect(toneShare(sides.right, repToneHertz, sides.sampleRate)).toBeLessThan(0.2);
    });

    it('lets one rep answer, and a rep be in one call', async () => {
      const callId = await arrive();
      await carrier.telephony.answer(callId, repId);
      await expect(carrier.telephony.answer(callId, repId + 1)).rejects.toMatchObject({ name: 'CallNotLive' });
      const second = await arrive(carrier.numbers.silent);
      await expect(carrier.telephony.answer(second, repId)).rejects.toMatchObject({ name: 'LineInUse' });
      expect(await carrier.telephony.lookUp(second)).toEqual({ kind: 'live' });
    });

    it('obeys hold and mute in an answered call like in a dialled one', async () => {
      const callId = await arrive();
      await expect(carrier.telephony.hold(callId)).rejects.toMatchObject({ name: 'CallNotLive' });
      await carrier.telephony.answer(callId, repId);
      await carrier.telephony.hold(callId);
      await until(callId, 'held');
      await carrier.telephony.unhold(callId);
      await until(callId, 'unheld');
    });

    it('turns a caller away', async () => {
      const callId = await arrive();
      await carrier.telephony.turnAway(callId);
      await until(callId, 'ended');
      expect(carrier.notebook.cause(callId)).toBe('rejected');
      expect(carrier.notebook.recordingOf(callId)).toBeUndefined();
      await carrier.telephony.turnAway(callId);
      await expect(carrier.telephony.answer(callId, repId)).rejects.toMatchObject({ name: 'CallNotLive' });
    });

    it('takes a message: our greeting on the left, the caller on the right, and no answer of ours', async () => {
      const callId = await arrive();
      await carrier.telephony.takeMessage(callId, { greeting: true, longestSeconds: 60 });
      await carrier.telephony.takeMessage(callId, { greeting: true, longestSeconds: 60 });
      await until(callId, 'voicemail');
      await expect(carrier.telephony.answer(callId, repId)).rejects.toMatchObject({ name: 'CallNotLive' });
      await expect
        .poll(() => carrier.notebook.recordingOf(callId), { timeout: 3 * carrier.patienceMilliseconds, interval: 50 })
        .toMatchObject({ kind: 'ready' });
      expect(carrier.notebook.cause(callId)).toBe('noAnswer');
      expect(carrier.notebook.has(callId, 'answered')).toBe(false);
      expect(carrier.notebook.kinds(callId).filter((kind) => kind === 'voicemail')).toHaveLength(1);
      const recording = carrier.notebook.recordingOf(callId);
      if (recording?.kind !== 'ready') throw new Error('the recording is missing');
      const sides = await readStereo(recording.filePath);
      expect(levelDecibels(sides.left)).toBeGreaterThan(-50);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
    }, 40_000);
  });
}
