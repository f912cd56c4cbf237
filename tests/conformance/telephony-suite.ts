import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnsweredBy, EndCause } from '../../server/core/calls/carrier-event.ts';
import { HeadsetCheckImpossible, type DialRequest, type Telephony } from '../../server/app/ports/telephony.ts';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import type { CarrierNotebook } from '../support/carrier-listener.ts';
import { readStereo } from '../support/wav-file.ts';

/** Which number of the carrier under test brings what; E.164. */
export interface NumberBook {
  /** Answers and talks, and stays for ten seconds at least when the rep goes on talking. */
  talks: string;
  /** Answers and stays silent for ten seconds at least. */
  silent: string;
  machine: string;
  busy: string;
  noAnswer: string;
  rejected: string;
  invalid: string;
  providerError: string;
  /** Says something in mid-call that no table knows; null for a carrier that cannot be made to. */
  strangeWord: string | null;
}

/** The rep's end of the line, as the carrier under test wants it. */
export interface RepHeadset {
  /** Begins to send a steady tone of `repToneHertz`. */
  speak(): void;
  fallSilent(): void;
  /** Samples at 8 kHz that came since the last time this was asked. */
  takeHeard(): Int16Array;
  readonly heardSeconds: number;
  close(): Promise<void>;
}

export interface CarrierUnderTest {
  telephony: Telephony;
  /** Already given to `telephony.start`. */
  notebook: CarrierNotebook;
  numbers: NumberBook;
  connectHeadset(repId: number): Promise<RepHeadset>;
  /**
   * Lets a call from this number (null hides it) reach us; the caller waits ten seconds at least. Resolves with our id of it. Null for an
   * adapter that no such call can be made to.
   */
  letCall: ((from: string | null) => Promise<number>) | null;
  /**
   * `carried`: sound really goes through the adapter in this test. `computed`: it goes past us in life too, and the test
   * carrier computes what its network would have heard and recorded; what is tested of it is who is joined to whom, and the files.
   */
  media: 'carried' | 'computed';
  /** Who plays the headset check: the adapter, or the browser by itself. */
  headsetCheck: 'here' | 'inBrowser';
  /** How coarse the carrier's clock is. */
  clockGrainSeconds: number;
  /** How long this carrier may take for one step: an answer, an end, a recording. */
  patienceMilliseconds: number;
  close(): Promise<void>;
}

export const repToneHertz = 1000;

/** What every carrier adapter must do, whatever network is behind it. */
export function telephonyConformance(name: string, create: () => Promise<CarrierUnderTest>): void {
  describe(`telephony: ${name}`, () => {
    let carrier: CarrierUnderTest;
    let lastCallId = 1000;
    const repId = 1;

    beforeEach(async () => {
      carrier = await create();
    });
    afterEach(async () => {
      await carrier.close();
    });

    const request = (to: string, more: Partial<DialRequest> = {}): DialRequest => {
      lastCallId += 1;
      return { callId: lastCallId, repId, to, from: null, ringTimeoutSeconds: 15, record: true, ...more };
    };
    const patiently = () => ({ timeout: carrier.patienceMilliseconds, interval: 20 });
    const until = async (callId: number, kind: Parameters<CarrierNotebook['has']>[1]): Promise<void> => {
      await expect.poll(() => carrier.notebook.kinds(callId), patiently()).toContain(kind);
    };
    const dial = async (to: string, more: Partial<DialRequest> = {}): Promise<number> => {
      const wanted = request(to, more);
      expect(await carrier.telephony.dial(wanted)).toMatchObject({ kind: 'accepted' });
      return wanted.callId;
    };
    const answeredCall = async (to: string): Promise<number> => {
      const callId = await dial(to);
      await until(callId, 'answered');
      return callId;
    };
    const heardFor = async (headset: RepHeadset, seconds: number): Promise<Int16Array> => {
      headset.takeHeard();
      await expect.poll(() => headset.heardSeconds, patiently()).toBeGreaterThan(seconds);
      return headset.takeHeard();
    };

    describe('ends, each with its cause', () => {
      const ends: [keyof NumberBook, EndCause][] = [
        ['busy', 'busy'],
        ['rejected', 'rejected'],
        ['invalid', 'invalidNumber'],
        ['providerError', 'providerError'],
        ['noAnswer', 'noAnswer'],
      ];
      it.each(ends)('%s', async (entry, cause) => {
        const to = carrier.numbers[entry];
        if (to === null) throw new Error(`the number book has no ${entry}`);
        const wanted = request(to, { ringTimeoutSeconds: 5 });
        const outcome = await carrier.telephony.dial(wanted);
        // A carrier may know at once; then no event follows.
        if (outcome.kind === 'refused') {
          expect(outcome.cause).toBe(cause);
          return;
        }
        await until(wanted.callId, 'ended');
        expect(carrier.notebook.cause(wanted.callId)).toBe(cause);
        expect(carrier.notebook.has(wanted.callId, 'answered')).toBe(false);
        expect(await carrier.telephony.lookUp(wanted.callId)).toMatchObject({ kind: 'ended', cause });
        expect(carrier.notebook.recordingOf(wanted.callId)).toBeUndefined();
      });
    });

    it('goes through dialing, ringing, answered, ended, and says the key of each event once', async () => {
      const callId = await answeredCall(carrier.numbers.talks);
      expect(await carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      await carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      const states = carrier.notebook.kinds(callId).filter((kind) => kind !== 'answeredBy');
      expect(states).toEqual(['dialing', 'ringing', 'answered', 'ended']);
      expect(carrier.notebook.cause(callId)).toBe('completed');
      const keys = carrier.notebook.of(callId).map((event) => event.eventKey);
      expect(new Set(keys).size).toBe(keys.length);
      expect(carrier.notebook.of(callId).every((event) => event.carrierWord !== '')).toBe(true);
    });

    it.each<[keyof NumberBook, AnsweredBy]>([
      ['talks', 'human'],
      ['machine', 'machine'],
    ])('says who answered: %s', async (entry, by) => {
      const callId = await dial(carrier.numbers[entry] ?? '');
      await until(callId, 'answeredBy');
      const told = carrier.notebook.of(callId).find((event) => event.body.kind === 'answeredBy');
      expect(told?.body).toEqual({ kind: 'answeredBy', by });
      await carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(carrier.notebook.cause(callId)).toBe(by === 'machine' ? 'machine' : 'completed');
    });

    it('cancels a call that rings', async () => {
      const callId = await dial(carrier.numbers.noAnswer);
      await until(callId, 'ringing');
      await carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      expect(carrier.notebook.cause(callId)).toBe('canceled');
      expect(carrier.notebook.recordingOf(callId)).toBeUndefined();
    });

    it('hangs up once however often it is asked, also for calls that it never heard of', async () => {
      const callId = await answeredCall(carrier.numbers.talks);
      await Promise.all([1, 2, 3].map(() => carrier.telephony.hangup(callId)));
      await until(callId, 'ended');
      await carrier.telephony.hangup(callId);
      await carrier.telephony.hangup(999_999);
      expect(carrier.notebook.kinds(callId).filter((kind) => kind === 'ended')).toHaveLength(1);
    });

    it('refuses a second dial of a rep who has a live call', async () => {
      const callId = await dial(carrier.numbers.noAnswer);
      const second = request(carrier.numbers.talks);
      expect(await carrier.telephony.dial(second)).toMatchObject({ kind: 'refused' });
      expect(await carrier.telephony.lookUp(second.callId)).toEqual({ kind: 'unheardOf' });
      expect(await carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    });

    it('refuses commands for a call that is not live', async () => {
      await expect(carrier.telephony.hold(999_999)).rejects.toThrow();
      await expect(carrier.telephony.sendDigits(999_999, '1')).rejects.toThrow();
      expect(await carrier.telephony.lookUp(999_999)).toEqual({ kind: 'unheardOf' });
    });

    it('tells of hold, mute, digits and transfer as events', async () => {
      const callId = await answeredCall(carrier.numbers.silent);
      await carrier.telephony.hold(callId);
      await until(callId, 'held');
      await carrier.telephony.unhold(callId);
      await until(callId, 'unheld');
      await carrier.telephony.mute(callId);
      await until(callId, 'muted');
      await carrier.telephony.unmute(callId);
      await until(callId, 'unmuted');
      await carrier.telephony.sendDigits(callId, '1w#');
      await until(callId, 'digits');
      await carrier.telephony.transfer(callId, carrier.numbers.talks);
      await until(callId, 'ended');
      const bodies = carrier.notebook.of(callId).map((event) => event.body);
      expect(bodies).toContainEqual({ kind: 'digits', digits: '1w#' });
      expect(bodies).toContainEqual({ kind: 'transferred', to: carrier.numbers.talks });
      expect(carrier.notebook.cause(callId)).toBe('completed');
    });

    it('keeps a word that no table knows as an explicit unknown', async () => {
      const to = carrier.numbers.strangeWord;
      if (to === null) return;
      const callId = await dial(to);
      await until(callId, 'unknown');
      const strange = carrier.notebook.of(callId).find((event) => event.body.kind === 'unknown');
      expect(strange?.carrierWord).not.toBe('');
    });

    it('carries sound both ways and records the rep on the left, the prospect on the right', async () => {
      const headset = await carrier.connectHeadset(repId);
      headset.speak();
      await expect.poll(() => carrier.notebook.lines.filter((line) => line.repId === repId).at(-1)?.state, patiently()).toBe('connected');
      const callId = await answeredCall(carrier.numbers.talks);
      const heard = await heardFor(headset, 1.5);
      expect(levelDecibels(heard)).toBeGreaterThan(-50);
      expect(toneShare(heard, repToneHertz, 8000)).toBeLessThan(0.2);
      await carrier.telephony.hangup(callId);
      await until(callId, 'ended');
      await expect.poll(() => carrier.notebook.recordingOf(callId), patiently()).toMatchObject({ kind: 'ready' });
      await headset.close();

      const recording = carrier.notebook.recordingOf(callId);
      if (recording?.kind !== 'ready') throw new Error('the recording is missing');
      expect(recording.partial).toBe(false);
      const sides = await readStereo(recording.filePath);
      const talkSeconds = (carrier.notebook.instant(callId, 'ended') - carrier.notebook.instant(callId, 'answered')) / 1000;
      expect(Math.abs(sides.seconds - talkSeconds)).toBeLessThan(0.05 + carrier.clockGrainSeconds);
      expect(Math.abs(recording.durationSeconds - sides.seconds)).toBeLessThan(0.05);
      const middle = sides.left.subarray(4000, 12_000);
      expect(toneShare(middle, repToneHertz, sides.sampleRate)).toBeGreaterThan(0.8);
      expect(levelDecibels(sides.right)).toBeGreaterThan(-50);
      expect(toneShare(sides.right, repToneHertz, sides.sampleRate)).toBeLessThan(0.2);
    });

    it('keeps the rep from the prospect while muted, and the prospect from the rep while held', async () => {
      const headset = await carrier.connectHeadset(repId);
      headset.speak();
      const callId = await answeredCall(carrier.numbers.silent);
      await heardFor(headset, 0.5 + 4 * carrier.clockGrainSeconds);
      await carrier.telephony.mute(callId);
      await until(callId, 'muted');
      await heardFor(headset, 1 + 4 * carrier.clockGrainSeconds);
      await carrier.telephony.unmute(callId);
      await until(callId, 'unmuted');
      await carrier.telephony.hold(callId);
      await until(callId, 'held');
      await heardFor(headset, 0.3);
      expect(levelDecibels(await heardFor(headset, 0.7))).toBeLessThan(-60);
      await carrier.telephony.hangup(callId);
      await expect.poll(() => carrier.notebook.recordingOf(callId), patiently()).toMatchObject({ kind: 'ready' });
      await headset.close();

      const recording = carrier.notebook.recordingOf(callId);
      if (recording?.kind !== 'ready') throw new Error('the recording is missing');
      const { left, sampleRate } = await readStereo(recording.filePath);
      const from = (kind: 'muted' | 'unmuted'): number =>
        ((carrier.notebook.instant(callId, kind) - carrier.notebook.instant(callId, 'answered')) / 1000) * sampleRate;
      const margin = (0.2 + carrier.clockGrainSeconds) * sampleRate;
      const muted = left.subarray(from('muted') + margin, from('unmuted') - margin);
      expect(levelDecibels(muted)).toBeLessThan(-60);
      expect(toneShare(left.subarray(margin, from('muted') - margin), repToneHertz, sampleRate)).toBeGreaterThan(0.8);
    });

    it('says when a headset is gone and keeps the call', async () => {
      const headset = await carrier.connectHeadset(repId);
      headset.speak();
      const callId = await answeredCall(carrier.numbers.silent);
      await heardFor(headset, 0.3);
      await headset.close();
      await expect.poll(() => carrier.notebook.lines.at(-1)?.state, patiently()).toBe('interrupted');
      expect(await carrier.telephony.lookUp(callId)).toEqual({ kind: 'live' });
      const back = await carrier.connectHeadset(repId);
      back.speak();
      await expect.poll(() => carrier.notebook.lines.at(-1)?.state, patiently()).toBe('connected');
      await heardFor(back, 0.2);
      await back.close();
    });

    it('plays the headset check, but not into a call, or leaves it to the browser', async () => {
      if (carrier.headsetCheck === 'inBrowser') {
        for (const what of ['tone', 'echo', 'stop'] as const)
          await expect(carrier.telephony.playHeadsetCheck(repId, what)).rejects.toThrow(HeadsetCheckImpossible);
        return;
      }
      await expect(carrier.telephony.playHeadsetCheck(repId, 'tone')).rejects.toThrow();
      const headset = await carrier.connectHeadset(repId);
      headset.speak();
      await expect.poll(() => headset.heardSeconds, patiently()).toBeGreaterThan(0.1);
      await carrier.telephony.playHeadsetCheck(repId, 'tone');
      expect(levelDecibels(await heardFor(headset, 0.6))).toBeGreaterThan(-40);
      await carrier.telephony.playHeadsetCheck(repId, 'echo');
      await heardFor(headset, 1.3);
      expect(toneShare(await heardFor(headset, 0.5), repToneHertz, 8000)).toBeGreaterThan(0.8);
      await carrier.telephony.playHeadsetCheck(repId, 'stop');
      await answeredCall(carrier.numbers.silent);
      await expect(carrier.telephony.playHeadsetCheck(repId, 'tone')).rejects.toThrow();
      await headset.close();
    });

    it('is healthy while it runs and takes nothing once stopped', async () => {
      expect(await carrier.telephony.health()).toMatchObject({ ok: true });
      const callId = await answeredCall(carrier.numbers.talks);
      await carrier.telephony.stop({ endCalls: true, graceSeconds: 0 });
      expect(carrier.notebook.cause(callId)).toBe('completed');
      expect(await carrier.telephony.dial(request(carrier.numbers.talks))).toMatchObject({ kind: 'refused' });
      expect(await carrier.telephony.health()).toMatchObject({ ok: false });
    });
  });
}
