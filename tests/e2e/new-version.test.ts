import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 1 });
  server = await ServerProcess.start({ databaseUrl: base.url });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

it('says once that a new version is out, to a page that stays open, and goes on working', async () => {
  const page = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/profile' });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.clock.install();
  await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'another' } }));
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor(patiently);
  const told = page.getByText('Вышла новая версия');
  await expect
    .poll(async () => {
      await page.clock.runFor(61_000);
      return told.count();
    }, patiently)
    .toBe(1);
  await page.getByRole('radio', { name: 'Тёмная' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme']), patiently).toBe('dark');
  expect(await told.count()).toBe(1);
  expect(faults).toEqual([]);
});
