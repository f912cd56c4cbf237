import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toneShare } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { headsetBrowser, microphoneHertz, serveHeadsetPage } from '../support/headset-browser.ts';
import { patience } from '../support/patience.ts';
import { twilioBrowserArguments } from '../support/twilio-carrier/browser-arguments.ts';
import { twilioRig } from '../support/twilio-rig.ts';
import { readStereo } from '../support/wav-file.ts';

const repId = 1;
const prospectHertz = 440;

const notebook = new CarrierNotebook();
let folder: string;
let rig: Awaited<ReturnType<typeof twilioRig>>;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tel-twilio-headset-'));
  rig = await twilioRig(notebook, { speed: 4 });
  const served = await serveHeadsetPage('tests/e2e/twilio-headset-page.ts', async (request) => {
    if (request.url === '/access') return { type: 'application/json', body: JSON.stringify(await rig.telephony.headsetAccess(repId)) };
    if (request.url === '/silence.wav') return { type: 'audio/wav', body: await readFile('web/static/silence.wav') };
    return null;
  });
  server = served.server;
  browser = await headsetBrowser(folder, twilioBrowserArguments(await rig.carrier.gateway.listen()));
  page = await browser.newPage();
  await page.goto(served.address);
  await page.evaluate(() => window.headset.line.start());
});

afterAll(async () => {
  await browser.close();
  await rig.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const stateInPage = () => page.evaluate(() => window.headset.line.snapshot.state);
const legsOfRep = () => rig.carrier.gateway.legs;
const prospect = (to: string) => [...rig.carrier.exchange.legs.values()].find((leg) => leg.options.to === to);
/** The tone's share in most quarters of a second of a channel: on a busy machine a frame is lost now and then. */
function usualShare(samples: Int16Array, hertz: number, sampleRate: number): number {
  const length = sampleRate / 4;
  const shares = Array.from({ length: Math.floor(samples.length / length) }, (_, place) =>
    toneShare(samples.subarray(place * length, (place + 1) * length), hertz, sampleRate),
  ).sort((one, other) => one - other);
  return shares[Math.floor(shares.length / 2)] ?? 0;
}
const isHeard = async () => {
  await page.evaluate(() => (window.headset.loudestHeardDecibels = -100));
  await expect.poll(() => page.evaluate(() => window.headset.loudestHeardDecibels), patience).toBeGreaterThan(-45);
};

it("brings the rep's leg into his room and measures the line", async () => {
  await expect.poll(stateInPage, patience).toBe('connected');
  expect(notebook.lines.at(-1)).toEqual({ repId, state: 'connected' });
  const quality = () => page.evaluate(() => window.headset.line.snapshot.quality);
  await expect.poll(async () => (await quality())?.lossPercent, patience).toBe(0);
  expect((await quality())?.roundTripMilliseconds).toBeTypeOf('number');
});

it('carries the microphone into the recording and the prospect into the browser, through another token and another socket', async () => {
  const to = '+79000000001';
  await rig.telephony.dial({ callId: 1, repId, to, from: null, ringTimeoutSeconds: 60, record: true });
  await expect.poll(() => notebook.has(1, 'answered'), patience).toBe(true);
  await isHeard();
  const [leg] = legsOfRep();

  const { gateway } = rig.carrier;
  gateway.cut();
  await expect.poll(() => gateway.reconnections, patience).toBe(1);
  await isHeard();
  expect(await stateInPage()).toBe('connected');
  expect(legsOfRep()).toEqual([leg]);

  await rig.telephony.hangup(1);
  await expect.poll(() => notebook.recordingOf(1), patience).toMatchObject({ kind: 'ready' });
  const recording = notebook.recordingOf(1);
  if (recording?.kind !== 'ready') throw new Error('the recording is missing');
  const { left, right, sampleRate } = await readStereo(recording.filePath);
  expect(usualShare(left, microphoneHertz, sampleRate)).toBeGreaterThan(0.8);
  // He pauses between his words.
  expect(usualShare(right, prospectHertz, sampleRate)).toBeGreaterThan(0.6);
  expect(usualShare(right, microphoneHertz, sampleRate)).toBeLessThan(0.1);
});

it('comes back by itself with a leg of its own when Twilio ended the old one', async () => {
  const [old] = legsOfRep();
  if (!old) throw new Error('there is no leg');
  await page.evaluate(() => (window.headset.states.length = 0));
  rig.carrier.exchange.end(old, 'completed');
  await expect.poll(() => page.evaluate(() => window.headset.states), patience).toEqual(['interrupted', 'connected']);
  expect(legsOfRep()).toHaveLength(1);
  expect(legsOfRep()).not.toEqual([old]);
});

it('shows the next token before the old one expires, and the call goes on', async () => {
  const { gateway } = rig.carrier;
  // Soon after its beginning the two minutes begin in which a token is renewed.
  gateway.tokenSeconds = 121;
  await page.evaluate(() => window.headset.line.start());
  await expect.poll(stateInPage, patience).toBe('connected');
  const shown = gateway.tokens.length;
  gateway.tokenSeconds = null;
  const [leg] = legsOfRep();
  await expect.poll(() => gateway.tokens.length, patience).toBe(shown + 1);
  expect(legsOfRep()).toEqual([leg]);
  expect(await stateInPage()).toBe('connected');
});

it('speaks from another microphone in mid-call without a new leg', async () => {
  const [leg] = legsOfRep();
  const chosen = await page.evaluate(async () => {
    const wanted = window.headset.line.snapshot.microphones.at(-1)?.id ?? '';
    await window.headset.line.chooseMicrophone(wanted);
    return wanted;
  });
  expect(await page.evaluate(() => window.headset.line.snapshot.usedMicrophone?.id)).toBe(chosen);
  expect(legsOfRep()).toEqual([leg]);
});

it.each([
  [
    'a page that was frozen in the back-forward cache',
    async () => {
      await page.evaluate(() => {
        window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
        window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      });
    },
  ],
  [
    'a page that was reloaded',
    async () => {
      await page.reload();
      await page.evaluate(() => window.headset.line.start());
    },
  ],
])('returns to the live call: %s', async (name, leave) => {
  const callId = name.length;
  const to = `+790000${callId}0001`;
  await rig.telephony.dial({ callId, repId, to, from: null, ringTimeoutSeconds: 60, record: true });
  await expect.poll(() => notebook.has(callId, 'answered'), patience).toBe(true);
  const [before] = legsOfRep();
  await leave();
  await expect.poll(stateInPage, patience).toBe('connected');
  await isHeard();
  expect(legsOfRep()).toHaveLength(1);
  expect(legsOfRep()).not.toEqual([before]);
  expect(prospect(to)?.isOver).toBe(false);
  await rig.telephony.hangup(callId);
});

it('leaves the room when it is stopped, and never did what Twilio would refuse', async () => {
  await page.evaluate(() => window.headset.line.stop());
  await expect.poll(() => notebook.lines.at(-1)?.state, patience).toBe('interrupted');
  expect(legsOfRep()).toEqual([]);
  expect(rig.carrier.complaints).toEqual([]);
});
