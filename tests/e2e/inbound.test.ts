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
let knownNumber: string;
let knownCallId: number;
let unknownCallId: number;

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 });
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
}, 300_000);

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
  }, 180_000);

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
  }, 240_000);

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
  }, 240_000);
});

describe('the head', () => {
  let page: Page;
  beforeAll(async () => {
    page = await signedInPage(browser, server.url, { email: 'head@test.local', path: '/matrix' });
  }, 180_000);

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
  }, 180_000);

  it('goes from a day of the ledger to its recordings, and hears one', async () => {
    const { prisma } = department.database;
    const status = async () => (await prisma.recording.findUnique({ where: { callId: knownCallId } }))?.status;
    await expect.poll(status, patiently).toBe('ready');
    await page.goto('/calls/ledger');
    await page.getByText('Сверка записей').first().waitFor(patiently);
    await page.getByRole('table').getByRole('link').first().click(patiently);
    await page.waitForURL(/\/calls\/recordings\?from=.*&to=/, patiently);
    const row = page.getByRole('row').filter({ hasText: 'Company 1' });
    await row.getByRole('button', { name: 'Слушать' }).click(patiently);
    const player = page.getByRole('region', { name: 'Плеер записи' });
    await player.getByRole('link', { name: /Company 1/ }).waitFor(patiently);
    await expect.poll(async () => Number(await player.getByLabel('Место в записи').inputValue()), patiently).toBeGreaterThan(0);
    await expect.poll(() => prisma.recordingListen.count(), patiently).toBeGreaterThan(0);
  }, 180_000);

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
    expect((await deal()).stage.position).toBe(4);
    await page.keyboard.press('ArrowLeft');
    await card(2).waitFor(patiently);
    await expect.poll(async () => (await deal()).stage.position, patiently).toBe(3);
  }, 180_000);

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
    expect(await page.getByText('Великий Устюг').count()).toBeGreaterThan(0);
  }, 180_000);

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
  }, 180_000);
});

it('the rep calls back by a button whom he had waved on, once the message is a task', async () => {
  const { prisma } = department.database;
  await expect.poll(() => prisma.task.count({ where: { callId: unknownCallId, kind: 'voicemail' } }), patiently).toBe(1);
  await repPage.goto('/calls/missed');
  await repPage.locator(`[data-missed="${unknownCallId}"]`).getByRole('button', { name: 'Перезвонить' }).click(patiently);
  await repPage.waitForURL('**/work', patiently);
  await repPage.locator('[data-action-bar="card"]').waitFor(patiently);
  await repPage.getByText('пропущенный звонок').first().waitFor(patiently);
}, 180_000);
