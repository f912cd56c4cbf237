import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The number book: answers and says nothing. */
const mute = '0400';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 });
  for (const lead of await department.database.prisma.lead.findMany()) await department.setFate(lead.id, mute);
  server = await ServerProcess.start({ databaseUrl: base.url });
  page = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const isSaid = (words: string) => page.getByRole('status').getByText(words, { exact: false }).waitFor(patiently);
const mainActionHasFocus = () => page.locator('[data-main-action]:focus').waitFor(patiently);
const details = () => page.locator('[data-line-details]');

it('lets the console of a carrier of our own connect to nobody else', async () => {
  const policy = (await fetch(`${server.url}/login`)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("connect-src 'self';");
});

it('says that nothing comes from the line when the prospect is silent', async () => {
  await page.locator('[data-action-bar="idle"]').waitFor(patiently);
  await mainActionHasFocus();
  await page.keyboard.press('Space');
  await page.getByText('слышим вас').waitFor(patiently);
  await page.locator('[data-check-done]:focus').waitFor(patiently);
  await page.keyboard.press('Enter');
  await mainActionHasFocus();
  await page.keyboard.press('Space');
  await page.locator('[data-action-bar="card"]').waitFor(patiently);
  await mainActionHasFocus();
  await page.keyboard.press('Enter');
  await page.locator('[data-call-state="answered"]').waitFor(patiently);
  await page.locator('[data-line="good"], [data-line="weak"], [data-line="bad"]').waitFor(patiently);
  await isSaid('Собеседника не слышно');
});

it('says that he is muted, above all else', async () => {
  await page.keyboard.press('KeyM');
  await isSaid('Микрофон выключен: вас не слышат.');
  await page.keyboard.press('KeyM');
  await isSaid('Собеседника не слышно');
});

it('opens its figures by a key and changes the microphone in mid-call', async () => {
  await page.keyboard.press('KeyQ');
  await details().getByText('Задержка туда и обратно').waitFor(patiently);
  await expect.poll(() => details().locator('dd').first().innerText(), patiently).toMatch(/^\d+ мс$/);
  await expect.poll(() => details().getByRole('meter').first().getAttribute('aria-valuenow'), patiently).not.toBe('0');
  const microphone = details().getByLabel('Микрофон', { exact: true });
  const used = await microphone.inputValue();
  const offered = await microphone.locator('option').evaluateAll((options) => options.map((option) => option.getAttribute('value')));
  await microphone.selectOption(offered.find((value) => value !== null && value !== used) ?? '');
  // It shows what is really spoken into, not what was asked for.
  await expect.poll(() => microphone.inputValue(), patiently).not.toBe(used);
  await page.keyboard.press('Escape');
  await details().waitFor({ ...patiently, state: 'detached' });
  await mainActionHasFocus();
  expect(await page.locator('[data-call-state]').getAttribute('data-call-state')).toBe('answered');
  await page.locator('[data-headset="connected"]').waitFor(patiently);
});
