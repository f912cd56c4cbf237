import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextCall } from '../../server/contract/http/queue.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { consoleBrowser, patiently, signedInPage } from '../support/console-browser.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

const header = ['Название', 'ИНН', 'Телефон', 'Город', 'Категория'];
const towns = ['Екатеринбург', 'Казань', 'Тверь', 'Ярославль'];
const trades = ['Металлоснаб', 'Пищепром', 'Складские системы', 'Упаковка', 'Промклимат', 'Вентмаш', 'Электрощит', 'Тара'];

const company = (index: number): string[] => [
  `ООО «${trades[index % trades.length]} ${towns[index % towns.length]}»`,
  String(7_700_000_100 + index),
  `8 (900) 000-0${String(index).padStart(1, '0')}-${String(10 + index)}`,
  towns[index % towns.length] ?? '',
  'ABC'[index % 3] ?? '',
];
/** Lines 8 and 9 of the file are wrong: one by its phone, one by its tax number. */
const csvRows = [
  header,
  ...[0, 1, 2, 3, 4, 5].map(company),
  ['ЗАО «Без номера»', '7700000201', 'уточнить у секретаря', 'Казань', 'B'],
  ['ИП Кривой ИНН', '77', '8 900 000-09-90', 'Тверь', 'C'],
];
const csvFile = {
  name: 'Выставка Металл.csv',
  mimeType: 'text/csv',
  buffer: iconv.encode(csvRows.map((row) => row.join(';')).join('\r\n'), 'windows-1251'),
};

async function xlsxFile(): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Компании').addRows([header, company(6), company(7)]);
  const buffer = Buffer.from(await workbook.xlsx.writeBuffer());
  return { name: 'Справочник.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer };
}

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await consoleBrowser();
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 0 });
  server = await ServerProcess.start({ databaseUrl: base.url });
  page = await signedInPage(browser, server.url, { email: 'head@test.local', path: '/imports' });
});

afterAll(async () => {
  await browser.close();
  await server.end();
  await department.close();
  await base.drop();
});

const choose = (file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> =>
  page.locator('input[type="file"]').setInputFiles(file);
const result = () => page.locator('section[aria-live="polite"]');
/** The four counts as the screen shows them. */
async function counts(): Promise<string> {
  return (await result().innerText()).replaceAll(/\s+/g, ' ');
}
async function finished(expected: { created: number; unchanged: number; rejected: number }): Promise<void> {
  const { created, unchanged, rejected } = expected;
  await expect
    .poll(counts, patiently)
    .toMatch(new RegExp(`Готово .*Новых ${created} Дополнено 0 Без изменений ${unchanged} Отклонено ${rejected}`));
}
const load = (): Promise<void> => page.getByRole('button', { name: 'Загрузить', exact: false }).click();
const again = (): Promise<void> => page.getByRole('button', { name: 'Другой файл' }).click();

describe('the head brings companies and hands them out', () => {
  it('sees what the columns of a Windows-1251 file mean, and what is wrong with it before anything is kept', async () => {
    await page.getByText('Импортов ещё не было').waitFor(patiently);
    await choose(csvFile);
    await page.getByText('windows-1251', { exact: false }).waitFor(patiently);
    for (const [column, field] of [
      ['Название', 'name'],
      ['ИНН', 'taxNumber'],
      ['Телефон', 'phone'],
      ['Город', 'city'],
      ['Категория', 'category'],
    ]) {
      expect(await page.getByLabel(`Что это: ${column}`, { exact: true }).inputValue()).toBe(field);
    }
    await page.getByText('ООО «Металлоснаб Екатеринбург»', { exact: false }).waitFor(patiently);
    await page.getByRole('button', { name: 'Проверить' }).click();
    await page.getByText('Проверка, база не тронута').waitFor(patiently);
    await finished({ created: 6, unchanged: 0, rejected: 2 });
    expect(await department.database.prisma.company.count()).toBe(0);
  });

  it('loads it into a new list, watches the progress and reads each wrong row with line and column', async () => {
    await page.getByLabel('В список').selectOption({ label: 'Новый список' });
    expect(await page.getByLabel('Название списка').inputValue()).toBe('Выставка Металл');
    await load();
    await page.getByText('Проверка, база не тронута').waitFor({ ...patiently, state: 'detached' });
    await finished({ created: 6, unchanged: 0, rejected: 2 });
    expect(await page.getByRole('progressbar').first().getAttribute('aria-valuenow')).toBe('8');

    await page.getByRole('link', { name: 'Посмотреть строки' }).click();
    const rows = page.getByRole('row');
    const phone = rows.filter({ hasText: 'По этому номеру нельзя позвонить' });
    await phone.waitFor(patiently);
    expect((await phone.innerText()).replaceAll(/\s+/g, ' ')).toBe('8 Телефон По этому номеру нельзя позвонить уточнить у секретаря');
    const tax = rows.filter({ hasText: 'ИНН — это' });
    expect((await tax.innerText()).replaceAll(/\s+/g, ' ')).toBe('9 ИНН ИНН — это 10 или 12 цифр 77');
    await page.getByRole('link', { name: 'К импорту' }).click();
  });

  it('loads the same file again and nothing changes', async () => {
    await choose(csvFile);
    await page.getByText('Так вы загружали такой файл в прошлый раз', { exact: false }).waitFor(patiently);
    await page.getByLabel('В список').selectOption({ label: 'Выставка Металл' });
    await load();
    await finished({ created: 0, unchanged: 6, rejected: 2 });
    expect(await department.database.prisma.company.count()).toBe(6);
    expect(await department.database.prisma.lead.count()).toBe(6);
  });

  it('adds a workbook to the list', async () => {
    await again();
    await choose(await xlsxFile());
    await page.getByText('xlsx', { exact: false }).first().waitFor(patiently);
    await page.getByLabel('В список').selectOption({ label: 'Выставка Металл' });
    await load();
    await finished({ created: 2, unchanged: 0, rejected: 0 });
  });

  it('hands the list to two reps for this week, and each gets a company of his own from it', async () => {
    await page.getByRole('link', { name: 'Раздать список' }).click();
    const dialog = page.getByRole('dialog', { name: 'Раздать «Выставка Металл»' });
    for (const name of ['rep1', 'rep2']) await dialog.getByRole('checkbox', { name }).check(patiently);
    await dialog.getByRole('button', { name: 'Раздать' }).click();
    await page.getByText('Роздано', { exact: true }).waitFor(patiently);
    const row = page.getByRole('listitem').filter({ hasText: 'Выставка Металл' });
    await expect.poll(() => row.innerText(), patiently).toMatch(/Всего 8[\s\S]*rep1[\s\S]*rep2/);

    const given = new Set<string>();
    for (const { email } of department.reps) {
      const rep = await department.signIn(server.url, email);
      given.add((await rep.get(nextCall)).company.name);
    }
    expect(given.size).toBe(2);
    const imported = new Set([0, 1, 2, 3, 4, 5, 6, 7].map((index) => company(index)[0]));
    expect([...given].filter((name) => !imported.has(name))).toEqual([]);
  });
});
