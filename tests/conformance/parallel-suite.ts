import { describe, expect, it } from 'vitest';
import { CallNotLive, LineInUse } from '../../server/app/ports/telephony.ts';
import { levelDecibels } from '../../server/core/audio/level.ts';
import { patience } from '../support/patience.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { carrierDesk, repId } from './carrier-desk.ts';

/** What every carrier adapter must do with several lines of one rep at once. */
export function parallelConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`parallel lines: ${name}`, () => {
    const desk = carrierDesk(create, 7000);
    const { until, dial, connected, recordedSides } = desk;
    const dialHeld = (to: string): Promise<number> => dial(to, { connect: 'held' });

    it('rings three at once, joins the first human answer to the rep, and cancels the others', async () => {
      const headset = await connected();
      const { noAnswer, talks } = desk.carrier.numbers;
      const [first, winner, third] = await Promise.all([dialHeld(noAnswer), dialHeld(talks), dialHeld(noAnswer)]);
      await Promise.all([until(first, 'ringing'), until(third, 'ringing'), until(winner, 'answered')]);
      await desk.carrier.telephony.connectToRep(winner, repId);
      await Promise.all([first, third].map((callId) => desk.carrier.telephony.hangup(callId)));
      await Promise.all([until(first, 'ended'), until(third, 'ended')]);
      for (const callId of [first, third]) {
        expect(desk.carrier.notebook.cause(callId)).toBe('canceled');
        expect(desk.carrier.notebook.has(callId, 'answered')).toBe(false);
        expect(desk.carrier.notebook.recordingOf(callId)).toBeUndefined();
      }

      headset.takeHeard();
      await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(1.5);
      expect(levelDecibels(headset.takeHeard())).toBeGreaterThan(-50);
      await desk.carrier.telephony.mute(winner);
      await until(winner, 'muted');
      await desk.carrier.telephony.unmute(winner);
      await desk.carrier.telephony.hangup(winner);
      await until(winner, 'ended');
      expect(desk.carrier.notebook.cause(winner)).toBe('completed');
      const sides = await recordedSides(winner);
      await headset.close();
      expect(toneSeconds(sides.left, repToneHertz, sides.sampleRate)).toBeGreaterThan(0.2);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
    });

    it('tells of a machine as of any call, and leaves the rep free for the next that answers', async () => {
      const machine = await dialHeld(desk.carrier.numbers.machine);
      await until(machine, 'answeredBy');
      await desk.carrier.telephony.hangup(machine);
      await until(machine, 'ended');
      expect(desk.carrier.notebook.cause(machine)).toBe('machine');
      const human = await dialHeld(desk.carrier.numbers.talks);
      await until(human, 'answered');
      await desk.carrier.telephony.connectToRep(human, repId);
      await desk.carrier.telephony.connectToRep(human, repId);
      expect(await desk.carrier.telephony.lookUp(human)).toEqual({ kind: 'live' });
    });

    it('joins nobody to a rep who is in a call, nor who has not answered, nor a call that is over', async () => {
      const held = await dialHeld(desk.carrier.numbers.silent);
      const ringing = await dialHeld(desk.carrier.numbers.noAnswer);
      await until(held, 'answered');
      await until(ringing, 'ringing');
      await expect(desk.carrier.telephony.connectToRep(ringing, repId)).rejects.toThrow(CallNotLive);
      await expect(desk.carrier.telephony.connectToRep(999_999, repId)).rejects.toThrow(CallNotLive);
      const second = await dialHeld(desk.carrier.numbers.silent);
      await until(second, 'answered');
      await desk.carrier.telephony.connectToRep(held, repId);
      await expect(desk.carrier.telephony.connectToRep(second, repId)).rejects.toThrow(LineInUse);
      await desk.carrier.telephony.connectToRep(second, repId + 1);
      await desk.carrier.telephony.hangup(held);
      await until(held, 'ended');
      await expect(desk.carrier.telephony.connectToRep(held, repId)).rejects.toThrow(CallNotLive);
    });

    it('tells who met nobody that we call again, once, and hangs up; who has not answered is only taken back', async () => {
      const [met, ringing] = await Promise.all([dialHeld(desk.carrier.numbers.silent), dialHeld(desk.carrier.numbers.noAnswer)]);
      await Promise.all([until(met, 'answered'), until(ringing, 'ringing')]);
      await Promise.all([met, ringing, met].map((callId) => desk.carrier.telephony.apologise(callId)));
      await Promise.all([until(met, 'ended'), until(ringing, 'ended')]);
      expect([met, ringing].map((callId) => desk.carrier.notebook.cause(callId))).toEqual(['completed', 'canceled']);
      const { left, right, sampleRate, seconds } = await recordedSides(met);
      const loudTenths = Array.from({ length: Math.floor(seconds * 10) }, (_, index) => levelDecibels(tenthOf(left, index, sampleRate)));
      expect(loudTenths.filter((decibels) => decibels > -40).length).toBeGreaterThan(2);
      expect(levelDecibels(right)).toBeLessThan(-60);
      expect(seconds).toBeLessThan(8);
    });
  });
}

const tenthOf = (sound: Int16Array, index: number, sampleRate: number): Int16Array =>
  sound.subarray((index * sampleRate) / 10, ((index + 1) * sampleRate) / 10);
