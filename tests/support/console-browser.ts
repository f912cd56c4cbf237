import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { isStale, make, products } from '../../scripts/lib/build.mjs';
import { decodeMuLaw } from '../../server/core/audio/mu-law.ts';
import { pcm16WavHeader, readWavLayout } from '../../server/core/audio/wav.ts';
import { browserProgram } from './browser-program.ts';
import { patience } from './patience.ts';

/**
 * Speech, over and over: the beep of Chromium's own fake microphone is soon suppressed as noise. Chromium reads no µ-law, which our clips are.
 * Files of tests may write it at once: each renames its own.
 */
async function spokenMicrophone(): Promise<string> {
  const clip = await readFile('server/adapters/telephony/sandbox/audio/rep-greeting-1.wav');
  const { dataOffset, dataBytes, sampleRate } = readWavLayout(clip);
  const samples = decodeMuLaw(clip.subarray(dataOffset, dataOffset + dataBytes));
  const speech = path.resolve('node_modules/.cache/zagon/microphone.wav');
  const own = `${speech}.${process.pid}`;
  await mkdir(path.dirname(speech), { recursive: true });
  await writeFile(own, Buffer.concat([pcm16WavHeader(1, sampleRate, samples.byteLength), new Uint8Array(samples.buffer)]));
  await rename(own, speech);
  return speech;
}

/** Looked at once: to compare all sources takes a tenth of a second. */
let built: Promise<void> | undefined;

/** Debian's Chromium without a screen; builds the console first when it is older than its sources. */
export async function consoleBrowser(moreArguments: readonly string[] = []): Promise<Browser> {
  built ??= isStale(products.console) ? make(products.console) : Promise.resolve();
  await built;
  return chromium.launch({
    executablePath: browserProgram,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${await spokenMicrophone()}`,
      ...moreArguments,
    ],
  });
}

/** For waits that are no step of a page: `patience` under the name that reads well there. */
export const patiently = patience;

/** A page in a browser profile of its own, whose every step waits patiently for the screen. */
export async function patientPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, locale: 'ru-RU', viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(patience.timeout);
  return context.newPage();
}

/** A browser profile of its own in which one of the department's people is signed in and looks at a page. */
export async function signedInPage(
  browser: Browser,
  url: string,
  who: { email: string; password?: string; path: string },
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await patientPage(browser, url, options);
  await page.goto(`/login?next=${encodeURIComponent(who.path)}`);
  await page.getByLabel('Почта').fill(who.email);
  await page.getByLabel('Пароль', { exact: true }).fill(who.password ?? 'demo-demo-demo');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${who.path}`);
  return page;
}

/** Goes on to an address of the console as by a link in it: nothing that is loaded is loaded again, which is most of what a page costs. */
export async function follow(page: Page, address: string): Promise<void> {
  await page.locator('main').first().waitFor();
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    document.querySelector('main')?.append(link);
    link.click();
    link.remove();
  }, address);
  await page.waitForURL((url) => url.pathname + url.search === address);
}
