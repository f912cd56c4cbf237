import { describe, expect, it } from 'vitest';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { patience } from '../support/patience.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { carrierDesk, repId } from './carrier-desk.ts';

const colleagueId = 2;

/** What every carrier adapter must do with others besides the rep and the prospect, and with what must not be kept. */
export function partyConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}, others in the call`, () => {
    const desk = carrierDesk(create, 2000);
    const { until, answeredCall, connected, heardFor, recordedSides } = desk;

    const number = (e164: string) => ({ kind: 'number', e164 }) as const;
    const colleague = { kind: 'rep', repId: colleagueId } as const;

    it('hands the prospect over to a colleague: our call ends with its recording, his arrives', async () => {
      const headset = await connected(repId);
      const callId = await answeredCall(desk.carrier.numbers.talks);
      await heardFor(headset, 0.5);
      await desk.carrier.telephony.transfer(callId, colleague);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
      expect(desk.carrier.notebook.of(callId).map(({ body }) => body)).toContainEqual({ kind: 'transferred', to: `rep:${colleagueId}` });
      await expect.poll(() => desk.carrier.notebook.arrivals.length, patience).toBe(1);
      const [arrival] = desk.carrier.notebook.arrivals;
      expect(arrival).toMatchObject({ from: desk.carrier.numbers.talks, handedOver: { fromCallId: callId, toRepId: colleagueId } });
      const arrivedId = desk.carrier.notebook.nextArrivalId ?? 0;
      await expect.poll(() => desk.carrier.telephony.lookUp(arrivedId), patience).toEqual({ kind: 'live' });
      await expect.poll(() => desk.carrier.notebook.recordingOf(callId), patience).toMatchObject({ kind: 'ready' });

      const colleagues = await connected(colleagueId);
      await desk.carrier.telephony.answer(arrivedId, colleagueId);
      await until(arrivedId, 'answered');
      await heardFor(colleagues, 0.5 + desk.carrier.clockGrainSeconds);
      await desk.carrier.telephony.hangup(arrivedId);
      await until(arrivedId, 'ended');
      expect(desk.carrier.notebook.cause(arrivedId)).toBe('completed');
      await expect.poll(() => desk.carrier.notebook.recordingOf(arrivedId), patience).toMatchObject({ kind: 'ready' });
      expect(desk.carrier.notebook.kinds(callId).filter((kind) => kind === 'ended')).toHaveLength(1);
      await Promise.all([headset.close(), colleagues.close()]);
    });

    it('lets a handed-over prospect whom nobody answers be missed', async () => {
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.transfer(callId, colleague);
      await expect.poll(() => desk.carrier.notebook.arrivals.length, patience).toBe(1);
      const arrivedId = desk.carrier.notebook.nextArrivalId ?? 0;
      await expect.poll(() => desk.carrier.telephony.lookUp(arrivedId), patience).toEqual({ kind: 'live' });
      await desk.carrier.telephony.turnAway(arrivedId);
      await until(arrivedId, 'ended');
      expect(desk.carrier.notebook.cause(arrivedId)).toBe('rejected');
    });

    it('asks a number in while the prospect waits, brings them together and parts them again', async () => {
      const headset = await connected(repId);
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.consult(callId, number(desk.carrier.numbers.talks));
      await until(callId, 'held');
      await until(callId, 'partyJoined');
      headset.fallSilent();
      expect(levelDecibels(await heardFor(headset, 1))).toBeGreaterThan(-50);
      await expect(desk.carrier.telephony.consult(callId, number(desk.carrier.numbers.silent))).rejects.toMatchObject({
        name: 'PartyMismatch',
      });
      await desk.carrier.telephony.mergeParty(callId);
      await until(callId, 'partyMerged');
      await until(callId, 'unheld');
      await desk.carrier.telephony.dismissParty(callId);
      await until(callId, 'partyLeft');
      await desk.carrier.telephony.dismissParty(callId);
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      await headset.close();
    });

    it('puts the prospect through to the number that was consulted and goes', async () => {
      const headset = await connected(repId);
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.consult(callId, number(desk.carrier.numbers.talks));
      await until(callId, 'partyJoined');
      await desk.carrier.telephony.transfer(callId, number(desk.carrier.numbers.talks));
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
      expect(desk.carrier.notebook.has(callId, 'transferred')).toBe(true);
      // What was on its way when it ended is still heard.
      await expect.poll(async () => levelDecibels(await heardFor(headset, 0.5)), patience).toBeLessThan(-60);
      await headset.close();
    });

    it('says when a number that was asked in does not come', async () => {
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.consult(callId, number(desk.carrier.numbers.busy));
      await until(callId, 'partyLeft');
      expect(desk.carrier.notebook.has(callId, 'partyJoined')).toBe(false);
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      await desk.carrier.telephony.consult(callId, number(desk.carrier.numbers.talks));
      await until(callId, 'partyJoined');
    });

    it('joins a colleague at his headset, who cannot dial meanwhile and is free again after', async () => {
      const [headset, colleagues] = [await connected(repId), await connected(colleagueId)];
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.consult(callId, colleague);
      await until(callId, 'partyJoined');
      headset.fallSilent();
      expect(toneShare(await heardFor(headset, 0.6), repToneHertz, 8000)).toBeGreaterThan(0.5);
      headset.speak();
      colleagues.fallSilent();
      expect(toneShare(await heardFor(colleagues, 0.6), repToneHertz, 8000)).toBeGreaterThan(0.5);
      await desk.carrier.telephony.mergeParty(callId);
      await until(callId, 'partyMerged');
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.kinds(callId).filter((kind) => kind === 'partyJoined')).toHaveLength(1);
      // The end is told first; then he is let out of the rep's room.
      await expect.poll(async () => levelDecibels(await heardFor(colleagues, 0.6)), patience).toBeLessThan(-60);
      expect(desk.carrier.notebook.lines.filter((line) => line.repId === colleagueId).at(-1)?.state).toBe('connected');
      const next = {
        callId: callId + 500,
        repId: colleagueId,
        to: desk.carrier.numbers.silent,
        from: null,
        ringTimeoutSeconds: 15,
        record: true,
      };
      expect(await desk.carrier.telephony.dial(next)).toMatchObject({ kind: 'accepted' });
      await until(next.callId, 'answered');
      await Promise.all([headset.close(), colleagues.close()]);
    });

    it('lets the colleague who was consulted take over', async () => {
      const [headset, colleagues] = [await connected(repId), await connected(colleagueId)];
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.consult(callId, colleague);
      await until(callId, 'partyJoined');
      await desk.carrier.telephony.transfer(callId, colleague);
      await until(callId, 'ended');
      await expect.poll(() => desk.carrier.notebook.arrivals.length, patience).toBe(1);
      const arrivedId = desk.carrier.notebook.nextArrivalId ?? 0;
      await expect.poll(() => desk.carrier.telephony.lookUp(arrivedId), patience).toEqual({ kind: 'live' });
      await desk.carrier.telephony.answer(arrivedId, colleagueId);
      await until(arrivedId, 'answered');
      expect(await desk.carrier.telephony.lookUp(arrivedId)).toEqual({ kind: 'live' });
      await Promise.all([headset.close(), colleagues.close()]);
    });

    it('refuses who cannot come, and what nobody is there for', async () => {
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await expect(desk.carrier.telephony.consult(callId, colleague)).rejects.toMatchObject({ name: 'PartyUnreachable' });
      await expect(desk.carrier.telephony.consult(callId, number('12'))).rejects.toThrow(RangeError);
      await expect(desk.carrier.telephony.mergeParty(callId)).rejects.toMatchObject({ name: 'PartyMismatch' });
      await expect(desk.carrier.telephony.consult(999_999, colleague)).rejects.toMatchObject({ name: 'CallNotLive' });
      await expect(desk.carrier.telephony.transfer(999_999, colleague)).rejects.toMatchObject({ name: 'CallNotLive' });
      expect(desk.carrier.notebook.has(callId, 'held')).toBe(false);
    });

    it('keeps nothing of what is said while the recording rests, and keeps its length', async () => {
      const headset = await connected(repId);
      const callId = await answeredCall(desk.carrier.numbers.talks);
      await heardFor(headset, 0.8 + 2 * desk.carrier.clockGrainSeconds);
      const pauseAskedAt = Date.now();
      await desk.carrier.telephony.pauseRecording(callId);
      await until(callId, 'recordingPaused');
      await heardFor(headset, 0.8 + 2 * desk.carrier.clockGrainSeconds);
      const resumeAskedAt = Date.now();
      await desk.carrier.telephony.resumeRecording(callId);
      await until(callId, 'recordingResumed');
      await heardFor(headset, 0.5);
      await desk.carrier.telephony.hangup(callId);
      const { left, right, sampleRate, seconds } = await recordedSides(callId);
      await headset.close();

      const place = (instant: number): number => ((instant - desk.carrier.notebook.instant(callId, 'answered')) / 1000) * sampleRate;
      const margin = (0.2 + desk.carrier.clockGrainSeconds) * sampleRate;
      const [begin, end] = [place(desk.carrier.notebook.instant(callId, 'recordingPaused')) + margin, place(resumeAskedAt) - margin];
      expect(levelDecibels(left.subarray(begin, end))).toBeLessThan(-60);
      expect(levelDecibels(right.subarray(begin, end))).toBeLessThan(-60);
      expect(levelDecibels(left.subarray(0, place(pauseAskedAt)))).toBeGreaterThan(-40);
      expect(Math.abs(seconds - place(desk.carrier.notebook.instant(callId, 'ended')) / sampleRate)).toBeLessThan(
        0.1 + desk.carrier.clockGrainSeconds,
      );
    });
  });
}
