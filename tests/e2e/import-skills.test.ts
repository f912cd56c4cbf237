import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The third asks for a skill that nobody can have. */
const csv = 'Название;Телефон;Нужный навык\nАльфа;+74950000001;английский\nБета;+74950000002;\nГамма;+74950000003;англ.\n';
const csvFile = { name: 'Выставка.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 3 });
  const skill = await department.database.prisma.skill.create({ data: { name: 'Английский' } });
  const [, speaker] = department.reps;
  if (speaker)
    await department.database.prisma.user.update({ where: { id: speaker.id }, data: { skills: { create: { skillId: skill.id } } } });
  server = await ServerProcess.start({ databaseUrl: base.url });
  page = await signedInPage(browser, server.url, { email: 'head@test.local', path: '/imports' });
}, 300_000);

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const dialog = () => page.getByRole('dialog');
const focused = () => page.locator(':focus');
async function givenTo(list: string): Promise<string[]> {
  const given = await department.database.prisma.listAssignment.findMany({ where: { list: { name: list } }, include: { rep: true } });
  return given.map(({ rep }) => rep.name).toSorted();
}

describe('the head brings a file that asks for skills, by the keyboard', () => {
  it('is led from the file through its result to who gets which of its lists, and to no other list', async () => {
    await page.locator('input[type="file"]').setInputFiles(csvFile);
    await page.getByText('Колонка с навыком раскладывает компании по спискам').waitFor(patiently);
    await expect.poll(() => focused().getAttribute('id'), patiently).toBe(await page.getByLabel('В список').getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await page.getByText('Их раздают по навыкам').waitFor(patiently);
    await page.keyboard.press('Control+Enter');

    await page.getByText('в список «Выставка»').waitFor(patiently);
    await expect.poll(() => focused().innerText(), patiently).toContain('Раздать по навыкам');
    await page.keyboard.press('Enter');
    await dialog().getByRole('listitem').filter({ hasText: 'Выставка · Английский' }).getByText('rep2').waitFor(patiently);
    const ticked = () => dialog().locator('input:checked').count();
    expect(await ticked()).toBe(2);
    await page.keyboard.press('Control+Enter');

    await expect.poll(() => givenTo('Выставка · Английский'), patiently).toEqual(['rep2']);
    expect(await givenTo('Выставка')).not.toEqual([]);
    expect(await givenTo('List')).toEqual(['rep1', 'rep2']);
    await dialog().waitFor({ ...patiently, state: 'detached' });
  });

  it('opens a window again after it was left by its button, and goes on from the page', async () => {
    for (const way of ['by its button', 'by a key'] as const) {
      await page.keyboard.press('n');
      await dialog().getByLabel('Название').waitFor(patiently);
      if (way === 'by a key') await page.keyboard.press('Escape');
      else await dialog().getByRole('button', { name: 'Отмена' }).click();
      await dialog().waitFor({ ...patiently, state: 'detached' });
      await expect.poll(() => focused().getAttribute('id'), patiently).toBe('main');
    }
  });
});
