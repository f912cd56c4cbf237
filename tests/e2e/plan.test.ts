import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let exhaustedCompanyId: number;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 12 });
  const { prisma } = department.database;
  const lead = await prisma.lead.findFirstOrThrow({ orderBy: { id: 'desc' } });
  exhaustedCompanyId = lead.companyId;
  await prisma.lead.update({ where: { id: lead.id }, data: { exhaustedAt: new Date(), exhaustedReason: 'tries', triesTotal: 8 } });
  const second = await prisma.callList.create({ data: { name: 'Second' } });
  const companies = await prisma.company.findMany({ take: 3, orderBy: { id: 'asc' } });
  await prisma.listEntry.createMany({ data: companies.map(({ id }, position) => ({ listId: second.id, companyId: id, position })) });
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const headAt = (path: string): Promise<Page> => signedInPage(browser, server.url, { email: 'head@test.local', path });

describe('the head plans', () => {
  it('says why a company is in nobody’s queue, and brings it back by the keyboard', async () => {
    const page = await headAt(`/companies/${exhaustedCompanyId}`);
    await page.getByRole('button', { name: 'Почему в очереди' }).waitFor(patiently);
    await page.keyboard.press('q');
    await page.getByText('Не в очереди').waitFor(patiently);
    await page.getByRole('link', { name: 'вернуть из исчерпанных' }).click();
    const table = page.getByRole('grid', { name: 'Исчерпанные' });
    await table.getByText('Попытки кончились').waitFor(patiently);
    await table.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('b');
    await page.getByText('Исчерпанных нет').waitFor(patiently);
    const lead = await department.database.prisma.lead.findUnique({ where: { companyId: exhaustedCompanyId } });
    expect(lead).toMatchObject({ exhaustedAt: null, triesTotal: 0 });
  });

  it('hands a list out by the keyboard alone and by a rule that shows who gets it, each with the way back', async () => {
    const page = await headAt('/lists');
    const given = async (): Promise<string[]> => {
      const rows = await department.database.prisma.listAssignment.findMany({
        where: { list: { name: 'Second' } },
        include: { rep: true },
      });
      return rows.map(({ rep }) => rep.name).toSorted();
    };
    const undo = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Отменить' }).click(patiently);
      await expect.poll(given, patiently).toEqual([]);
    };
    await page.getByRole('button', { name: 'Взять «Second»' }).focus(patiently);
    await page.keyboard.press('Enter');
    await page.locator('[data-put-on]:focus').waitFor(patiently);
    await page.keyboard.press('Enter');
    await expect.poll(given, patiently).toEqual(['rep1']);
    await undo();

    await page.keyboard.press('g');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('по регионам').click(patiently);
    await dialog.getByRole('listitem').filter({ hasText: 'Second' }).getByText('rep1, rep2').waitFor(patiently);
    expect(await given()).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await expect.poll(given, patiently).toEqual(['rep1', 'rep2']);
    await undo();
  });

  it('sees tomorrow with a rep ill beside tomorrow as it stands, and publishes who calls instead', async () => {
    const page = await headAt('/lists/plan');
    const figures = page.locator('[data-plan-figures]');
    await figures.getByText('Звонков').waitFor(patiently);
    await page.getByLabel('rep1 на работе').uncheck();
    await figures.getByText('С изменениями').waitFor(patiently);
    await page.getByRole('button', { name: 'поровну' }).click();
    await page.getByRole('button', { name: 'Опубликовать' }).click(patiently);
    await page.getByRole('dialog').getByText('rep2').first().waitFor(patiently);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Роздано списков: 2').waitFor(patiently);
    await expect.poll(() => page.getByLabel('rep1 звонит по списку «List»').isChecked(), patiently).toBe(false);
  });
});
