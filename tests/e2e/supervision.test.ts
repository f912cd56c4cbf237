import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, hangupCall, muteCall, startCall, unmuteCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';
import { loudestBetween, loudnessOf, microphonesOpened, probeSound } from '../support/sound-probe.ts';
import { toneTenths } from '../support/tone-seconds.ts';
import { splitStereo } from '../support/wav-file.ts';

/** The number book: answers at once, and waits as long as the rep speaks. */
const talker = '0001';
const repHertz = 1000;
const leadHertz = 1700;
/** Above it a tone is heard in a browser, below the other one it is not there. */
const heardDecibels = -60;
const absentDecibels = -80;
/** The same in the recording, where a tone that is spoken lies above -20. */
const recordedDecibels = -30;
const unrecordedDecibels = -60;
/** On a busy machine half a second may be lost here and there. */
const mostPieces = 0.7;

let folder: string;
let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
const browsers: Browser[] = [];
let rep: ApiClient;
let repPage: Page;
let leadPage: Page;
let callId: number;

async function browserThatSays(hertz: number): Promise<Browser> {
  const tone = [{ frequenciesHertz: [hertz], milliseconds: 1000 }];
  const samples = toneSamples(tone, 0, 48_000 * 4, { sampleRate: 48_000, amplitude: 0.3 });
  const microphoneFile = path.join(folder, `${hertz}.wav`);
  await writeFile(microphoneFile, Buffer.concat([pcm16WavHeader(1, 48_000, samples.byteLength), new Uint8Array(samples.buffer)]));
  const browser = await consoleBrowser([`--use-file-for-fake-audio-capture=${microphoneFile}`]);
  browsers.push(browser);
  return browser;
}

async function pageOf(browser: Browser, person: string, address: string): Promise<Page> {
  const page = await signedInPage(browser, server.url, { email: `${person}@test.local`, path: address }, { permissions: ['microphone'] });
  await probeSound(page);
  return page;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zagon-supervision-'));
  const browserOfRep = await browserThatSays(repHertz);
  const browserOfLead = await browserThatSays(leadHertz);
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 });
  for (const lead of await department.database.prisma.lead.findMany()) await department.setFate(lead.id, talker);
  server = await ServerProcess.start({ databaseUrl: base.url });
  rep = await department.signIn(server.url, 'rep1@test.local');
  repPage = await pageOf(browserOfRep, 'rep1', '/work');
  leadPage = await pageOf(browserOfLead, 'lead', '/team');
  await repPage.evaluate(() => {
    sessionStorage.setItem('zagon.headset.checked', 'yes');
    sessionStorage.setItem('zagon.presence', 'ready');
  });
  await repPage.reload();
  await leadPage.reload();
  // The browser makes sound for those who touched the page.
  await repPage.mouse.click(700, 5);
  await repPage.locator('[data-headset="connected"]').waitFor(patiently);
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await server.end();
  await department.close();
  await base.drop();
  await rm(folder, { recursive: true, force: true });
});

const strip = (mode: string) => leadPage.locator(`[data-supervision="${mode}"]`).waitFor(patiently);
const repHears = (hertz: number) => expect.poll(() => loudnessOf(repPage, hertz), patience);
const leadHears = (hertz: number) => expect.poll(() => loudnessOf(leadPage, hertz), patience);
const supervisions = () => department.database.prisma.supervision.findMany({ orderBy: { id: 'asc' } });

/** The part of what the prospect heard during the first mode of this name, in pieces of half a second, its edges left out. */
async function piecesDuring(mode: string, heard: Int16Array, sampleRate: number): Promise<Int16Array[]> {
  const entries = await department.database.prisma.auditEntry.findMany({ where: { action: 'call.supervise' }, orderBy: { id: 'asc' } });
  const details = entries.map((entry) => entry.details as { mode: string; since: string; until: string });
  const found = details.find((entry) => entry.mode === mode);
  if (!found) throw new Error(`the audit knows of no ${mode}`);
  return pieces(heard, sampleRate, new Date(found.since), new Date(found.until));
}

async function pieces(heard: Int16Array, sampleRate: number, since: Date, until: Date): Promise<Int16Array[]> {
  const { answeredAt } = await department.database.prisma.call.findUniqueOrThrow({ where: { id: callId } });
  const second = (at: Date): number => (at.getTime() - (answeredAt?.getTime() ?? 0)) / 1000;
  const edgeSeconds = 0.6;
  const found: Int16Array[] = [];
  for (let at = second(since) + edgeSeconds; at + 0.5 < second(until) - edgeSeconds; at += 0.5) {
    found.push(heard.subarray(Math.round(at * sampleRate), Math.round((at + 0.5) * sampleRate)));
  }
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/**
 * How loud a tone is in a piece, in dBFS: in a share of the energy alone a muted channel would have a tone too. A voice is in every tenth and adds up over the whole; what compression leaves at its pitch does not add
 * up, and a click is in one tenth.
 */
function toneDecibels(hertz: number, piece: Int16Array, sampleRate: number): number {
  const tenths = toneTenths(piece, hertz, sampleRate).toSorted((one, other) => one - other);
  const share = Math.min(tenths[Math.floor(tenths.length / 2)] ?? 0, toneShare(piece, hertz, sampleRate));
  return levelDecibels(piece) + 10 * Math.log10(Math.max(share, Number.EPSILON));
}

/** In how much of these pieces a tone is spoken. */
const spokenIn = (found: readonly Int16Array[], hertz: number, sampleRate: number): number =>
  found.filter((piece) => toneDecibels(hertz, piece, sampleRate) > recordedDecibels).length / found.length;

/** Time enough for sound that can be measured: two seconds of it, by the call's own clock on the rep's screen. */
async function letSpeak(): Promise<void> {
  const before = Date.now();
  await expect.poll(() => Date.now() - before, patience).toBeGreaterThan(2500);
}

describe('a lead in a rep’s live call', () => {
  it('listens: hears both, is heard by nobody, and his microphone stays closed', async () => {
    const { lead } = await rep.get(nextCall);
    callId = (await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'supervised' } })).id;
    await vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe('answered'), patience);

    await leadPage.getByRole('button', { name: 'Открыть: rep1' }).focus();
    await leadPage.keyboard.press('KeyL');
    await strip('listen');
    await leadHears(repHertz).toBeGreaterThan(heardDecibels);
    expect(await microphonesOpened(leadPage)).toBe(0);
    expect(await repPage.locator('[data-supervised]').count()).toBe(0);
    expect(await loudnessOf(repPage, leadHertz)).toBeLessThan(absentDecibels);

    // As soon as the rep is silent the prospect speaks: the lead hears him too.
    await rep.get(muteCall, { params: { id: callId } });
    await leadHears(repHertz).toBeLessThan(absentDecibels);
    await expect.poll(() => loudestBetween(leadPage, 150, 900), patience).toBeGreaterThan(heardDecibels);
    await rep.get(unmuteCall, { params: { id: callId } });
    await leadHears(repHertz).toBeGreaterThan(heardDecibels);
    await letSpeak();
  });

  it('whispers: the rep hears him and sees it; goes on while he looks at other screens', async () => {
    await leadPage.keyboard.press('KeyW');
    await strip('whisper');
    await repHears(leadHertz).toBeGreaterThan(heardDecibels);
    expect(await microphonesOpened(leadPage)).toBe(1);
    await repPage.locator('[data-supervised="whisper"]').waitFor(patiently);
    await leadPage.locator('nav a[href="/calls"]:visible').click();
    await leadPage.waitForURL('**/calls');
    await strip('whisper');
    await letSpeak();
  });

  it('barges in, and goes back to listening with his microphone closed', async () => {
    await leadPage.keyboard.press('KeyB');
    await strip('barge');
    await repPage.locator('[data-supervised="barge"]').waitFor(patiently);
    await letSpeak();
    await leadPage.keyboard.press('KeyL');
    await strip('listen');
    await repHears(leadHertz).toBeLessThan(absentDecibels);
    await leadPage.keyboard.press('Escape');
    await strip('over');
    expect((await supervisions()).map(({ endedBecause }) => endedBecause)).toEqual(['stopped']);
  });

  it('is in the rep’s window by the same keys: Esc leaves the call first and closes the window next', async () => {
    await leadPage.goto('/team');
    await leadPage.getByRole('button', { name: 'Открыть: rep1' }).focus();
    await leadPage.keyboard.press('Enter');
    const sheet = leadPage.getByRole('dialog', { name: 'rep1' });
    await sheet.getByText('Сейчас говорит с клиентом').waitFor(patiently);
    await leadPage.keyboard.press('KeyL');
    await strip('listen');
    await sheet.getByRole('button', { name: /^Слушать/, pressed: true }).waitFor(patiently);
    await leadPage.keyboard.press('Escape');
    await strip('over');
    expect(await sheet.isVisible()).toBe(true);
    await leadPage.keyboard.press('Escape');
    await sheet.waitFor({ ...patiently, state: 'detached' });
  });

  it('vanishes in mid-whisper: the call goes on as if he had never been there', async () => {
    await leadPage.goto('/team');
    await leadPage.getByRole('button', { name: 'Открыть: rep1' }).focus();
    await leadPage.keyboard.press('Enter');
    await leadPage.getByRole('dialog', { name: 'rep1' }).waitFor(patiently);
    await leadPage.keyboard.press('KeyW');
    await strip('whisper');
    await repHears(leadHertz).toBeGreaterThan(heardDecibels);
    const vanishedAt = new Date();
    const devtools = await leadPage.context().newCDPSession(leadPage);
    // Never answered: the page is gone.
    devtools.send('Page.crash').catch(() => undefined);
    await repHears(leadHertz).toBeLessThan(absentDecibels);
    await vi.waitFor(async () => expect((await supervisions()).at(-1)?.endedBecause).toBe('supervisorGone'), patience);
    await repPage.locator('[data-supervised]').waitFor({ ...patiently, state: 'detached' });
    await letSpeak();
    expect((await rep.get(currentCall)).call.state).toBe('answered');
    const endedAt = new Date();
    await rep.get(hangupCall, { params: { id: callId } });

    const { left, sampleRate } = await recording();
    const after = await pieces(left, sampleRate, vanishedAt, endedAt);
    expect(spokenIn(after, repHertz, sampleRate)).toBeGreaterThan(mostPieces);
  });

  it('was never heard by the prospect while he whispered or listened, and was while he barged in', async () => {
    const { left, sampleRate } = await recording();
    for (const mode of ['listen', 'whisper'])
      for (const piece of await piecesDuring(mode, left, sampleRate))
        expect(toneDecibels(leadHertz, piece, sampleRate), mode).toBeLessThan(unrecordedDecibels);
    expect(spokenIn(await piecesDuring('whisper', left, sampleRate), repHertz, sampleRate)).toBeGreaterThan(mostPieces);
    const barged = await piecesDuring('barge', left, sampleRate);
    for (const hertz of [leadHertz, repHertz]) expect(spokenIn(barged, hertz, sampleRate)).toBeGreaterThan(mostPieces);
  });
});

/** The call's recording as the department keeps it: on the left what the prospect heard. */
async function recording() {
  const { id } = await vi.waitFor(
    async () => department.database.prisma.recording.findFirstOrThrow({ where: { callId, status: 'ready' } }),
    patience,
  );
  const response = await fetch(`${server.url}/api/recordings/${id}/audio?format=wav`, { headers: { cookie: rep.cookie } });
  expect(response.status).toBe(200);
  return splitStereo(Buffer.from(await response.arrayBuffer()));
}
