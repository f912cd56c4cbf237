import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadClipLibrary } from '../../server/adapters/telephony/sandbox/clip-library.ts';
import { renderDemoConversation } from '../../server/adapters/telephony/sandbox/demo-conversation.ts';
import type { CarrierFaults } from '../../server/adapters/telephony/sandbox/faults.ts';
import { lookUpNumber } from '../../server/adapters/telephony/sandbox/number-book.ts';
import { SandboxTelephony } from '../../server/adapters/telephony/sandbox/sandbox-telephony.ts';
import { CallNotLive, HeadsetCheckImpossible } from '../../server/app/ports/telephony.ts';
import type { Log } from '../../server/app/ports/log.ts';
import { levelDecibels, silenceDecibels, toneShare } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { ManualScheduler } from '../support/manual-scheduler.ts';
import { readStereo, splitStereo } from '../support/wav-file.ts';

const audioFolder = 'server/adapters/telephony/sandbox/audio';
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const request = (callId: number, to: string, repId = 1) => ({
  callId,
  repId,
  to,
  from: null,
  ringTimeoutSeconds: 25,
  record: true,
});

let dataFolder: string;
let time: ManualScheduler;
let notebook: CarrierNotebook;
let telephony: SandboxTelephony;

async function start(faults: CarrierFaults = {}): Promise<void> {
  telephony = new SandboxTelephony({ dataFolder, audioFolder, log: quiet, scheduler: time, faults });
  await telephony.start(notebook);
}

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'tel-sandbox-'));
  time = new ManualScheduler();
  notebook = new CarrierNotebook();
  await start();
});

afterEach(async () => {
  await telephony.stop({ endCalls: true, graceSeconds: 0 });
  await rm(dataFolder, { recursive: true, force: true });
});

/** Lets the call run to its end; file work takes real time, so the recording is waited for. */
async function runToEnd(callId: number): Promise<void> {
  await time.advance(120_000);
  expect(notebook.has(callId, 'ended')).toBe(true);
}

describe('fixed numbers', () => {
  it.each([
    ['+79000000486', 'busy', ['dialing', 'ended']],
    ['+79000000480', 'noAnswer', ['dialing', 'ringing', 'ended']],
    ['+79000000481', 'noAnswer', ['dialing', 'ended']],
    ['+79000000603', 'rejected', ['dialing', 'ringing', 'ended']],
    ['+79000000404', 'invalidNumber', ['dialing', 'ended']],
    ['+79000000503', 'providerError', ['dialing', 'ended']],
    ['+79000000300', 'machine', ['dialing', 'ringing', 'answered', 'answeredBy', 'ended']],
    ['+79000000400', 'completed', ['dialing', 'ringing', 'answered', 'answeredBy', 'ended']],
    ['+79000000500', 'completed', ['dialing', 'ringing', 'answered', 'answeredBy', 'ended']],
    ['+79000000001', 'completed', ['dialing', 'ringing', 'answered', 'answeredBy', 'ended']],
  ])('%s ends with %s', async (to, cause, kinds) => {
    expect(await telephony.dial(request(1, to))).toMatchObject({ kind: 'accepted' });
    await runToEnd(1);
    expect(notebook.kinds(1)).toEqual(kinds);
    expect(notebook.cause(1)).toBe(cause);
    expect(await telephony.lookUp(1)).toMatchObject({ kind: 'ended', cause });
  });

  it('rings as long as was asked for and no longer', async () => {
    await telephony.dial(request(1, '+79000000480'));
    await runToEnd(1);
    expect(notebook.instant(1, 'ended') - notebook.instant(1, 'dialing')).toBe(25_000);
  });

  it('keeps a word that nobody knows', async () => {
    await telephony.dial(request(1, '+79000000999'));
    await runToEnd(1);
    const strange = notebook.of(1).find((event) => event.body.kind === 'unknown');
    expect(strange?.carrierWord).toBe('session-parked');
    expect(notebook.cause(1)).toBe('unknown');
  });

  it('refuses before dialing what cannot be dialled', async () => {
    expect(await telephony.dial(request(1, '12'))).toMatchObject({ kind: 'refused', cause: 'invalidNumber' });
    expect(await telephony.dial(request(2, '+79000000504'))).toMatchObject({ kind: 'refused', cause: 'providerError' });
    expect(notebook.events).toEqual([]);
    expect(await telephony.lookUp(1)).toEqual({ kind: 'unheardOf' });
  });

  it('goes on in a menu when the digit is sent', async () => {
    await telephony.dial(request(1, '+79000000201'));
    await time.advance(12_000);
    await telephony.sendDigits(1, '1');
    await runToEnd(1);
    await telephony.dial(request(2, '+79000000201'));
    await runToEnd(2);
    const length = (callId: number) => notebook.instant(callId, 'ended') - notebook.instant(callId, 'answered');
    expect(length(1)).toBeGreaterThan(length(2));
  });
});

describe('chance', () => {
  it('is the same for the same seed, number and try, and differs between tries', () => {
    const fate = (tryCount: number) => lookUpNumber(7, '+74951234567', tryCount).plan;
    expect(fate(1)).toEqual(fate(1));
    const kinds = new Set(Array.from({ length: 40 }, (_, index) => JSON.stringify(fate(index))));
    expect(kinds.size).toBeGreaterThan(5);
  });

  it('connects with a person in about half of cold calls', () => {
    const dials = Array.from({ length: 2000 }, (_, index) => lookUpNumber(7, `+7495${1_000_000 + index * 37}`, 1).plan);
    const people = dials.filter((plan) => plan.kind === 'answered' && plan.by === 'human').length / dials.length;
    expect(people).toBeGreaterThan(0.4);
    expect(people).toBeLessThan(0.6);
  });
});

describe('recording', () => {
  it('is as long as the talk, holds the prospect on the right and nothing on the left without a headset', async () => {
    await telephony.dial(request(1, '+79000000001'));
    await runToEnd(1);
    await expect.poll(() => notebook.recordingOf(1)).toBeDefined();
    const recording = notebook.recordingOf(1);
    if (recording?.kind !== 'ready') throw new Error('no recording');
    const sides = await readStereo(recording.filePath);
    const talkSeconds = (notebook.instant(1, 'ended') - notebook.instant(1, 'answered')) / 1000;
    expect(Math.abs(sides.seconds - talkSeconds)).toBeLessThan(0.05);
    expect(recording).toMatchObject({ partial: false, durationSeconds: sides.seconds });
    expect(levelDecibels(sides.right)).toBeGreaterThan(-40);
    expect(levelDecibels(sides.left)).toBe(silenceDecibels);
  });

  it('is not there when nobody answered or none was asked for', async () => {
    await telephony.dial(request(1, '+79000000480'));
    await runToEnd(1);
    await telephony.dial({ ...request(2, '+79000000001'), record: false });
    await runToEnd(2);
    await telephony.stop({ endCalls: true, graceSeconds: 0 });
    expect(notebook.recordings).toEqual([]);
  });

  it('holds what went to the prospect: keypad tones, music on hold, silence when muted', async () => {
    await telephony.dial(request(1, '+79000000400'));
    await time.advance(6000);
    await telephony.sendDigits(1, '5');
    await time.advance(1000);
    await telephony.hold(1);
    await time.advance(2000);
    await telephony.unhold(1);
    await telephony.mute(1);
    await time.advance(500);
    await telephony.unmute(1);
    await telephony.hangup(1);
    await telephony.hangup(1);
    await time.advance(1000);
    await expect.poll(() => notebook.recordingOf(1)).toBeDefined();
    expect(notebook.kinds(1).filter((kind) => kind === 'ended')).toHaveLength(1);
    expect(notebook.kinds(1)).toEqual(expect.arrayContaining(['digits', 'held', 'unheld', 'muted', 'unmuted']));
    const recording = notebook.recordingOf(1);
    if (recording?.kind !== 'ready') throw new Error('no recording');
    const { left } = await readStereo(recording.filePath);
    const digitAt = Math.round(((6000 - (notebook.instant(1, 'answered') - notebook.instant(1, 'dialing'))) / 1000) * 8000);
    const digit = left.subarray(digitAt + 160, digitAt + 640);
    expect(toneShare(digit, 770, 8000) + toneShare(digit, 1336, 8000)).toBeGreaterThan(0.9);
    const music = left.subarray(digitAt + 8000 + 160, digitAt + 8000 + 2400);
    expect(toneShare(music, 523, 8000)).toBeGreaterThan(0.9);
  });

  it.each([
    ['+79000000701', { kind: 'missing' }],
    ['+79000000702', { kind: 'ready', partial: true, durationSeconds: 2 }],
  ])('%s: %o', async (to, expected) => {
    await telephony.dial(request(1, to));
    await runToEnd(1);
    await expect.poll(() => notebook.recordingOf(1)).toMatchObject(expected);
  });

  it('of a crashed process is offered as partial at the next start, and lookUp tells the end', async () => {
    const crashed = join(dataFolder, 'sandbox', 'call-77.growing');
    await writeFile(crashed, Buffer.alloc(44 + 32_000 + 3));
    await start();
    expect(notebook.recordingOf(77)).toMatchObject({ kind: 'ready', partial: true, durationSeconds: 1 });
    expect(await telephony.lookUp(77)).toMatchObject({ kind: 'ended', cause: 'providerError' });
    const recording = notebook.recordingOf(77);
    if (recording?.kind !== 'ready') throw new Error('no recording');
    expect((await readStereo(recording.filePath)).seconds).toBe(1);
    await expect(stat(crashed)).rejects.toThrow('ENOENT');
  });
});

describe('damaged files', () => {
  it('do not keep the carrier from starting', async () => {
    await writeFile(join(dataFolder, 'sandbox', 'call-78.growing'), '');
    await writeFile(join(dataFolder, 'sandbox', 'call-79.wav'), 'not sound');
    await start();
    expect(notebook.recordingOf(78)).toMatchObject({ kind: 'missing' });
    expect(notebook.recordingOf(79)).toMatchObject({ kind: 'missing' });
    expect(await telephony.lookUp(78)).toMatchObject({ kind: 'ended', cause: 'providerError' });
  });

  it('an offer that is no SDP is refused and leaves no line behind', async () => {
    await expect(telephony.connectHeadset(1, 'nonsense')).rejects.toThrow();
    expect(notebook.lines.at(-1)).toEqual({ repId: 1, state: 'closed' });
    await expect(telephony.playHeadsetCheck(1, 'tone')).rejects.toThrow(HeadsetCheckImpossible);
    await expect(telephony.mute(12)).rejects.toThrow(CallNotLive);
  });
});

describe('faults', () => {
  const ordered = ['dialing', 'ringing', 'answered', 'answeredBy', 'ended'];

  it('doubled events keep their key', async () => {
    await telephony.dial(request(1, '+79000000801'));
    await runToEnd(1);
    expect(notebook.kinds(1)).toEqual(ordered.flatMap((kind) => [kind, kind]));
    expect(new Set(notebook.of(1).map((event) => event.eventKey)).size).toBe(ordered.length);
  });

  it('reordered events all come, not in order', async () => {
    await telephony.dial(request(1, '+79000000802'));
    await runToEnd(1);
    expect(notebook.kinds(1)).not.toEqual(ordered);
    expect(notebook.kinds(1).toSorted()).toEqual(ordered.toSorted());
  });

  it('late events carry the time when they happened', async () => {
    await telephony.dial(request(1, '+79000000803'));
    await time.advance(4000);
    expect(notebook.events).toEqual([]);
    await time.advance(200_000);
    expect(notebook.kinds(1)).toEqual(ordered);
    expect(notebook.instant(1, 'ringing') - notebook.instant(1, 'dialing')).toBe(400);
  });

  it('a lost end is known to lookUp', async () => {
    await telephony.dial(request(1, '+79000000805'));
    await time.advance(120_000);
    expect(notebook.has(1, 'ended')).toBe(false);
    expect(await telephony.lookUp(1)).toMatchObject({ kind: 'ended', cause: 'completed' });
  });

  it('an ambiguous answer hides either a call or none', async () => {
    expect(await telephony.dial(request(1, '+79000000505'))).toMatchObject({ kind: 'ambiguous' });
    expect(await telephony.lookUp(1)).toEqual({ kind: 'unheardOf' });
    expect(await telephony.dial(request(2, '+79000000506'))).toMatchObject({ kind: 'ambiguous' });
    expect(await telephony.lookUp(2)).toEqual({ kind: 'live' });
  });

  it('an event that is not taken is brought again', async () => {
    const failing = new CarrierNotebook();
    let failures = 1;
    failing.onCarrierEvent = (event) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('database away'));
      }
      failing.events.push(event);
      return Promise.resolve();
    };
    await telephony.stop({ endCalls: true, graceSeconds: 0 });
    notebook = failing;
    await start();
    await telephony.dial(request(1, '+79000000486'));
    await runToEnd(1);
    expect(failing.kinds(1)).toEqual(['dialing', 'ended']);
  });
});

describe('one line a rep', () => {
  it('refuses a second call and repeats no dial', async () => {
    const first = await telephony.dial(request(1, '+79000000001'));
    expect(await telephony.dial(request(1, '+79000000001'))).toEqual(first);
    expect(await telephony.dial(request(2, '+79000000002'))).toMatchObject({ kind: 'refused', carrierWord: 'line-in-use' });
    expect(await telephony.dial(request(3, '+79000000002', 2))).toMatchObject({ kind: 'accepted' });
    expect(notebook.kinds(1)).toHaveLength(1);
  });

  it('is free again after the end, and a stopped carrier takes nothing', async () => {
    await telephony.dial(request(1, '+79000000001'));
    await telephony.hangup(1);
    expect(await telephony.dial(request(2, '+79000000001'))).toMatchObject({ kind: 'accepted' });
    await telephony.stop({ endCalls: true, graceSeconds: 0 });
    expect([notebook.cause(1), notebook.cause(2)]).toEqual(['canceled', 'canceled']);
    expect(await telephony.dial(request(3, '+79000000001'))).toMatchObject({ kind: 'refused' });
  });

  it('lets live calls finish when it is stopped with grace', async () => {
    await telephony.dial(request(1, '+79000000500'));
    const stopped = telephony.stop({ endCalls: false, graceSeconds: 100 });
    await time.advance(60_000);
    await stopped;
    expect(notebook.cause(1)).toBe('completed');
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'ready' });
  });
});

describe('demo conversations', () => {
  it('have the asked length, sound on both sides, and the same bytes for the same seed', async () => {
    const clips = await loadClipLibrary(audioFolder);
    const file = renderDemoConversation(clips, 11, 42.5);
    const sides = splitStereo(Buffer.from(file));
    expect(sides.seconds).toBe(42.5);
    expect(levelDecibels(sides.left)).toBeGreaterThan(-35);
    expect(levelDecibels(sides.right)).toBeGreaterThan(-35);
    expect(Buffer.from(renderDemoConversation(clips, 11, 42.5)).equals(file)).toBe(true);
    expect(Buffer.from(renderDemoConversation(clips, 12, 42.5)).equals(file)).toBe(false);
  });
});
