import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { freePorts } from '../support/ports.ts';
import { ServerProcess } from '../support/server-process.ts';
import { twilioBrowserArguments } from '../support/twilio-carrier/browser-arguments.ts';
import { TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import { twilioSettings } from '../support/twilio-carrier/settings.ts';

/** Answers at once and talks, in the carrier's book of numbers. */
const talker = '0001';

let base: FreshDatabase;
let department: CallingDepartment;
let carrier: TwilioCarrier;
let server: ServerProcess;
let browser: Browser;
let page: Page;
/** What the page wanted to do and its policy forbade. */
const forbidden: string[] = [];

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 });
  for (const lead of await department.database.prisma.lead.findMany()) await department.setFate(lead.id, talker);
  const port = await freePorts(1);
  carrier = new TwilioCarrier({ publicUrl: `http://127.0.0.1:${port}`, callsPerSecond: 100 });
  browser = await consoleBrowser(twilioBrowserArguments(await carrier.gateway.listen()));
  server = await ServerProcess.start({ databaseUrl: base.url, port, env: twilioSettings(await carrier.listen()) });
  page = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) forbidden.push(message.text());
  });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await carrier.close();
  await department.close();
  await base.drop();
});

const inPhase = (phase: string) => page.locator(`[data-action-bar="${phase}"]`).waitFor(patiently);
const headsetIs = (state: string) => page.locator(`[data-headset="${state}"]`).waitFor(patiently);

it('lets the browser speak with Twilio and with nobody else', async () => {
  const policy = (await fetch(`${server.url}/login`)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("connect-src 'self' wss://*.twilio.com;");
});

it('checks the headset, waits for a line and takes the dial back, calls, comes back to the call after a reload, and hangs up', async () => {
  await inPhase('idle');
  await page.locator('[data-main-action]:focus').waitFor(patiently);
  await page.keyboard.press('Space');
  await page.getByText('слышим вас').waitFor(patiently);
  await page.locator('[data-check-done]:focus').waitFor(patiently);
  await page.keyboard.press('Enter');
  await headsetIs('connected');
  expect(carrier.gateway.legs).toHaveLength(1);

  await page.locator('[data-main-action]:focus').waitFor(patiently);
  await page.keyboard.press('Space');
  await inPhase('card');
  await page.locator('[data-main-action]:focus').waitFor(patiently);
  carrier.faults = { dial: () => 'tooManyRequests' };
  await page.keyboard.press('Enter');
  await page.locator('[data-waiting-for-line]').waitFor(patiently);
  await page.locator('[data-main-action]:focus').waitFor(patiently);
  await page.keyboard.press('Space');
  await inPhase('card');
  carrier.faults = {};
  // How long the account rests depends on how often it was refused before the key was pressed.
  await department.database.prisma.$executeRaw`UPDATE carrier_pace SET next_at = now()`;
  await page.locator('[data-main-action]:focus').waitFor(patiently);
  await page.keyboard.press('Enter');
  await page.locator('[data-call-state="answered"]').waitFor(patiently);
  const [before] = carrier.gateway.legs;

  await page.reload();
  await page.locator('[data-call-state="answered"]').waitFor(patiently);
  await headsetIs('connected');
  await expect.poll(() => carrier.gateway.legs.length, patiently).toBe(1);
  expect(carrier.gateway.legs).not.toEqual([before]);

  await page.locator('[data-main-action]:focus').waitFor(patiently);
  await page.keyboard.press('Space');
  await inPhase('wrapUp');
  expect(carrier.gateway.legs).toHaveLength(1);
  expect(carrier.complaints).toEqual([]);
  expect(forbidden).toEqual([]);
});
