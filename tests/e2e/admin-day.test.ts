import { generate } from 'otplib';
import type { Browser, Page, WebSocket } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

const email = 'novichok@test.local';

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
});

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
    await his.waitForURL('**/login**', patiently);
    expect(sockets.at(-1)?.isClosed()).toBe(true);
    expect((await his.request.get('/api/me')).status()).toBe(401);
    await his.getByLabel('Почта').fill(email);
    await his.getByLabel('Пароль', { exact: true }).fill(password);
    await his.keyboard.press('Enter');
    await his.getByText('Почта или пароль не подходят', { exact: false }).waitFor(patiently);
    await page.getByText('Новичок Пётр: доступ закрыт', { exact: false }).waitFor(patiently);
  });
});

describe('anyone looks after his own account', () => {
  let own: Page;
  const lead = { email: 'lead@test.local', path: '/team' };

  it('opens it by key and ends a session elsewhere, whose page goes to sign-in', async () => {
    const elsewhere = await signedInPage(browser, server.url, lead);
    own = await signedInPage(browser, server.url, lead);
    await own.getByRole('heading', { level: 1 }).waitFor(patiently);
    await own.keyboard.press('Control+Comma');
    await own.waitForURL('**/profile', patiently);
    await own.getByText('Этот сеанс').waitFor(patiently);
    await own.getByRole('button', { name: /^Завершить сеанс: Chrome/ }).click();
    await elsewhere.waitForURL('**/login**', patiently);
    await expect.poll(() => own.evaluate(() => document.activeElement?.textContent), patiently).toBe('Где вы вошли');
    await elsewhere.context().close();
  });

  it('is told at the field that the password is wrong, keeps what he typed, and changes it', async () => {
    await own.getByLabel('Текущий пароль').fill('not this one');
    await own.getByLabel('Новый пароль').fill('quite another one');
    await own.keyboard.press('Enter');
    await own.locator('#profile-currentPassword-error').waitFor(patiently);
    expect(await own.getByLabel('Новый пароль').inputValue()).toBe('quite another one');
    await own.locator('#profile-currentPassword:focus').waitFor(patiently);
    await own.keyboard.press('Control+A');
    await own.keyboard.type('demo-demo-demo');
    await own.keyboard.press('Enter');
    await own.getByText('Пароль сменён', { exact: false }).waitFor(patiently);
  });

  it('turns the code on by keyboard, is asked for it at sign-in, and turns it off with the password', async () => {
    await own.getByRole('button', { name: 'Включить' }).press('Enter');
    const setup = own.getByRole('dialog', { name: 'Вход с кодом' });
    const secret = (await setup.locator('[data-totp-secret]').innerText(patiently)).replaceAll(' ', '');
    await setup.getByLabel('Шесть цифр из приложения').fill(await generate({ secret }));
    await own.keyboard.press('Enter');
    await own.getByText('Включён', { exact: true }).waitFor(patiently);
    const login = { email: lead.email, password: 'quite another one' };
    const asked = await own.request.post('/api/auth/login', { data: login, headers: { origin: server.url } });
    expect(await asked.json()).toMatchObject({ code: 'totpNeeded' });
    await own.getByRole('button', { name: 'Выключить' }).press('Enter');
    await own.getByRole('dialog').getByLabel('Текущий пароль').fill('quite another one');
    await own.keyboard.press('Enter');
    await own.getByText('Выключен', { exact: true }).waitFor(patiently);
  });
});
