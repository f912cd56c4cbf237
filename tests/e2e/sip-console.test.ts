import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, hangupCall, startCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';
import { hasSip, janusSecret, startJanus, type TestJanus } from '../support/sip/janus.ts';
import { hasPhone, startPerson, type TestPerson } from '../support/sip/person.ts';
import { trunkTo } from '../support/sip/rig.ts';
import { loudnessOf, probeSound } from '../support/sound-probe.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { splitStereo } from '../support/wav-file.ts';

const lastFour = '0777';
const repHertz = 1000;
const leadHertz = 1700;
const personHertz = 440;
/** Above it a tone is heard, below the other one it is not there. */
const heardDecibels = -60;
const absentDecibels = -80;
/** Of a tone that is heard beside another. */
const mixedShare = 0.2;

describe.skipIf(!hasSip || !hasPhone)('a department on a trunk', () => {
  let folder: string;
  let januses: TestJanus[];
  let person: TestPerson;
  let base: FreshDatabase;
  let department: CallingDepartment;
  let server: ServerProcess;
  let rep: ApiClient;
  let repPage: Page;
  let leadPage: Page;
  const browsers: Browser[] = [];

  async function pageOf(name: string, hertz: number, address: string): Promise<Page> {
    const samples = toneSamples([{ frequenciesHertz: [hertz], milliseconds: 1000 }], 0, 48_000 * 4, { sampleRate: 48_000, amplitude: 0.3 });
    const microphone = path.join(folder, `${name}.wav`);
    await writeFile(microphone, Buffer.concat([pcm16WavHeader(1, 48_000, samples.byteLength), new Uint8Array(samples.buffer)]));
    const browser = await consoleBrowser([`--use-file-for-fake-audio-capture=${microphone}`]);
    browsers.push(browser);
    const page = await signedInPage(browser, server.url, { email: `${name}@test.local`, path: address }, { permissions: ['microphone'] });
    await probeSound(page);
    return page;
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'zagon-sip-console-'));
    base = await freshDatabase();
    department = await callingDepartment(base.url, { reps: 1, companies: 1 });
    const { id, companyId } = await department.database.prisma.lead.findFirstOrThrow();
    await department.setFate(id, lastFour);
    januses = await Promise.all([startJanus(), startJanus()]);
    person = await startPerson({ e164: `+7${String(companyId).padStart(6, '0')}${lastFour}`, hertz: personHertz });
    const trunks = path.join(folder, 'trunks.json');
    await writeFile(trunks, JSON.stringify([trunkTo(person.host)]));
    const env = {
      TELEPHONY: 'sip',
      SIP_JANUS_URLS: januses.map(({ url }) => url).join(','),
      SIP_JANUS_SECRET: janusSecret,
      SIP_TRUNKS_FILE: trunks,
      SIP_SHARED_FOLDER: path.join(folder, 'shared'),
    };
    server = await ServerProcess.start({ databaseUrl: base.url, env });
    rep = await department.signIn(server.url, 'rep1@test.local');
    repPage = await pageOf('rep1', repHertz, '/work');
    leadPage = await pageOf('lead', leadHertz, '/team');
    await repPage.evaluate(() => {
      sessionStorage.setItem('zagon.headset.checked', 'yes');
      sessionStorage.setItem('zagon.presence', 'ready');
    });
    await Promise.all([repPage.reload(), leadPage.reload()]);
    // The browser makes sound for those who touched the page.
    await repPage.mouse.click(700, 5);
    await repPage.locator('[data-headset="connected"]').waitFor(patiently);
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.end();
    await Promise.all([...januses.map((janus) => janus.stop()), person.stop(), department.close()]);
    await base.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const callTheLead = async (key: string): Promise<number> => {
    const { lead } = await rep.get(nextCall);
    const { id } = await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': key } });
    await vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe('answered'), patience);
    return id;
  };
  const hears = (page: Page, hertz: number) => expect.poll(() => loudnessOf(page, hertz), patience);

  it('carries each to the other and to the lead, a whisper to the rep alone, and who barges in to both', async () => {
    const callId = await callTheLead('a talk by SIP');
    await hears(repPage, personHertz).toBeGreaterThan(heardDecibels);
    await leadPage.getByRole('button', { name: 'Открыть: rep1' }).focus();
    await leadPage.keyboard.press('KeyL');
    await leadPage.locator('[data-supervision="listen"]').waitFor(patiently);
    await hears(leadPage, repHertz).toBeGreaterThan(heardDecibels);
    await hears(leadPage, personHertz).toBeGreaterThan(heardDecibels);
    await leadPage.keyboard.press('KeyW');
    await leadPage.locator('[data-supervision="whisper"]').waitFor(patiently);
    await hears(repPage, leadHertz).toBeGreaterThan(heardDecibels);
    // A span of it that would be seen in what the prospect heard; nothing tells of what does not come to him.
    const whispersSince = Date.now();
    await expect.poll(() => Date.now() - whispersSince, patience).toBeGreaterThan(1500);
    const beforeBarge = await person.heard();
    const bargesSince = Date.now();
    await leadPage.keyboard.press('KeyB');
    await leadPage.locator('[data-supervision="barge"]').waitFor(patiently);
    const heardOf = async (hertz: number) => toneSeconds((await person.heard()).subarray(beforeBarge.length), hertz, 8000, mixedShare);
    await expect.poll(() => heardOf(leadHertz), patience).toBeGreaterThan(0.5);
    await expect.poll(() => heardOf(repHertz), patience).toBeGreaterThan(0.5);
    await hears(repPage, leadHertz).toBeGreaterThan(heardDecibels);
    await leadPage.keyboard.press('Escape');
    await leadPage.locator('[data-supervision="over"]').waitFor(patiently);
    await hears(repPage, leadHertz).toBeLessThan(absentDecibels);
    await rep.get(hangupCall, { params: { id: callId } });
    const { id, mimeType } = await vi.waitFor(
      async () => department.database.prisma.recording.findFirstOrThrow({ where: { callId, status: 'ready' } }),
      patience,
    );
    expect(mimeType).toBe('audio/ogg');
    const wav = await fetch(`${server.url}/api/recordings/${id}/audio?format=wav`, { headers: { cookie: rep.cookie } });
    const { left, right, sampleRate, seconds } = splitStereo(Buffer.from(await wav.arrayBuffer()));
    const { answeredAt } = await department.database.prisma.call.findUniqueOrThrow({ where: { id: callId } });
    const bargeAt = Math.floor(((bargesSince - (answeredAt?.getTime() ?? 0)) / 1000) * sampleRate);
    expect(toneSeconds(left, repHertz, sampleRate)).toBeGreaterThan(0.5);
    expect(toneSeconds(right, personHertz, sampleRate)).toBeGreaterThan(0.5);
    expect(toneSeconds(beforeBarge, repHertz, 8000)).toBeGreaterThan(0.5);
    expect(toneSeconds(left.subarray(bargeAt), leadHertz, sampleRate, mixedShare)).toBeGreaterThan(0.5);
    // A click has a little of every frequency; the whisper went on for more than a second.
    for (const sound of [left.subarray(0, bargeAt), right.subarray(0, bargeAt), beforeBarge])
      expect(toneSeconds(sound, leadHertz, 8000, 0.05)).toBeLessThan(0.3);

    const played = await repPage.evaluate(async (address) => {
      const audio = new Audio(address);
      audio.muted = true;
      await audio.play();
      // At rest: a busy machine tells late that the place is reached.
      audio.pause();
      audio.currentTime = audio.duration / 2;
      await new Promise((resolve) => audio.addEventListener('seeked', resolve, { once: true }));
      const reached = audio.currentTime;
      await audio.play();
      if (!audio.ended) await new Promise((resolve) => audio.addEventListener('ended', resolve, { once: true }));
      return { duration: audio.duration, reached };
    }, `/api/recordings/${id}/audio`);
    expect(Math.abs(played.duration - seconds)).toBeLessThan(0.05);
    expect(Math.abs(played.reached - seconds / 2)).toBeLessThan(0.3);
  });

  it('tells the rep in words that his Janus is lost, and brings his line to the other', async () => {
    const { call } = await rep.get(currentCall).catch(() => ({ call: null }));
    expect(call?.state ?? 'ended').toBe('ended');
    await januses[0]?.kill();
    await repPage.getByText('Линия гарнитуры прервана').first().waitFor(patiently);
    await repPage.locator('[data-headset="connected"]').waitFor(patiently);
  });
});
