import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { SandboxTelephony } from '../../server/adapters/telephony/sandbox/sandbox-telephony.ts';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { headsetBrowser, microphoneHertz, serveHeadsetPage, type PageAnswer } from '../support/headset-browser.ts';
import { patience } from '../support/patience.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';

const repId = 1;
const offerShape = z.object({ sdp: z.string() });
const candidateShape = z.object({
  candidate: z.string(),
  sdpMid: z.string().nullable(),
  sdpMLineIndex: z.number().nullable(),
});

let folder: string;
let telephony: SandboxTelephony;
let server: Server;
let browser: Browser;
let page: Page;
const notebook = new CarrierNotebook();

async function answer(request: IncomingMessage): Promise<PageAnswer | null> {
  if (request.url === '/offer') {
    const { sdp } = offerShape.parse(JSON.parse(await text(request)));
    const { answerSdp } = await telephony.connectHeadset(repId, sdp);
    return { type: 'application/json', body: JSON.stringify({ sdp: answerSdp }) };
  }
  if (request.url === '/ice') {
    await telephony.addHeadsetCandidate(repId, candidateShape.parse(JSON.parse(await text(request))));
    return { type: 'application/json', body: '{}' };
  }
  return null;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tel-headset-'));
  telephony = new SandboxTelephony({
    dataFolder: folder,
    audioFolder: 'server/adapters/telephony/sandbox/audio',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    speed: 4,
  });
  await telephony.start(notebook);
  const served = await serveHeadsetPage('tests/e2e/headset-page.ts', answer);
  server = served.server;
  browser = await headsetBrowser(folder);
  page = await browser.newPage();
  await page.goto(served.address);
  await page.evaluate(() => window.headset.line.start());
});

afterAll(async () => {
  await browser.close();
  await telephony.stop({ endCalls: true, graceSeconds: 0 });
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const stateInPage = () => page.evaluate(() => window.headset.line.snapshot.state);

it('connects, shows the level, the devices and the quality of the line', async () => {
  await expect.poll(stateInPage, patience).toBe('connected');
  await expect.poll(() => notebook.lines.at(-1), patience).toEqual({ repId, state: 'connected' });
  await expect.poll(() => page.evaluate(() => window.headset.loudestDecibels), patience).toBeGreaterThan(-30);
  const quality = () => page.evaluate(() => window.headset.line.snapshot.quality);
  await expect.poll(async () => (await quality())?.lossPercent, patience).toBe(0);
  const seen = await quality();
  expect(seen?.roundTripMilliseconds).toBeTypeOf('number');
  expect(seen?.jitterMilliseconds).toBeTypeOf('number');
  const snapshot = await page.evaluate(() => window.headset.line.snapshot);
  expect(snapshot.microphones.length).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.headset.states.slice(0, 3))).toEqual(['none', 'asking', 'connecting']);
});

it('carries the prospect into the browser and the microphone into the recording, muted when muted', async () => {
  // The answering machine speaks for six seconds whatever it hears.
  await telephony.dial({ callId: 1, repId, to: '+79000000300', from: null, ringTimeoutSeconds: 60, record: true });
  await expect.poll(() => notebook.has(1, 'answered'), patience).toBe(true);
  const secondsSinceAnswer = (): number => (Date.now() - notebook.instant(1, 'answered')) / 1000;
  // The ringing is out of the browser's last second by then.
  await expect.poll(secondsSinceAnswer, patience).toBeGreaterThan(1.5);
  await page.evaluate(() => (window.headset.loudestHeardDecibels = -100));
  await expect.poll(() => page.evaluate(() => window.headset.loudestHeardDecibels), patience).toBeGreaterThan(-45);
  await page.evaluate(() => window.headset.line.setMuted(true));
  const mutedAtSeconds = secondsSinceAnswer();
  await expect.poll(secondsSinceAnswer, patience).toBeGreaterThan(mutedAtSeconds + 2);
  await telephony.hangup(1);
  await page.evaluate(() => window.headset.line.setMuted(false));
  await expect.poll(() => notebook.recordingOf(1), patience).toMatchObject({ kind: 'ready', partial: false });
  const recording = notebook.recordingOf(1);
  if (recording?.kind !== 'ready') throw new Error('the recording is missing');
  const { left, right, sampleRate } = await readStereo(recording.filePath);
  const spoken = left.subarray(0.3 * sampleRate, 1.3 * sampleRate);
  expect(toneSeconds(spoken, microphoneHertz, sampleRate)).toBeGreaterThan(0.7);
  expect(levelDecibels(left.subarray((mutedAtSeconds + 1) * sampleRate))).toBeLessThan(-60);
  expect(levelDecibels(right)).toBeGreaterThan(-50);
  expect(toneShare(right, microphoneHertz, sampleRate)).toBeLessThan(0.2);
});

it('plays the test tone and the echo check', async () => {
  await page.evaluate(() => window.headset.line.playTestTone());
  await page.evaluate(() => window.headset.line.startEchoCheck());
  expect(await page.evaluate(() => window.headset.line.snapshot.isEchoChecking)).toBe(true);
  await page.evaluate(() => window.headset.line.stopEchoCheck());
  expect(await page.evaluate(() => window.headset.line.snapshot.isEchoChecking)).toBe(false);
});

it('remembers the microphone that was chosen', async () => {
  const chosen = await page.evaluate(async () => {
    const wanted = window.headset.line.snapshot.microphones.at(-1)?.id ?? '';
    await window.headset.line.chooseMicrophone(wanted);
    return wanted;
  });
  expect(chosen).not.toBe('');
  expect(await page.evaluate(() => window.localStorage.getItem('headset.microphone'))).toBe(chosen);
  expect(await stateInPage()).toBe('connected');
});

it('restores the line by itself when the server lost it', async () => {
  await page.evaluate(() => (window.headset.states.length = 0));
  await telephony.disconnectHeadset(repId);
  await expect.poll(() => page.evaluate(() => window.headset.states), patience).toContain('interrupted');
  await expect.poll(stateInPage, patience).toBe('connected');
  await expect.poll(() => notebook.lines.at(-1)?.state, patience).toBe('connected');
});

it('lets go of everything when it is stopped, and the server notices', async () => {
  await page.evaluate(() => window.headset.line.stop());
  expect(await stateInPage()).toBe('none');
  await expect.poll(() => notebook.lines.at(-1)?.state, patience).toBe('interrupted');
});
