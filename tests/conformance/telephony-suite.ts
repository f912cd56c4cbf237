import { describe, expect, it } from 'vitest';
import type { AnsweredBy, EndCause } from '../../server/core/calls/carrier-event.ts';
import { HeadsetCheckImpossible } from '../../server/app/ports/telephony.ts';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { patience } from '../support/patience.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { carrierDesk, repId } from './carrier-desk.ts';
import { repToneHertz, type CarrierUnderTest, type NumberBook } from './carrier-under-test.ts';

/** What every carrier adapter must do, whatever network is behind it. */
export function telephonyConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}`, () => {
    const desk = carrierDesk(create, 1000);
    const { until, request, dial, answeredCall, connected, heardFor, recordedSides } = desk;

    describe('ends, each with its cause', () => {
      const ends: [keyof NumberBook, EndCause][] = [
        ['busy', 'busy'],
        ['rejected', 'rejected'],
        ['invalid', 'invalidNumber'],
        ['providerError', 'providerError'],
        ['noAnswer', 'noAnswer'],
      ];
      it.each(ends)('%s', async (entry, cause) => {
        const to = desk.carrier.numbers[entry];
        if (to === null) throw new Error(`the number book has no ${entry}`);
        const wanted = request(to, { ringTimeoutSeconds: 5 });
        const outcome = await desk.carrier.telephony.dial(wanted);
        // A carrier may know at once; then no event follows.
        if (outcome.kind === 'refused') {
          expect(outcome.cause).toBe(cause);
          return;
        }
        await until(wanted.callId, 'ended');
        expect(desk.carrier.notebook.cause(wanted.callId)).toBe(cause);
        expect(desk.carrier.notebook.has(wanted.callId, 'answered')).toBe(false);
        expect(await desk.carrier.telephony.lookUp(wanted.callId)).toMatchObject({ kind: 'ended', cause });
        expect(desk.carrier.notebook.recordingOf(wanted.callId)).toBeUndefined();
      });
    });

    it('goes through dialing, ringing, answered, ended, and says the key of each event once', async () => {
      const callId = await answeredCall(desk.carrier.numbers.talks);
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      // A carrier promises no order of arrival: what it says of the instants is the order, and each is said once.
      const steps = ['dialing', 'ringing', 'answered', 'ended'] as const;
      await expect.poll(() => steps.every((kind) => desk.carrier.notebook.has(callId, kind)), patience).toBe(true);
      const states = desk.carrier.notebook.kinds(callId).filter((kind) => kind !== 'answeredBy');
      expect([...states].sort()).toEqual([...steps].sort());
      const instants = steps.map((kind) => desk.carrier.notebook.instant(callId, kind));
      expect(instants).toEqual([...instants].sort((one, other) => one - other));
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
      const keys = desk.carrier.notebook.of(callId).map((event) => event.eventKey);
      expect(new Set(keys).size).toBe(keys.length);
      expect(desk.carrier.notebook.of(callId).every((event) => event.carrierWord !== '')).toBe(true);
    });

    it.each<[keyof NumberBook, AnsweredBy]>([
      ['talks', 'human'],
      ['machine', 'machine'],
    ])('says who answered: %s', async (entry, by) => {
      const callId = await dial(desk.carrier.numbers[entry] ?? '');
      await until(callId, 'answeredBy');
      const told = desk.carrier.notebook.of(callId).find((event) => event.body.kind === 'answeredBy');
      expect(told?.body).toEqual({ kind: 'answeredBy', by });
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe(by === 'machine' ? 'machine' : 'completed');
    });

    it('cancels a call that rings', async () => {
      const callId = await dial(desk.carrier.numbers.noAnswer);
      await until(callId, 'ringing');
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('canceled');
      expect(desk.carrier.notebook.recordingOf(callId)).toBeUndefined();
    });

    it('hangs up once however often it is asked, also for calls that it never heard of', async () => {
      const callId = await answeredCall(desk.carrier.numbers.talks);
      await Promise.all([1, 2, 3].map(() => desk.carrier.telephony.hangup(callId)));
      await until(callId, 'ended');
      await desk.carrier.telephony.hangup(callId);
      await desk.carrier.telephony.hangup(999_999);
      expect(desk.carrier.notebook.kinds(callId).filter((kind) => kind === 'ended')).toHaveLength(1);
    });

    it('refuses a second dial of a rep who has a live call', async () => {
      const callId = await dial(desk.carrier.numbers.noAnswer);
      const second = request(desk.carrier.numbers.talks);
      expect(await desk.carrier.telephony.dial(second)).toMatchObject({ kind: 'refused' });
      expect(await desk.carrier.telephony.lookUp(second.callId)).toEqual({ kind: 'unheardOf' });
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    });

    it('refuses commands for a call that is not live', async () => {
      await expect(desk.carrier.telephony.hold(999_999)).rejects.toThrow();
      await expect(desk.carrier.telephony.sendDigits(999_999, '1')).rejects.toThrow();
      expect(await desk.carrier.telephony.lookUp(999_999)).toEqual({ kind: 'unheardOf' });
    });

    it('tells of hold, mute, digits and transfer as events', async () => {
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.hold(callId);
      await until(callId, 'held');
      await desk.carrier.telephony.unhold(callId);
      await until(callId, 'unheld');
      await desk.carrier.telephony.mute(callId);
      await until(callId, 'muted');
      await desk.carrier.telephony.unmute(callId);
      await until(callId, 'unmuted');
      await desk.carrier.telephony.sendDigits(callId, '1w#');
      await until(callId, 'digits');
      await desk.carrier.telephony.transfer(callId, { kind: 'number', e164: desk.carrier.numbers.talks });
      await until(callId, 'ended');
      const bodies = desk.carrier.notebook.of(callId).map((event) => event.body);
      expect(bodies).toContainEqual({ kind: 'digits', digits: '1w#' });
      expect(bodies).toContainEqual({ kind: 'transferred', to: desk.carrier.numbers.talks });
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
    });

    it('keeps a word that no table knows as an explicit unknown', async () => {
      const to = desk.carrier.numbers.strangeWord;
      if (to === null) return;
      const callId = await dial(to);
      await until(callId, 'unknown');
      const strange = desk.carrier.notebook.of(callId).find((event) => event.body.kind === 'unknown');
      expect(strange?.carrierWord).not.toBe('');
    });

    it('carries sound both ways and records the rep on the left, the prospect on the right', async () => {
      const headset = await connected();
      const callId = await answeredCall(desk.carrier.numbers.talks);
      const heard = await heardFor(headset, 1.5);
      expect(levelDecibels(heard)).toBeGreaterThan(-50);
      expect(toneShare(heard, repToneHertz, 8000)).toBeLessThan(0.2);
      await desk.carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      const sides = await recordedSides(callId);
      await headset.close();

      const talkSeconds = (desk.carrier.notebook.instant(callId, 'ended') - desk.carrier.notebook.instant(callId, 'answered')) / 1000;
      expect(Math.abs(sides.seconds - talkSeconds)).toBeLessThan(0.05 + desk.carrier.clockGrainSeconds);
      expect(Math.abs(sides.durationSeconds - sides.seconds)).toBeLessThan(0.05);
      expect(toneSeconds(sides.left, repToneHertz, sides.sampleRate)).toBeGreaterThan(0.2);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
      expect(toneShare(sides.right, repToneHertz, sides.sampleRate)).toBeLessThan(0.2);
    });

    it('keeps the rep from the prospect while muted, and the prospect from the rep while held', async () => {
      const headset = await connected();
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await heardFor(headset, 1 + 4 * desk.carrier.clockGrainSeconds);
      const muteAskedAt = Date.now();
      await desk.carrier.telephony.mute(callId);
      await until(callId, 'muted');
      await heardFor(headset, 1 + 4 * desk.carrier.clockGrainSeconds);
      const unmuteAskedAt = Date.now();
      await desk.carrier.telephony.unmute(callId);
      await until(callId, 'unmuted');
      await desk.carrier.telephony.hold(callId);
      await until(callId, 'held');
      await heardFor(headset, 0.3);
      expect(levelDecibels(await heardFor(headset, 0.7))).toBeLessThan(-60);
      await desk.carrier.telephony.hangup(callId);
      const { left, sampleRate } = await recordedSides(callId);
      await headset.close();

      const place = (instant: number): number => ((instant - desk.carrier.notebook.instant(callId, 'answered')) / 1000) * sampleRate;
      const margin = (0.2 + desk.carrier.clockGrainSeconds) * sampleRate;
      const muted = left.subarray(place(desk.carrier.notebook.instant(callId, 'muted')) + margin, place(unmuteAskedAt) - margin);
      expect(muted.length).toBeGreaterThan(0);
      expect(levelDecibels(muted)).toBeLessThan(-60);
      expect(toneSeconds(left.subarray(0, place(muteAskedAt) + margin), repToneHertz, sampleRate)).toBeGreaterThan(0.2);
    });

    it('says when a headset is gone and keeps the call', async () => {
      const headset = await connected();
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await heardFor(headset, 0.3);
      await headset.close();
      await expect.poll(() => desk.carrier.notebook.lines.at(-1)?.state, patience).toBe('interrupted');
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      const back = await connected();
      await heardFor(back, 0.2);
      await back.close();
    });

    it('plays the headset check, but not into a call, or leaves it to the browser', async () => {
      if (desk.carrier.headsetCheck === 'inBrowser') {
        for (const what of ['tone', 'echo', 'stop'] as const)
          await expect(desk.carrier.telephony.playHeadsetCheck(repId, what)).rejects.toThrow(HeadsetCheckImpossible);
        return;
      }
      await expect(desk.carrier.telephony.playHeadsetCheck(repId, 'tone')).rejects.toThrow();
      const headset = await desk.carrier.connectHeadset(repId);
      headset.speak();
      await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(0.1);
      await desk.carrier.telephony.playHeadsetCheck(repId, 'tone');
      expect(levelDecibels(await heardFor(headset, 0.6))).toBeGreaterThan(-40);
      await desk.carrier.telephony.playHeadsetCheck(repId, 'echo');
      await heardFor(headset, 1.3);
      expect(toneShare(await heardFor(headset, 0.5), repToneHertz, 8000)).toBeGreaterThan(0.8);
      await desk.carrier.telephony.playHeadsetCheck(repId, 'stop');
      await answeredCall(desk.carrier.numbers.silent);
      await expect(desk.carrier.telephony.playHeadsetCheck(repId, 'tone')).rejects.toThrow();
      await headset.close();
    });

    it('is healthy while it runs and takes nothing once stopped', async () => {
      expect(await desk.carrier.telephony.health()).toMatchObject({ ok: true });
      const callId = await answeredCall(desk.carrier.numbers.talks);
      await desk.carrier.telephony.stop({ endCalls: true, graceSeconds: 0 });
      expect(desk.carrier.notebook.cause(callId)).toBe('completed');
      expect(await desk.carrier.telephony.dial(request(desk.carrier.numbers.talks))).toMatchObject({ kind: 'refused' });
      expect(await desk.carrier.telephony.health()).toMatchObject({ ok: false });
    });
  });
}
