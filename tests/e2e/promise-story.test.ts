import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let companyIds: readonly number[];

const minutesFromNow = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
const companyId = (place: number): number => companyIds[place] ?? 0;
const repId = (place: number): number => department.reps[place]?.id ?? 0;

/** A promise as it stands in the base; what was promised happened before the story begins. */
async function promised(place: number, keeperId: number, at: Date): Promise<void> {
  const { prisma } = department.database;
  const { timeZone } = await prisma.company.update({ where: { id: companyId(place) }, data: { ownerId: keeperId } });
  const times = { startsAt: at, promisedAt: at, deadlineAt: new Date(at.getTime() + 300_000), localTime: at.toISOString().slice(0, 16) };
  await prisma.promise.create({ data: { companyId: companyId(place), repId: keeperId, kind: 'exact', timeZone, ...times } });
}

/** Promises of yesterday that are judged: two kept on time, one late, one broken. */
async function judged(keeperId: number): Promise<void> {
  const yesterday = minutesFromNow(-60 * 24);
  const [day, { teamId }] = [
    new Date(yesterday.toISOString().slice(0, 10)),
    await department.database.prisma.user.findUniqueOrThrow({ where: { id: keeperId } }),
  ];
  const times = { startsAt: yesterday, promisedAt: yesterday, deadlineAt: yesterday, localTime: yesterday.toISOString().slice(0, 16) };
  for (const [place, outcome] of (['onTime', 'onTime', 'late', 'broken'] as const).entries())
    await department.database.prisma.promise.create({
      data: {
        ...{
          companyId: companyId(8 + place),
          repId: keeperId,
          countedRepId: keeperId,
          teamId,
          day,
          hour: 12,
          kind: 'exact',
          timeZone: 'UTC',
        },
        ...{ ...times, status: 'fulfilled', outcome, dialledAt: outcome === 'broken' ? null : yesterday },
      },
    });
}

/** Puts each lead where its facts now say. */
const requeue = (): Promise<unknown> =>
  requeueAll({
    unitOfWork: prismaUnitOfWork(department.database.prisma),
    settings: settingsReader(department.database.pool),
    clock: { now: () => new Date() },
  });

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 12 });
  const { prisma } = department.database;
  companyIds = (await prisma.company.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
  // The next promise of rep1 is nearer than any cold call is likely to end; rep2 is late with one.
  await prisma.setting.create({ data: { key: 'queue', value: { takeOverBeforeLateMinutes: 0 } } });
  await prisma.setting.create({ data: { key: 'promises', value: { guardMinutes: 120, perQuarterHour: 1 } } });
  await promised(0, repId(0), minutesFromNow(60));
  await promised(1, repId(1), minutesFromNow(-60));
  await judged(repId(0));
  await prisma.company.update({ where: { id: companyId(2) }, data: { doNotCall: true } });
  await prisma.company.update({ where: { id: companyId(3) }, data: { status: 'notNow', notNowUntil: minutesFromNow(60 * 24 * 40) } });
  await prisma.phone.updateMany({ where: { companyId: companyId(4) }, data: { retiredAt: new Date() } });
  await prisma.lead.update({ where: { companyId: companyId(5) }, data: { retryAt: minutesFromNow(60), triesTotal: 1 } });
  // One promise fills a quarter of an hour.
  await prisma.company.updateMany({ where: { id: { in: [companyId(6), companyId(7)] } }, data: { ownerId: repId(1) } });
  await requeue();
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const headAt = (path: string): Promise<Page> => signedInPage(browser, server.url, { email: 'head@test.local', path });

describe('a promise from its making to its keeping', () => {
  it('at a full time asks once, and is marked', async () => {
    const page = await headAt('/companies');
    const wish = async (place: number): Promise<void> => {
      await page.goto(`/companies/${companyId(place)}`);
      await page.getByRole('button', { name: 'Обещать' }).waitFor(patiently);
      await page.keyboard.press('p');
      await page.locator('[data-when]').fill('завтра 11');
    };
    await wish(6);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Обещание записано').waitFor(patiently);
    await wish(7);
    // Seen before it is asked: the quarters shown are those of the owner, who keeps it, not of the head.
    await page.getByText('уже 1').waitFor(patiently);
    let refuse = (): void => undefined;
    const mayRefuse = new Promise<void>((resolve) => (refuse = resolve));
    await page.route('**/api/promises', async (route) => {
      await mayRefuse;
      await route.continue();
    });
    await page.keyboard.press('Control+Enter');
    // Accepted too early it is accepted of nothing: the refusal that comes then asks all the same.
    await page.getByRole('button', { name: 'Всё равно обещать' }).click(patiently);
    refuse();
    await page.getByRole('alert').getByRole('button', { name: 'Всё равно обещать' }).click(patiently);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Обещание записано').waitFor(patiently);
    const made = await department.database.prisma.promise.findMany({
      where: { companyId: { in: [companyId(6), companyId(7)] } },
      orderBy: { id: 'asc' },
    });
    expect(made.map(({ overCapacity }) => overCapacity)).toEqual([false, true]);
    // On the company's card and in its history, on the rep's day, and in the list of what is open: that one only.
    await expect.poll(() => page.getByText('на занятое время').count(), patiently).toBe(2);
    await page.goto(`/day?repId=${repId(1)}&date=${made[1]?.localTime.slice(0, 10)}`);
    const slotOf = (place: number) => page.locator(`ol [data-slot="${made[place]?.id}"]`);
    await slotOf(1).getByText('на занятое время').waitFor(patiently);
    expect(await slotOf(0).getByText('на занятое время').count()).toBe(0);
    await page.goto('/promises?open=true');
    await page.getByRole('row', { name: 'Company 8' }).getByText('на занятое время').waitFor(patiently);
    expect(await page.getByText('на занятое время').count()).toBe(1);
  });

  it.each([
    ['rep1', '/work', 1],
    ['lead', '/team', 4],
    ['head', '/morning', 4],
  ])('is counted on the page of %s, each figure with exactly the promises behind it', async (name, path, open) => {
    const page = await signedInPage(browser, server.url, { email: `${name}@test.local`, path });
    const figures = page.locator('[data-promise-figures]');
    await figures.getByText('вовремя').waitFor(patiently);
    const addressOf = async (figure: string): Promise<string> =>
      (await figures.getByRole('link').filter({ hasText: figure }).getAttribute('href')) ?? figure;
    const behind = [
      ['вовремя', 4],
      ['поздно', 1],
      ['сорвано', 1],
      ['9 из 10', 3],
      ['открыто', open],
      ['самое старое', open],
    ] as const;
    const addresses = await Promise.all(behind.map(async ([figure, rows]) => [await addressOf(figure), rows] as const));
    for (const [address, rows] of addresses) {
      await page.goto(address);
      const grid = page.getByRole('grid', { name: 'Обещания' });
      await expect.poll(() => grid.locator('[role=row][aria-rowindex]').count(), patiently).toBe(rows);
    }
  });

  it('is named early when it will be late, and goes to a free colleague by the keyboard, which its history tells', async () => {
    const soon = minutesFromNow(20);
    for (const place of [8, 9, 10, 11]) await promised(place, repId(0), soon);
    await requeue();
    const date = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(soon);
    const page = await signedInPage(browser, server.url, { email: 'lead@test.local', path: '/day' });
    await page.goto(`/day?repId=${repId(0)}&date=${date}`);
    await page.getByText('риск опоздать').first().waitFor(patiently);
    const hand = page.getByRole('button', { name: 'Передать коллеге' }).last();
    const company = (await hand.getAttribute('aria-label'))?.replace('Передать коллеге: ', '') ?? '';
    await hand.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Кому').and(page.locator(':focus')).waitFor(patiently);
    await page
      .getByRole('dialog')
      .locator('option')
      .nth(1)
      .waitFor({ ...patiently, state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('вместе не успеть');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Обещание передано').waitFor(patiently);
    await page.getByRole('button', { name: `Передать коллеге: ${company}` }).waitFor({ ...patiently, state: 'detached' });

    const promise = await department.database.prisma.promise.findFirstOrThrow({
      where: { company: { name: company }, status: 'open' },
    });
    expect(promise.repId).toBe(repId(1));
    const taker = await signedInPage(browser, server.url, { email: 'rep2@test.local', path: '/day' });
    await taker.goto(`/day?date=${date}`);
    await taker.locator(`ol [data-slot="${promise.id}"]`).getByText(company).waitFor(patiently);
    await taker.goto('/promises?open=true');
    await taker.getByRole('row', { name: company }).click(patiently);
    const deed = taker.getByRole('dialog').getByRole('listitem').filter({ hasText: 'вместе не успеть' });
    expect(await deed.innerText(patiently)).toMatch(/rep2[^]*lead/u);
  });

  it('holds a cold call back while a promise is near, and gives the team what an absent colleague has promised', async () => {
    const page = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
    await page.locator('[data-main-action]:focus').waitFor(patiently);
    await page.keyboard.press('Space');
    await page.locator('[data-check-done]:focus').waitFor(patiently);
    await page.keyboard.press('Enter');
    await page.locator('[data-presence="ready"]').waitFor(patiently);
    await page.locator('[data-main-action]:focus').waitFor(patiently);
    await Promise.all([page.waitForResponse('**/api/queue/next', patiently), page.keyboard.press('Space')]);
    await page.locator('[data-queue-empty]').getByText('Следующее обещание').waitFor(patiently);
    // While it is being answered the key asks nothing.
    await page.locator('[data-main-action]:enabled').waitFor(patiently);

    await department.database.prisma.user.update({ where: { id: repId(1) }, data: { absentFrom: minutesFromNow(-60 * 24) } });
    await page.keyboard.press('Space');
    await page.getByRole('heading', { level: 1, name: 'Company 2' }).waitFor(patiently);
    expect(await page.locator('[data-why]').innerText()).toContain('за коллегу: rep2');
  });

  it('says why a company is in nobody’s queue, and what to do about it', async () => {
    const page = await headAt('/companies');
    const reasons = [
      [0, 'обещано на более позднее время', 'дождаться времени или перенести обещание'],
      [2, 'стоит запрет звонить', 'снять запрет звонить'],
      [3, 'в списке «не сейчас»', 'вернуть компанию в работу'],
      [4, 'нет действующего телефона', 'добавить телефон'],
      [5, 'пауза после прошлого набора', 'вернётся сама'],
    ] as const;
    for (const [place, why, fix] of reasons) {
      await page.goto(`/companies/${companyId(place)}`);
      await page.getByRole('button', { name: 'Почему в очереди' }).waitFor(patiently);
      await page.keyboard.press('q');
      const item = page.getByRole('dialog').getByRole('listitem').filter({ hasText: why });
      await item.getByText(fix).waitFor(patiently);
    }
  });
});
