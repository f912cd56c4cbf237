import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMinutes, instantOf, localDay } from '../../server/core/hours/local-time.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, patientPage, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The number book: nobody picks up, and one who answers at once and talks. */
const silent = '0480';
const talker = '0001';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 6 });
  const leads = await department.database.prisma.lead.findMany({ orderBy: { position: 'asc' } });
  for (const [place, lead] of leads.entries()) await department.setFate(lead.id, place === 0 ? silent : talker);
  await department.database.prisma.setting.create({ data: { key: 'calls', value: { ringTimeoutSeconds: 5 } } });
  // One promise fills a quarter of an hour.
  await department.database.prisma.setting.create({ data: { key: 'promises', value: { perQuarterHour: 1 } } });
  server = await ServerProcess.start({ databaseUrl: base.url });
  page = await patientPage(browser, server.url, { permissions: ['microphone'] });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const inPhase = (phase: string) => page.locator(`[data-action-bar="${phase}"]`).waitFor(patiently);
const heading = () => page.getByRole('heading', { level: 1 }).innerText();
/** The state's main action has the focus, so that the next key always means something. */
const mainActionHasFocus = () => page.locator('[data-main-action]:focus').waitFor(patiently);

describe('a rep with the mouse unplugged', () => {
  it('signs in, checks the headset and becomes ready', async () => {
    await page.goto('/login?next=%2Fwork');
    await page.getByLabel('Почта').fill('rep1@test.local');
    await page.getByLabel('Пароль', { exact: true }).fill('demo-demo-demo');
    await page.keyboard.press('Enter');
    await inPhase('idle');
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await page.getByText('слышим вас').waitFor(patiently);
    await page.locator('[data-check-done]:focus').waitFor(patiently);
    await page.keyboard.press('Enter');
    await page.locator('[data-presence="ready"]').waitFor(patiently);
  });

  it('goes from a call nobody answered to the next card by two keys', async () => {
    await page.getByRole('button', { name: 'Следующий' }).waitFor(patiently);
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await inPhase('card');
    expect(await heading()).toBe('Company 1');
    expect(await page.locator('[data-why]').innerText()).not.toBe('');
    await mainActionHasFocus();
    await page.keyboard.press('Enter');
    await inPhase('wrapUp');
    await page.locator('[data-outcome="noAnswer"][aria-pressed="true"]').waitFor(patiently);
    await mainActionHasFocus();

    await page.keyboard.press('Enter');
    await inPhase('saved');
    await page.getByText('Повтор', { exact: true }).waitFor(patiently);
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await inPhase('card');
    expect(await heading()).toBe('Company 2');
  });

  it('talks, mutes, notes, comes back to the running call after a reload', async () => {
    await mainActionHasFocus();
    await page.keyboard.press('Enter');
    await page.locator('[data-call-state="answered"]').waitFor(patiently);
    await page.keyboard.press('KeyM');
    await page.getByText('Микрофон выключен: вас не слышат.').waitFor(patiently);
    await page.keyboard.press('KeyM');
    await page.getByRole('button', { name: 'Микрофон', exact: false, pressed: false }).waitFor(patiently);
    await page.keyboard.press('KeyN');
    await page.keyboard.type('Решает директор, склад тесный');
    await page.getByText('сохранено', { exact: true }).waitFor(patiently);

    await page.reload();
    await page.locator('[data-call-state="answered"]').waitFor(patiently);
    await expect.poll(() => page.getByRole('textbox', { name: 'Заметка' }).inputValue(), patiently).toBe('Решает директор, склад тесный');
  });

  it('brings the running call to another computer and back by a press, where he hangs up; neither takes it by itself', async () => {
    const headsetIs = (where: Page, state: string) => where.locator(`[data-headset="${state}"]`).waitFor(patiently);
    const isElsewhere = (where: Page) => where.getByRole('status').getByText('Гарнитура открыта на другом компьютере.').waitFor(patiently);
    await headsetIs(page, 'connected');
    const laptop = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
    await isElsewhere(laptop);
    await headsetIs(page, 'connected');

    await laptop.getByRole('button', { name: 'Взять сюда' }).click();
    await headsetIs(laptop, 'connected');
    await laptop.locator('[data-call-state="answered"]').waitFor(patiently);
    await expect.poll(() => laptop.getByRole('textbox', { name: 'Заметка' }).inputValue(), patiently).toBe('Решает директор, склад тесный');
    await isElsewhere(page);
    await headsetIs(page, 'none');
    await page.reload();
    await isElsewhere(page);
    await headsetIs(laptop, 'connected');

    await page.getByRole('button', { name: 'Взять сюда' }).click();
    await headsetIs(page, 'connected');
    await headsetIs(laptop, 'none');
    await laptop.context().close();
    await page.locator('[data-call-state="answered"]').waitFor(patiently);
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await inPhase('wrapUp');
  });

  /** Somebody else has the rep promise that time to the last company. */
  async function filledMeanwhile(clock: string): Promise<void> {
    const { prisma } = department.database;
    const company = await prisma.company.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const { id: companyId, timeZone } = company;
    const localTime = `${addDays(localDay(new Date(), timeZone), 1)}T${clock}`;
    const at = instantOf(localTime, timeZone);
    const times = { startsAt: at, promisedAt: at, deadlineAt: addMinutes(at, 5), localTime, timeZone };
    await prisma.promise.create({ data: { companyId, repId: department.reps[0]?.id ?? 0, kind: 'exact', ...times } });
  }

  it('promises a call by typing it, on both clocks, is asked when that time filled up meanwhile, and sees what was made', async () => {
    await page.keyboard.press('Digit1');
    await page.locator('[data-when]:focus').waitFor(patiently);
    const pictures = page.waitForResponse((response) => response.url().includes('/api/schedule/capacity'));
    await page.keyboard.type('завтра 11');
    await expect.poll(() => page.locator('[data-when-read]').innerText(), patiently).toContain('11:00 там');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.locator('[data-when-read]').innerText(), patiently).toContain('11:15 там');
    await pictures;
    await filledMeanwhile('11:15');
    await page.keyboard.press('Enter');
    await page.locator('[data-accept-full]:focus').waitFor(patiently);
    expect(await page.getByRole('alert').innerText()).toContain('полно обещаний');
    await page.keyboard.press('Enter');
    await inPhase('saved');
    const made = await page.locator('[data-saved]').innerText();
    expect(made).toContain('Обещание');
    expect(made).toContain('11:15');
    const kept = await department.database.prisma.promise.findMany({ where: { status: 'open' }, orderBy: { overCapacity: 'asc' } });
    expect(kept.map(({ localTime, overCapacity }) => [localTime.slice(11, 16), overCapacity])).toEqual([
      ['11:15', false],
      ['11:15', true],
    ]);
    await expect.poll(() => page.locator('[data-pace-dials]').innerText(), patiently).toMatch(/^2\s*\//);
  });
});
