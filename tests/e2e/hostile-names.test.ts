import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, follow, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** What somebody may have imported, typed or sent as a name. */
const hostileNames = [
  '<script>document.title="run"</script>',
  '"><img src=x onerror="document.title=\'run\'">',
  '\u202Eобратный «текст» {{1+1}} \u202C',
  `Сверхдлинное${'о'.repeat(160)}`,
  '👩‍🏭 ООО «Завод» 🏭 e\u0301\u0301\u0301 \u200F',
  '=HYPERLINK("http://inside","нажми")',
] as const;
const [scriptName, imageName, , longName, , formulaName] = hostileNames;
const phoneScreen = { width: 390, height: 844 };

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;

/** Every kind of name that a person or a file can give, made hostile in the base. */
async function poison({ prisma }: CallingDepartment['database'], repId: number): Promise<void> {
  const companies = await prisma.company.findMany({ orderBy: { id: 'asc' } });
  const channel = await prisma.channel.create({ data: { name: imageName } });
  for (const [index, { id }] of companies.entries()) {
    const name = hostileNames[index] ?? scriptName;
    const facts = { name, city: name, notes: name, site: 'javascript:document.title="run"', statusReason: name };
    await prisma.company.update({ where: { id }, data: { ...facts, channelId: channel.id } });
    await prisma.contact.updateMany({ where: { companyId: id }, data: { name, position: name } });
    await prisma.note.create({ data: { companyId: id, authorId: repId, text: name } });
    await prisma.task.create({ data: { title: name, companyId: id, assigneeId: repId, dueAt: new Date() } });
  }
  await prisma.user.updateMany({ where: { email: 'rep1@test.local' }, data: { name: imageName } });
  await prisma.user.updateMany({ where: { email: 'lead@test.local' }, data: { name: longName } });
  await prisma.team.updateMany({ data: { name: scriptName } });
  await prisma.callList.updateMany({ data: { name: longName.slice(0, 120) } });
  await prisma.auditEntry.create({ data: { action: imageName, entity: scriptName, details: { why: longName } } });
}

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: hostileNames.length });
  await poison(department.database, department.reps[0]?.id ?? 0);
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

interface Watch {
  page: Page;
  /** What must not happen, as it happened. */
  seen: string[];
}

/** A signed-in page that notes scripts that ran, dialogs, and every violation of the content policy, on all pages it goes to. */
async function watchedPage(person: string, path: string): Promise<Watch> {
  const page = await signedInPage(
    browser,
    server.url,
    { email: `${person}@test.local`, path },
    { permissions: ['microphone'], reducedMotion: 'reduce' },
  );
  const seen: string[] = [];
  page.on('pageerror', (error) => seen.push(`page error: ${error.message}`));
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('reportViolation', (directive: string) => seen.push(`policy broken: ${directive}`));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => reportViolation(event.violatedDirective + ' ' + event.blockedURI))",
  );
  await page.reload();
  return { page, seen };
}

/** What sticks out of the page or of its main part, by tag and words; runs in the browser. */
function sticksOut(): string[] {
  const main = document.querySelector('main');
  const wide = [document.documentElement, main].some((element) => element && element.scrollWidth > element.clientWidth);
  if (!wide) return [];
  const right = (main ?? document.documentElement).getBoundingClientRect().right;
  const leaves = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > right + 1);
  return leaves.slice(-3).map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`);
}

/** Nothing ran, and nothing is wider than the screen. */
async function isCalm({ page, seen }: Watch): Promise<void> {
  const found = { path: page.url(), ran: (await page.title()) === 'run', sticksOut: await page.evaluate(sticksOut), seen };
  expect(found).toEqual({ path: page.url(), ran: false, sticksOut: [], seen: [] });
}

/** Goes through pages on a wide screen and on a phone; each has to be drawn whole before it is judged. */
async function walk(watch: Watch, paths: readonly string[]): Promise<void> {
  const { page } = watch;
  for (const path of paths) {
    await follow(page, path);
    for (const size of [{ width: 1440, height: 900 }, phoneScreen]) {
      await page.setViewportSize(size);
      await page.locator('h1').first().waitFor(patiently);
      await expect.poll(() => page.locator('[aria-busy="true"]').count(), patiently).toBe(0);
      await isCalm(watch);
    }
  }
}

describe('names that mean harm stay words', () => {
  it('the watch sees a script that the policy stopped', async () => {
    const { page, seen } = await watchedPage('head', '/companies');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "run"';
      document.body.append(script);
    });
    await expect.poll(() => seen.length, patiently).toBeGreaterThan(0);
    const policyLine = (line: string): boolean => line.includes('content security policy was broken');
    await expect.poll(() => server.log.filter(policyLine).length, patiently).toBe(1);
  });

  it('on every page that the head opens', async () => {
    const watch = await watchedPage('head', '/companies');
    await watch.page.getByText(scriptName, { exact: false }).first().waitFor(patiently);
    const companies = await department.database.prisma.company.findMany({ select: { id: true } });
    const cards = companies.map(({ id }) => `/companies/${id}`);
    await walk(watch, [
      ...cards,
      '/companies',
      '/lists',
      '/imports',
      '/morning',
      '/team',
      '/tasks',
      '/calls',
      '/day',
      '/handoffs',
      '/attempts',
    ]);
  });

  it('on every page of the admin, in the title and in a toast', async () => {
    const watch = await watchedPage('admin', '/admin/users');
    const { page } = watch;
    await page.getByText(imageName).first().waitFor(patiently);
    await walk(watch, ['/admin/teams', '/admin/settings', '/admin/calendar', '/admin/dictionaries', '/admin/audit', '/admin/users']);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('row').filter({ hasText: imageName }).click(patiently);
    await page.getByRole('dialog', { name: imageName }).waitFor(patiently);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Новый человек' }).click();
    const sheet = page.getByRole('dialog', { name: 'Новый человек' });
    await sheet.getByLabel('Имя').fill(scriptName);
    await sheet.getByLabel('Почта').fill('hostile@test.local');
    await sheet.getByRole('button', { name: 'Добавить' }).click();
    await page.getByText(`${scriptName}: заведено`).waitFor(patiently);
    await page.getByTestId('one-time-password').waitFor(patiently);
    await page.setViewportSize(phoneScreen);
    await isCalm(watch);
  });

  it('in a file that is imported', async () => {
    const watch = await watchedPage('head', '/imports');
    const { page } = watch;
    const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
    const rows = hostileNames.map((name, index) => `${quoted(name)};8900000011${index}`);
    const content = Buffer.from(['Название;Телефон', ...rows, `${quoted(scriptName)};звонить`].join('\n'));
    await page.setViewportSize(phoneScreen);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: '<img src=x onerror=alert(1)>.csv', mimeType: 'text/csv', buffer: content });
    await page.getByRole('button', { name: 'Загрузить' }).click(patiently);
    await page.getByRole('link', { name: 'Посмотреть строки' }).click(patiently);
    await page.getByText('По этому номеру нельзя позвонить').waitFor(patiently);
    await isCalm(watch);
  });

  it('in a file that is exported, where a formula is not one any more', async () => {
    const { page } = await watchedPage('head', '/companies');
    const file = await (await page.request.get('/api/companies/export?format=csv')).text();
    const names = file.split('\r\n').map((line) => line.slice(0, line.indexOf(';')));
    expect(names).toContain(`"'${formulaName.replaceAll('"', '""')}"`);
    expect(names.filter((name) => /^"[=+\-@\t\r]/.test(name))).toEqual([]);
  });

  it('on the card of the rep who calls', async () => {
    const watch = await watchedPage('rep1', '/work');
    const { page } = watch;
    await page.locator('[data-action-bar="idle"] [data-main-action]:focus').waitFor(patiently);
    await page.keyboard.press('Space');
    await page.locator('[data-check-done]:focus').waitFor(patiently);
    await page.keyboard.press('Enter');
    await page.locator('[data-presence="ready"]').waitFor(patiently);
    await page.getByRole('button', { name: 'Следующий' }).click(patiently);
    await page.getByRole('heading', { level: 1, name: scriptName }).waitFor(patiently);
    await isCalm(watch);
    await page.setViewportSize(phoneScreen);
    await isCalm(watch);
  });
});
