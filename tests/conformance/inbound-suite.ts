import { describe, expect, it } from 'vitest';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { patience } from '../support/patience.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { carrierDesk, repId } from './carrier-desk.ts';

/** What every carrier adapter must do with calls that come to us. */
export function inboundConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}, calls that arrive`, () => {
    const desk = carrierDesk(create, 9000);
    const { until, connected, recordedSides } = desk;

    const arrive = async (from: string | null = desk.carrier.numbers.talks): Promise<number> => {
      if (!desk.carrier.letCall) throw new Error('this carrier takes no arriving calls');
      return desk.carrier.letCall(from);
    };

    it('tells who calls and waits for us to say what becomes of it', async () => {
      const callId = await arrive();
      const [arrival] = desk.carrier.notebook.arrivals;
      expect(arrival?.from).toBe(desk.carrier.numbers.talks);
      expect(arrival?.to).toMatch(/^\+\d+$/);
      expect(arrival?.carrierCallId).not.toBe('');
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      expect(desk.carrier.notebook.has(callId, 'answered')).toBe(false);
    });

    it('keeps a hidden number hidden', async () => {
      await arrive(null);
      expect(desk.carrier.notebook.arrivals[0]?.from).toBeNull();
    });

    it('turns away what we do not take', async () => {
      desk.carrier.notebook.nextArrivalId = null;
      await expect(arrive()).rejects.toThrow();
      expect(desk.carrier.notebook.events).toEqual([]);
    });

    it('connects the caller to the rep who answers, both heard and recorded on their own channels', async () => {
      const headset = await connected();
      const callId = await arrive();
      await desk.carrier.telephony.answer(callId, repId);
      await until(callId, 'answered');
      // The caller lets him speak first, then says why he calls.
      headset.takeHeard();
      await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(1.5);
      headset.fallSilent();
      await expect.poll(() => levelDecibels(headset.takeHeard()), patience).toBeGreaterThan(-40);
      await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(1);
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
      const sides = await recordedSides(callId);
      await headset.close();
      expect(toneSeconds(sides.left, repToneHertz, sides.sampleRate)).toBeGreaterThan(0.2);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
      expect(toneShare(sides.right, repToneHertz, sides.sampleRate)).toBeLessThan(0.2);
    });

    it('lets one rep answer, and a rep be in one call', async () => {
      const callId = await arrive();
      await desk.carrier.telephony.answer(callId, repId);
      await expect(desk.carrier.telephony.answer(callId, repId + 1)).rejects.toMatchObject({ name: 'CallNotLive' });
      const second = await arrive(desk.carrier.numbers.silent);
      await expect(desk.carrier.telephony.answer(second, repId)).rejects.toMatchObject({ name: 'LineInUse' });
      expect(await desk.carrier.telephony.lookUp(second)).toEqual({ kind: 'live' });
    });

    it('obeys hold and mute in an answered call like in a dialled one', async () => {
      const callId = await arrive();
      await expect(desk.carrier.telephony.hold(callId)).rejects.toMatchObject({ name: 'CallNotLive' });
      await desk.carrier.telephony.answer(callId, repId);
      await desk.carrier.telephony.hold(callId);
      await until(callId, 'held');
      await desk.carrier.telephony.unhold(callId);
      await until(callId, 'unheld');
    });

    it('turns a caller away', async () => {
      const callId = await arrive();
      await desk.carrier.telephony.turnAway(callId);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('rejected');
      expect(desk.carrier.notebook.recordingOf(callId)).toBeUndefined();
      await desk.carrier.telephony.turnAway(callId);
      await expect(desk.carrier.telephony.answer(callId, repId)).rejects.toMatchObject({ name: 'CallNotLive' });
    });

    it('takes a message: our greeting on the left, the caller on the right, and no answer of ours', async () => {
      const callId = await arrive();
      await desk.carrier.telephony.takeMessage(callId, { greeting: true, longestSeconds: 60 });
      await desk.carrier.telephony.takeMessage(callId, { greeting: true, longestSeconds: 60 });
      await until(callId, 'voicemail');
      await expect(desk.carrier.telephony.answer(callId, repId)).rejects.toMatchObject({ name: 'CallNotLive' });
      await expect.poll(() => desk.carrier.notebook.recordingOf(callId), patience).toMatchObject({ kind: 'ready' });
      expect(desk.carrier.notebook.cause(callId)).toBe('noAnswer');
      expect(desk.carrier.notebook.has(callId, 'answered')).toBe(false);
      expect(desk.carrier.notebook.kinds(callId).filter((kind) => kind === 'voicemail')).toHaveLength(1);
      const recording = desk.carrier.notebook.recordingOf(callId);
      if (recording?.kind !== 'ready') throw new Error('the recording is missing');
      const sides = await readStereo(recording.filePath);
      expect(levelDecibels(sides.left)).toBeGreaterThan(-50);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
    });
  });
}
