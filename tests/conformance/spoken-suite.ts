import { describe, expect, it } from 'vitest';
import { toneClip } from '../support/tone-clip.ts';
import { toneTenths } from '../support/tone-seconds.ts';
import type { TwoSides } from '../support/wav-file.ts';
import type { CarrierUnderTest } from './carrier-under-test.ts';
import { carrierDesk } from './carrier-desk.ts';

const clipHertz = 700;

/** What every carrier adapter must do with words that nobody speaks himself. */
export function spokenConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}, words of ours`, () => {
    const desk = carrierDesk(create, 3000);
    const { until, answeredCall, recordedSides } = desk;

    /** The purest tenth of a second at this frequency. */
    const purest = ({ left, sampleRate }: TwoSides, hertz: number): number => Math.max(0, ...toneTenths(left, hertz, sampleRate));

    it('leaves a message whole, though its rep is in his next call meanwhile', async () => {
      const clip = { id: 7, wav: toneClip(clipHertz, 1.5) };
      desk.carrier.serveClip(clip);
      const callId = await answeredCall(desk.carrier.numbers.silent);
      await desk.carrier.telephony.leaveMessage(callId, clip);
      await until(callId, 'ended');
      expect(desk.carrier.notebook.cause(callId)).toBe('machine');
      expect(desk.carrier.notebook.of(callId).map(({ body }) => body)).toContainEqual({ kind: 'messageLeft', clipId: clip.id });
      await expect(desk.carrier.telephony.leaveMessage(callId, clip)).rejects.toMatchObject({ name: 'CallNotLive' });
      const next = await answeredCall(desk.carrier.numbers.talks);
      const sides = await recordedSides(callId);
      expect(purest(sides, clipHertz)).toBeGreaterThan(0.8);
      expect(sides.seconds).toBeGreaterThan(1.4);
      expect(await desk.carrier.telephony.lookUp(callId)).toMatchObject({ kind: 'ended', cause: 'machine' });
      expect(desk.carrier.notebook.kinds(callId).filter((kind) => kind === 'ended')).toHaveLength(1);
      expect(await desk.carrier.telephony.lookUp(next)).toEqual({ kind: 'live' });
    });

    it('refuses what is no clip', async () => {
      const callId = await answeredCall(desk.carrier.numbers.silent);
      const stereo = toneClip(clipHertz, 1);
      stereo[22] = 2;
      await expect(desk.carrier.telephony.leaveMessage(callId, { id: 8, wav: stereo })).rejects.toMatchObject({ name: 'UnreadableWav' });
      expect(await desk.carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    });
  });
}
