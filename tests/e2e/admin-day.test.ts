import type { Browser, Page, WebSocket } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

const email = 'novichok@test.local';
/** Within this the access of a disabled person has ended everywhere. */
const accessEndsWithin = { timeout: 5_000 };

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;
let password = '';

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 2 });
  server = await ServerProcess.start({ databaseUrl: base.url });
  page = await signedInPage(browser, server.url, { email: 'admin@test.local', path: '/admin/users' });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const group = async (name: string): Promise<void> => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor(patiently);
};
const save = (): Promise<void> => page.getByRole('button', { name: 'Сохранить' }).click();
const stored = (key: string) => department.database.prisma.setting.findUnique({ where: { key } }).then((row) => row?.value);

describe('an admin runs the department', () => {
  it('creates a rep with role, team and norms, and gets the password once', async () => {
    await page.getByRole('button', { name: 'Новый человек' }).click();
    const sheet = page.getByRole('dialog', { name: 'Новый человек' });
    await sheet.getByLabel('Имя').fill('Новичок Пётр');
    await sheet.getByLabel('Почта').fill(email);
    await sheet.getByLabel('Роль').selectOption('rep');
    await sheet.getByLabel('Группа').selectOption({ label: 'First' });
    await sheet.locator('[id="user-norms.dials"]').fill('45');
    await sheet.getByRole('button', { name: 'Добавить' }).click();
    password = (await page.getByTestId('one-time-password').innerText(patiently)).trim();
    await page.keyboard.press('Escape');
    const made = await department.database.prisma.user.findUniqueOrThrow({ where: { email }, include: { team: true } });
    expect(made).toMatchObject({ role: 'rep', team: { name: 'First' }, norms: { dials: 45 } });
  });

  it('changes calling hours; a wrong hour is said at its field and nothing typed is lost', async () => {
    await page.goto('/admin/settings');
    await page.locator('#setting-from').fill('25:00', patiently);
    await page.locator('#setting-to').fill('19:30');
    await save();
    await page.locator('#setting-from-error').waitFor(patiently);
    expect(await page.locator('#setting-from').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#setting-to').inputValue()).toBe('19:30');
    expect(await page.locator('#setting-from').inputValue()).toBe('25:00');
    await page.locator('#setting-from').fill('09:15');
    await save();
    await expect.poll(() => stored('callingHours'), patiently).toMatchObject({ from: '09:15', to: '19:30' });
  });

  it('changes a pause between tries and the rule of an outcome', async () => {
    await group('Повторы');
    await page.locator('#setting-noAnswerMinutes').fill('95');
    await save();
    await expect.poll(() => stored('retry'), patiently).toMatchObject({ noAnswerMinutes: 95 });
    await group('Итоги звонка');
    await page
      .getByRole('checkbox', { name: /^Нужна заметка: / })
      .first()
      .check();
    await save();
    await expect.poll(() => stored('dispositions'), patiently).toMatchObject({ overrides: { callBack: { noteRequired: true } } });
  });

  it('disables him: his session, his socket and his page end by themselves', async () => {
    const his = await signedInPage(browser, server.url, { email, password, path: '/work' });
    const sockets: WebSocket[] = [];
    his.on('websocket', (socket) => sockets.push(socket));
    await his.reload();
    await his.locator('[data-action-bar="idle"]').waitFor(patiently);
    await expect.poll(() => sockets.at(-1)?.isClosed(), patiently).toBe(false);
    await page.goto('/admin/users');
    await page.getByRole('row').filter({ hasText: 'Новичок Пётр' }).click(patiently);
    const sheet = page.getByRole('dialog', { name: 'Новичок Пётр' });
    await sheet.getByRole('button', { name: 'Отключить' }).click();
    const dialog = page.getByRole('dialog', { name: 'Отключить: Новичок Пётр' });
    await dialog.getByRole('button', { name: 'Отключить' }).click();
    await his.waitForURL('**/login**', accessEndsWithin);
    expect(sockets.at(-1)?.isClosed()).toBe(true);
    expect((await his.request.get('/api/me')).status()).toBe(401);
    await his.getByLabel('Почта').fill(email);
    await his.getByLabel('Пароль', { exact: true }).fill(password);
    await his.keyboard.press('Enter');
    await his.getByText('Почта или пароль не подходят', { exact: false }).waitFor(patiently);
    await page.getByText('Новичок Пётр: доступ закрыт', { exact: false }).waitFor(patiently);
  });
});
