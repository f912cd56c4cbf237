import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../server/app/ports/telephony.ts';
import { levelDecibels } from '../../server/core/audio/level.ts';
import { foldCall } from '../../server/core/calls/fold-call.ts';
import { toneClip } from '../support/tone-clip.ts';
import { toneSeconds, toneTenths } from '../support/tone-seconds.ts';
import { carrierDesk, repId } from './carrier-desk.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';

const clipHertz = 2600;
const clipSeconds = 0.6;

/** What every carrier adapter must do where a prospect is to hear that he is recorded before he is. */
export function announcedConformance(
  name: string,
  create: () => Promise<CarrierUnderTest>,
  createReachable: () => Promise<CarrierUnderTest> = create,
): void {
  const clip = (carrier: CarrierUnderTest): Announcement => {
    const announcement = { id: 9, wav: toneClip(clipHertz, clipSeconds) };
    carrier.serveClip(announcement);
    return announcement;
  };
  const stateOf = (carrier: CarrierUnderTest, callId: number) => foldCall(carrier.notebook.of(callId), new Date(0)).announcement;

  describe(`telephony: ${name}, recordings that are announced`, () => {
    const desk = carrierDesk(create, 11_000);
    const { until, dial, connected, heardFor, recordedSides } = desk;

    it('begin when the prospect has heard it whole; until then the call can only be muted or hung up', async () => {
      const { telephony, notebook, numbers, clockGrainSeconds } = desk.carrier;
      const headset = await connected();
      const callId = await dial(numbers.talks, { announcement: clip(desk.carrier) });
      await until(callId, 'announcementStarted');
      for (const command of ['hold', 'pauseRecording', 'resumeRecording'] as const)
        await expect(telephony[command](callId)).rejects.toMatchObject({ name: 'AnnouncementPlays' });
      await until(callId, 'announcementEnded');
      await heardFor(headset, 0.7);
      await telephony.pauseRecording(callId);
      await telephony.resumeRecording(callId);
      await telephony.hangup(callId);
      await until(callId, 'ended');
      const sides = await recordedSides(callId);
      await headset.close();
      const [answered, started, ended, over] = (['answered', 'announcementStarted', 'announcementEnded', 'ended'] as const).map((kind) =>
        notebook.instant(callId, kind),
      );
      expect(started).toBeGreaterThanOrEqual((answered ?? 0) - clockGrainSeconds * 1000);
      expect((ended ?? 0) - (started ?? 0)).toBeGreaterThan((clipSeconds - clockGrainSeconds) * 1000 - 50);
      expect(Math.abs(sides.seconds - ((over ?? 0) - (ended ?? 0)) / 1000)).toBeLessThan(0.15 + clockGrainSeconds);
      for (const side of [sides.left, sides.right]) expect(Math.max(0, ...toneTenths(side, clipHertz, sides.sampleRate))).toBeLessThan(0.5);
      expect(toneSeconds(sides.left, repToneHertz, sides.sampleRate)).toBeGreaterThan(0.2);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
    });

    it('leave nothing of who hangs up before', async () => {
      const { telephony, notebook, numbers } = desk.carrier;
      const callId = await dial(numbers.silent, { announcement: 'ownWords' });
      await until(callId, 'announcementStarted');
      expect(stateOf(desk.carrier, callId)).toBe('playing');
      await telephony.mute(callId);
      await telephony.hangup(callId);
      await until(callId, 'ended');
      expect(notebook.cause(callId)).toBe('completed');
      expect(notebook.has(callId, 'announcementEnded')).toBe(false);
      expect(stateOf(desk.carrier, callId)).toBe('cutShort');
      await telephony.stop({ endCalls: true, graceSeconds: 0 });
      expect(notebook.recordingOf(callId)).toBeUndefined();
    });

    it('are announced to a held line when it is joined', async () => {
      const { telephony, notebook, numbers } = desk.carrier;
      const headset = await connected();
      const callId = await dial(numbers.silent, { announcement: clip(desk.carrier), connect: 'held' });
      await until(callId, 'answered');
      await telephony.connectToRep(callId, repId);
      await until(callId, 'announcementEnded');
      expect(notebook.kinds(callId).indexOf('announcementStarted')).toBeGreaterThan(notebook.kinds(callId).indexOf('answered'));
      await heardFor(headset, 0.3);
      await telephony.hold(callId);
      await telephony.hangup(callId);
      await recordedSides(callId);
      await headset.close();
    });
  });

  describe(`telephony: ${name}, recordings that are announced to who calls us`, () => {
    const desk = carrierDesk(createReachable, 11_500);
    const { until, connected, heardFor, recordedSides } = desk;

    it('begin when he has heard it', async () => {
      const { telephony, numbers, letCall } = desk.carrier;
      const headset = await connected();
      const callId = (await letCall?.(numbers.talks)) ?? 0;
      await telephony.answer(callId, repId, clip(desk.carrier));
      await until(callId, 'announcementStarted');
      await expect(telephony.hold(callId)).rejects.toMatchObject({ name: 'AnnouncementPlays' });
      await until(callId, 'announcementEnded');
      expect(stateOf(desk.carrier, callId)).toBe('played');
      await heardFor(headset, 0.3);
      await telephony.hangup(callId);
      await until(callId, 'ended');
      const sides = await recordedSides(callId);
      await headset.close();
      for (const side of [sides.left, sides.right]) expect(Math.max(0, ...toneTenths(side, clipHertz, sides.sampleRate))).toBeLessThan(0.5);
    });
  });
}
