import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateList } from '../../server/contract/http/lists.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The number book: the line is busy at once; it rings on; two who answer at once. */
const busy = '0486';
const laterFates = ['0480', '0001', '0002'];

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 + laterFates.length });
  const { prisma } = department.database;
  const leads = await prisma.lead.findMany({ orderBy: { position: 'asc' } });
  for (const [place, lead] of leads.entries()) await department.setFate(lead.id, laterFates[place - 2] ?? busy);
  await prisma.user.updateMany({ where: { role: 'rep' }, data: { continuesByItself: true } });
  // Whoever met nobody is called back at once here: the pause between two calls to a company has tests of its own.
  await prisma.setting.create({ data: { key: 'retry', value: { companyPauseMinutes: 0 } } });
  server = await ServerProcess.start({ databaseUrl: base.url });
  const head = await department.signIn(server.url, 'head@test.local');
  const list = await prisma.callList.findFirstOrThrow();
  const dialing = { mode: 'progressive', countdownSeconds: 8 } as const;
  await head.get(updateList, { params: { id: list.id }, body: { dialing } });
  page = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const inPhase = (phase: string) => page.locator(`[data-action-bar="${phase}"]`).waitFor(patiently);
const countdown = (state: string) => page.locator(`[data-countdown="${state}"]`).waitFor(patiently);
/** The state's main action has the focus, so that the next key always means something. */
const mainActionHasFocus = () => page.locator('[data-main-action]:focus').waitFor(patiently);
const dials = () => department.database.prisma.call.count();

describe('a list that dials by itself', () => {
  it('waits while the rep types, and dials when the countdown has run out', async () => {
    await inPhase('idle');
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await page.getByText('слышим вас').waitFor(patiently);
    await page.locator('[data-check-done]:focus').waitFor(patiently);
    await page.keyboard.press('Enter');
    await page.locator('[data-presence="ready"]').waitFor(patiently);
    await page.getByRole('button', { name: 'Следующий' }).click();
    await inPhase('card');
    await page.keyboard.press('KeyN');
    await countdown('typing');
    expect(await dials()).toBe(0);
    await page.keyboard.press('Escape');
    await inPhase('wrapUp');
    await mainActionHasFocus();
    expect(await dials()).toBe(1);
  });

  it('opens the next card by itself once the outcome is saved, and Esc stops its countdown for good', async () => {
    // It stays for four seconds.
    await Promise.all([inPhase('saved'), page.keyboard.press('Enter')]);
    await countdown('runs');
    await inPhase('card');
    await countdown('runs');
    await page.keyboard.press('Escape');
    await page.locator('[data-countdown]').waitFor({ state: 'detached', ...patiently });
    await mainActionHasFocus();
    expect(await dials()).toBe(1);
    await page.keyboard.press('Enter');
    await inPhase('wrapUp');
    await mainActionHasFocus();
    expect(await dials()).toBe(2);
  });
});

/** So many of the list answered before that its cap leaves room, and its threshold has learned to use it. */
async function letTheCapLeaveRoom(): Promise<void> {
  const { prisma } = department.database;
  const first = await prisma.call.findFirstOrThrow();
  const { repId, companyId, listId, phoneE164, carrier, day, companyDay, hour, intentAt } = first;
  const answered = {
    repId,
    companyId,
    listId,
    phoneE164,
    carrier,
    day,
    companyDay,
    hour,
    intentAt,
    answeredAt: intentAt,
    disposedAt: intentAt,
  };
  await prisma.call.createMany({
    data: Array.from({ length: 100 }, () => ({ ...answered, state: 'ended' as const, answeredBy: 'human' })),
  });
  await prisma.callList.updateMany({ data: { dialMode: 'parallel', lines: 3, lineThreshold: 0.5 } });
}

describe('a list dialled on several lines', () => {
  it('rings three, gives the rep the first who answers, and makes whoever else answered the next call of today', async () => {
    const { prisma } = department.database;
    await letTheCapLeaveRoom();
    await page.keyboard.press('Enter');
    await inPhase('card');
    await page.getByRole('button', { name: 'до 3 линий' }).waitFor(patiently);
    await mainActionHasFocus();
    // Who answers does so in a moment: whoever began to look only then could come too late on a busy machine.
    await Promise.all([inPhase('lines'), page.locator('[data-line]').nth(2).waitFor(patiently), page.keyboard.press('Enter')]);
    expect(await prisma.call.count({ where: { volleyId: { not: null } } })).toBe(3);
    await inPhase('calling');
    const winner = await prisma.call.findFirstOrThrow({ where: { volleyId: { not: null }, untaken: false }, include: { company: true } });
    await page.getByRole('heading', { name: winner.company.name }).waitFor(patiently);
    await expect.poll(() => prisma.call.count({ where: { abandonedAt: { not: null }, disposedAt: { not: null } } }), patiently).toBe(1);
    await mainActionHasFocus();
    await page.keyboard.press('Space');
    await inPhase('wrapUp');
    await page.keyboard.press('Digit2');
    await page.locator('[data-outcome][aria-pressed="true"]').waitFor(patiently);
    await page.keyboard.press('Enter');
    await inPhase('saved');
    await page.getByRole('button', { name: 'Следующий' }).click();
    await inPhase('card');
    const owed = await prisma.promise.findFirstOrThrow({ include: { company: true } });
    expect(owed).toMatchObject({ origin: 'abandoned', repId: winner.repId, status: 'open' });
    await page.getByRole('heading', { name: owed.company.name }).waitFor(patiently);
    expect(await page.locator('[data-why]').textContent()).not.toBe('');
  });
});
