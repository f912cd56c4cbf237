import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxInbound } from '../../server/contract/http/inbound.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The number book: talks until somebody hangs up. */
const talker = '0001';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let repPage: Page;
let colleaguePage: Page;
let knownNumber: string;
let knownCallId: number;
let unknownCallId: number;

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 2 });
  const { prisma } = department.database;
  const lead = await prisma.lead.findFirstOrThrow({ orderBy: { position: 'asc' } });
  await department.setFate(lead.id, talker);
  const contact = await prisma.contact.findFirstOrThrow({ where: { companyId: lead.companyId } });
  const phone = await prisma.phone.findFirstOrThrow({ where: { companyId: lead.companyId } });
  await prisma.phone.update({ where: { id: phone.id }, data: { contactId: contact.id } });
  knownNumber = phone.e164;
  await prisma.setting.create({
    data: { key: 'inbound', value: { ownerRingSeconds: 60, voicemailGreeting: false, voicemailSeconds: 10 } },
  });
  browser = await consoleBrowser();
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

/** Lets a prospect call, as training does. */
async function letCall(from: string): Promise<number> {
  const client = await department.signIn(server.url, 'head@test.local');
  const { callId } = await client.get(sandboxInbound, { body: { from } });
  if (callId === null) throw new Error('the call was not taken');
  return callId;
}

describe('a rep who is called', () => {
  const strip = () => repPage.locator('[data-ring]');

  beforeAll(async () => {
    repPage = await signedInPage(browser, server.url, { email: 'rep1@test.local', path: '/work' }, { permissions: ['microphone'] });
    await repPage.locator('[data-main-action]:focus').waitFor(patiently);
    await repPage.keyboard.press('Space');
    await repPage.locator('[data-check-done]:focus').waitFor(patiently);
    await repPage.keyboard.press('Enter');
    await repPage.locator('[data-presence="ready"]').waitFor(patiently);
  });

  it('sees who calls on any page, answers with a key, talks, hangs up and says what came of it', async () => {
    await repPage.goto('/tasks');
    knownCallId = await letCall(knownNumber);
    await strip().waitFor(patiently);
    expect(await strip().innerText()).toContain('Мария');
    await repPage.locator('[data-answer]:focus').waitFor(patiently);
    await repPage.keyboard.press('Enter');
    await repPage.waitForURL('**/work', patiently);
    await repPage.locator('[data-call-state="answered"]').waitFor(patiently);
    await repPage.locator('[data-action-bar="calling"]').waitFor(patiently);
    await repPage.locator('[data-main-action]:focus').waitFor(patiently);
    const growing = path.join(server.dataDir, 'sandbox', `call-${knownCallId}.growing`);
    await expect.poll(async () => (await stat(growing)).size, patiently).toBeGreaterThan(80_000);
    await repPage.keyboard.press('Space');
    await repPage.locator('[data-action-bar="wrapUp"]').waitFor(patiently);
    await repPage.keyboard.press('4');
    await repPage.locator('[data-outcome="sendOffer"][aria-pressed="true"]').waitFor(patiently);
    await repPage.keyboard.press('Enter');
    await repPage.locator('[data-action-bar="saved"]').waitFor(patiently);
    const call = await department.database.prisma.call.findUniqueOrThrow({ where: { id: knownCallId } });
    expect(call).toMatchObject({ direction: 'inbound', dispositionCode: 'sendOffer', untaken: false });
    expect(call.answeredAt).not.toBeNull();
  });

  it('waves on an unknown number, which becomes a company with a deal and is asked for a message', async () => {
    unknownCallId = await letCall('+78120000077');
    await strip().waitFor(patiently);
    expect(await strip().innerText()).toContain('Новый номер');
    await repPage.keyboard.press('Escape');
    await strip().waitFor({ ...patiently, state: 'detached' });
    const called = () =>
      department.database.prisma.call.findUniqueOrThrow({
        where: { id: unknownCallId },
        include: { company: { include: { deals: true } } },
      });
    expect((await called()).company).toMatchObject({ name: 'Неизвестный +78120000077', deals: [{ status: 'open' }] });
    await expect.poll(async () => (await called()).voicemailAt, patiently).not.toBeNull();
  });
});

describe('the head', () => {
  let page: Page;
  beforeAll(async () => {
    page = await signedInPage(browser, server.url, { email: 'head@test.local', path: '/matrix' });
  });

  it("opens a month's cell: its cards, and from a card the call", async () => {
    const cell = page.getByRole('gridcell', { name: /^Company 1, .*Разговор с ЛПР/ });
    await cell.focus(patiently);
    await page.keyboard.press('Enter');
    const cards = page.getByRole('dialog', { name: 'Company 1' }).getByRole('list', { name: 'Карточки месяца' });
    await cards.getByText('Разговор с ЛПР').waitFor(patiently);
    expect(await cards.innerText()).toContain('Мария');
    await cards.getByRole('link', { name: 'К разговору' }).click();
    await page.waitForURL(`**/calls/${knownCallId}`, patiently);
    await page.getByRole('heading', { name: 'Company 1' }).first().waitFor(patiently);
  });

  it('goes from a day of the ledger to its recordings, and hears one', async () => {
    const { prisma } = department.database;
    const status = async () => (await prisma.recording.findUnique({ where: { callId: knownCallId } }))?.status;
    await expect.poll(status, patiently).toBe('ready');
    await page.goto('/calls/ledger');
    await page.getByText('Сверка записей').first().waitFor(patiently);
    await page.getByRole('table').getByRole('link').first().click(patiently);
    await page.waitForURL(/\/calls\/recordings\?from=.*&to=/, patiently);
    const row = page.getByRole('row').filter({ hasText: 'Company 1' });
    await row.getByRole('button', { name: 'Слушать запись' }).click(patiently);
    const player = page.getByRole('region', { name: 'Плеер записи' });
    await player.getByRole('link', { name: /Company 1/ }).waitFor(patiently);
    await expect.poll(async () => Number(await player.getByLabel('Место в записи').inputValue()), patiently).toBeGreaterThan(0);
    await expect.poll(() => prisma.recordingListen.count(), patiently).toBeGreaterThan(0);
  });

  it('is alarmed by a talk without a recording on every page, opens exactly it, and accepts the loss', async () => {
    const { prisma } = department.database;
    await prisma.call.update({ where: { id: knownCallId }, data: { endedAt: new Date(Date.now() - 3_600_000) } });
    await prisma.recording.update({
      where: { callId: knownCallId },
      data: { status: 'missing', missingReason: 'neverArrived', storageKey: null },
    });
    await page.goto('/deals');
    const alarm = page.locator('[data-ledger-alarm]');
    await alarm.getByText('1 разговор остался без записи').waitFor(patiently);
    await alarm.getByRole('link', { name: 'Показать их' }).click();
    await page.waitForURL('**/calls?recording=overdue', patiently);
    await page.getByRole('row').filter({ hasText: 'Company 1' }).waitFor(patiently);
    await expect.poll(() => page.getByRole('row').count(), patiently).toBe(2);
    await alarm.getByRole('link', { name: 'Сверка записей' }).click();
    await page.getByRole('button', { name: 'Принять потерю' }).click(patiently);
    await alarm.waitFor({ ...patiently, state: 'detached' });
  });

  it('carries the deal of that call to the next stage with an arrow, and back', async () => {
    await page.goto('/deals');
    const stage = (place: number) => page.locator('main section').nth(place);
    const card = (place: number) => stage(place).getByRole('button', { name: /^Company 1/ });
    await card(2).focus(patiently);
    await page.keyboard.press('ArrowRight');
    await card(3).waitFor(patiently);
    await expect.poll(() => card(3).evaluate((element) => element === document.activeElement), patiently).toBe(true);
    expect(await card(2).count()).toBe(0);
    const { prisma } = department.database;
    const deal = () => prisma.deal.findFirstOrThrow({ where: { company: { name: 'Company 1' } }, include: { stage: true } });
    await expect.poll(async () => (await deal()).stage.position, patiently).toBe(4);
    await page.keyboard.press('ArrowLeft');
    await card(2).waitFor(patiently);
    await expect.poll(async () => (await deal()).stage.position, patiently).toBe(3);
  });

  it('corrects a company: what is refused is said at its field, and nothing typed is lost', async () => {
    const { id } = await department.database.prisma.company.findFirstOrThrow({ where: { name: 'Company 2' } });
    await page.goto(`/companies/${id}`);
    await page.getByRole('heading', { name: 'Company 2' }).waitFor(patiently);
    await page.keyboard.press('KeyE');
    const sheet = page.getByRole('dialog', { name: 'О компании' });
    const city = sheet.getByLabel('Город');
    const taxNumber = sheet.getByLabel('ИНН');
    await city.fill('Великий Устюг', patiently);
    await taxNumber.fill('77');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => taxNumber.getAttribute('aria-invalid'), patiently).toBe('true');
    expect([await city.inputValue(), await taxNumber.inputValue()]).toEqual(['Великий Устюг', '77']);

    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'Закрыть без сохранения?' });
    await question.getByRole('button', { name: 'Отмена' }).click(patiently);
    expect(await city.inputValue()).toBe('Великий Устюг');
    await taxNumber.fill('7700000999');
    await page.keyboard.press('Control+Enter');
    await sheet.waitFor({ ...patiently, state: 'hidden' });
    await page.getByText('7700000999').waitFor(patiently);
    await page.getByText('Великий Устюг').first().waitFor(patiently);
  });

  it('promises a contact by hand, which then stands in the history', async () => {
    await department.database.prisma.company.updateMany({
      where: { name: 'Company 2' },
      data: { ownerId: department.reps[0]?.id ?? null },
    });
    await page.keyboard.press('KeyP');
    const dialog = page.getByRole('dialog', { name: 'Когда связаться' });
    await dialog.getByLabel('Когда', { exact: true }).fill('завтра 11', patiently);
    await dialog.getByLabel('О чём').fill('Спросить про склад');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ ...patiently, state: 'hidden' });
    await page.getByRole('listitem').filter({ hasText: 'Спросить про склад' }).waitFor(patiently);
  });
});

it('the rep calls back by a button whom he had waved on, once the message is a task', async () => {
  const { prisma } = department.database;
  await expect.poll(() => prisma.task.count({ where: { callId: unknownCallId, kind: 'voicemail' } }), patiently).toBe(1);
  await repPage.goto('/calls/missed');
  await repPage.locator(`[data-missed="${unknownCallId}"]`).getByRole('button', { name: 'Перезвонить' }).click(patiently);
  await repPage.waitForURL('**/work', patiently);
  await repPage.locator('[data-action-bar="card"]').waitFor(patiently);
  await repPage.getByText('пропущенный звонок').first().waitFor(patiently);
});

describe('a rep who is not alone in his call', () => {
  const inPhase = (page: Page, phase: string) => page.locator(`[data-action-bar="${phase}"]`).waitFor(patiently);
  const partyIs = (page: Page, state: string) => page.locator(`[data-party="${state}"]`).waitFor(patiently);
  const consultIs = (page: Page, state: string) => page.locator(`[data-consult="${state}"]`).waitFor(patiently);
  const talks = (page: Page) => page.locator('[data-call-state="answered"]').waitFor(patiently);
  const mainActionHasFocus = (page: Page) => page.locator('[data-main-action]:focus').waitFor(patiently);
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Перевод' });
  async function chooseColleague(page: Page, name: string): Promise<void> {
    await page.keyboard.press('KeyT');
    await dialog(page).locator('input[role=combobox]:focus').waitFor(patiently);
    await page.keyboard.type(name);
    await page.getByRole('option', { name }).waitFor(patiently);
    await page.keyboard.press('Enter');
    await dialog(page).getByRole('button', { name: 'Перевести сразу', disabled: false }).waitFor(patiently);
  }
  async function chooseNumber(page: Page, number: string): Promise<void> {
    await page.keyboard.press('KeyT');
    await dialog(page).getByRole('radio', { name: 'Номер' }).click(patiently);
    await dialog(page).locator('input[type=tel]:focus').waitFor(patiently);
    await page.keyboard.type(number);
  }

  beforeAll(async () => {
    const phones = department.database.prisma.phone;
    await phones.updateMany({ where: { company: { name: { startsWith: 'Неизвестный' } } }, data: { e164: `+7812000${talker}` } });
    await repPage.reload();
    colleaguePage = await signedInPage(browser, server.url, { email: 'rep2@test.local', path: '/work' }, { permissions: ['microphone'] });
    await colleaguePage.evaluate(() => {
      sessionStorage.setItem('zagon.headset.checked', 'yes');
      sessionStorage.setItem('zagon.presence', 'ready');
    });
    await colleaguePage.reload();
    await colleaguePage.locator('[data-headset="connected"]').waitFor(patiently);
    // The line is up through the shift, whatever page he looks at.
    await colleaguePage.locator('nav a[href="/tasks"]:visible').click();
    await inPhase(repPage, 'card');
    await mainActionHasFocus(repPage);
    await repPage.keyboard.press('Enter');
    await talks(repPage);
  });

  it('asks a colleague in, brings all together and hands the prospect over: the colleague has the call with its card', async () => {
    await chooseColleague(repPage, 'rep2');
    await repPage.keyboard.press('Control+Enter');
    await partyIs(repPage, 'asked');
    await mainActionHasFocus(repPage);
    await consultIs(colleaguePage, 'asked');
    expect(await colleaguePage.locator('[data-consult]').innerText()).toContain('rep1 просит зайти в разговор');
    await colleaguePage.keyboard.press('Alt+KeyJ');
    await partyIs(repPage, 'joined');
    await consultIs(colleaguePage, 'joined');
    expect(await colleaguePage.locator('[data-consult]').innerText()).toContain('вас не слышит');
    await repPage.keyboard.press('KeyJ');
    await partyIs(repPage, 'merged');
    await consultIs(colleaguePage, 'merged');

    await repPage.keyboard.press('Shift+KeyT');
    await inPhase(repPage, 'wrapUp');
    await colleaguePage.waitForURL('**/work', patiently);
    await talks(colleaguePage);
    const handedOn = await repPage.getByRole('heading', { level: 1 }).innerText();
    await colleaguePage.getByRole('heading', { level: 1, name: handedOn }).waitFor(patiently);
    await mainActionHasFocus(colleaguePage);
    await repPage.keyboard.press('Digit4');
    await repPage.locator('[data-outcome="sendOffer"][aria-pressed="true"]').waitFor(patiently);
    await repPage.keyboard.press('Enter');
    await inPhase(repPage, 'saved');
  });

  it('speaks with a number while the prospect waits and comes back to him, then hands him to a colleague unasked', async () => {
    await chooseNumber(colleaguePage, `+7999000${talker}`);
    await colleaguePage.keyboard.press('Control+Enter');
    await partyIs(colleaguePage, 'joined');
    expect(await colleaguePage.locator('[data-party]').innerText()).toContain('Клиент ждёт с музыкой');
    await mainActionHasFocus(colleaguePage);
    await colleaguePage.keyboard.press('KeyX');
    await colleaguePage.locator('[data-party]').waitFor({ ...patiently, state: 'detached' });

    await chooseColleague(colleaguePage, 'rep1');
    await colleaguePage.keyboard.press('Alt+Enter');
    await inPhase(colleaguePage, 'wrapUp');
    await repPage.locator('[data-ring]').waitFor(patiently);
    expect(await repPage.locator('[data-ring]').innerText()).toContain('Передаёт rep2');
    await repPage.locator('[data-answer]:focus').waitFor(patiently);
    await repPage.keyboard.press('Enter');
    await talks(repPage);
    await inPhase(repPage, 'calling');
    await mainActionHasFocus(repPage);
  });

  it('hands the prospect to a number unasked, and his own part ends', async () => {
    await chooseNumber(repPage, `+7999000${talker}`);
    await repPage.keyboard.press('Alt+Enter');
    await inPhase(repPage, 'wrapUp');
    const told = department.database.prisma.callEvent;
    const toTheNumber = { kind: 'transferred', body: { path: ['to'], equals: `+7999000${talker}` } };
    await expect.poll(() => told.count({ where: toTheNumber }), patiently).toBe(1);
  });
});
