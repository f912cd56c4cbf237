import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resumeImports, runImport } from '../../server/app/imports/run-import.ts';
import type { ImportParts } from '../../server/app/imports/start-import.ts';
import { importDesk, type ImportDesk } from '../support/import-desk.ts';

// 12:00 in Moscow on a Monday.
const now = new Date('2026-11-23T09:00:00Z');
let desk: ImportDesk;
let database: ImportDesk['database'];
let parts: ImportDesk['parts'];
const start: ImportDesk['start'] = (...given) => desk.start(...given);
const run: ImportDesk['run'] = (...given) => desk.run(...given);

beforeEach(async () => {
  desk = await importDesk(now);
  ({ database, parts } = desk);
});
afterEach(() => desk.close());

const table = [
  ['Название', 'ИНН', 'Телефон', 'Контакт', 'Регион', 'Канал', 'Оборот'],
  ['ООО «Север»', '7701234567', '8 (343) 227-12-13 доб. 12; +7 912 000-11-22', 'Иванова Мария', 'Свердловская обл.', 'Опт', '=1+1'],
  ['АО «Юг, и Ко»', '', '+7 863 210-10-10', '', 'Ростовская область', '', '12'],
];
const csvOf = (rows: string[][], delimiter: string): string =>
  rows.map((row) => row.map((cell) => (/[",;\t\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)).join('\r\n');

async function xlsxOf(rows: (string | number)[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Лист1').addRows(rows);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const companies = () =>
  database.prisma.company.findMany({
    orderBy: { id: 'asc' },
    include: { phones: { orderBy: { position: 'asc' } }, contacts: true, region: true, channel: true },
  });

async function expectTheTable() {
  const [north, south] = await companies();
  expect(north).toMatchObject({
    name: 'ООО «Север»',
    taxNumber: '7701234567',
    timeZone: 'Asia/Yekaterinburg',
    region: { name: 'Свердловская область' },
    channel: { name: 'Опт' },
  });
  expect(north?.phones.map(({ e164, extension }) => [e164, extension])).toEqual([
    ['+73432271213', '12'],
    ['+79120001122', null],
  ]);
  expect(north?.contacts.map(({ name }) => name)).toEqual(['Иванова Мария']);
  expect(north?.fields).toEqual({ Оборот: '=1+1' });
  expect(south).toMatchObject({ name: 'АО «Юг, и Ко»', taxNumber: null, timeZone: 'Europe/Moscow' });
}

describe('files', () => {
  const encodings = { 'UTF-8': 'utf8', 'UTF-16 LE': 'utf-16le', 'UTF-16 BE': 'utf-16be', 'Windows-1251': 'win1251' };
  const withMark = ['UTF-8', 'UTF-16 LE', 'UTF-16 BE'];
  for (const [name, encoding] of Object.entries(encodings)) {
    for (const delimiter of [',', ';', '\t']) {
      for (const addBOM of withMark.includes(name) ? [true, false] : [false]) {
        it(`reads ${name}${addBOM ? ' with its mark' : ''}, delimiter ${JSON.stringify(delimiter)}`, async () => {
          const result = await run(iconv.encode(csvOf(table, delimiter), encoding, { addBOM }));
          expect(result).toMatchObject({ status: 'done', created: 2, rejected: 0, rowsDone: 2, rowsTotal: 2 });
          await expectTheTable();
        });
      }
    }
  }

  it('reads XLSX, numbers and all', async () => {
    const result = await run(
      await xlsxOf([
        table[0] ?? [],
        ['ООО «Север»', 7701234567, '8 (343) 227-12-13 доб. 12; +7 912 000-11-22', 'Иванова Мария', 'Свердловская обл.', 'Опт', '=1+1'],
        table[2] ?? [],
      ]),
    );
    expect(result).toMatchObject({ status: 'done', created: 2, rejected: 0 });
    await expectTheTable();
  });

  it('says in words why a file is no table', async () => {
    await expect(start('')).rejects.toMatchObject({ code: 'unreadableFile' });
    await expect(start('город\nТула')).rejects.toMatchObject({ code: 'nameColumnMissing' });
    const open = await run('Название,Телефон\nАльфа,+74950000001\n"Бета,+74950000002\nГамма,+74950000003\n');
    expect(open).toMatchObject({ status: 'failed', failure: expect.stringContaining('Кавычка') });
  });
});

describe('rows', () => {
  it('names line, column and reason of each bad row and takes the others', async () => {
    const huge = 'я'.repeat(10 * 1024 * 1024);
    const result = await run(
      [
        'Название;ИНН;Телефон;Категория',
        ';7701234567;+74950000001;A',
        'Альфа;12;+74950000002;',
        `Бета;;${huge};`,
        '"Гам',
        'ма";;нет;',
        'Дельта;;+74950000005;Я',
        'Эпсилон;;+74950000006, 12;B',
      ].join('\n'),
    );
    expect(result).toMatchObject({ status: 'done', created: 1, rejected: 5 });
    expect(result.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, null, 'nameMissing'],
      [3, 'ИНН', 'taxNumberWrong'],
      [4, 'Телефон', 'cellTooLong'],
      [5, 'Телефон', 'phoneUnreadable'],
      [7, 'Категория', 'categoryUnknown'],
      [8, 'Телефон', 'phoneSkipped'],
    ]);
    expect(result.errors.every(({ reason }) => reason.length > 10)).toBe(true);
    // Ten megabytes of one cell are read three times: format, count, rows.
  });

  it('changes nothing when the same file comes again', async () => {
    await run(csvOf(table, ';'));
    const before = await companies();
    expect(await run(csvOf(table, ';'))).toMatchObject({ created: 0, merged: 0, unchanged: 2 });
    expect(await companies()).toEqual(before);
  });

  it('changes nothing when rows of one file that overlap come again', async () => {
    const csv = [
      'Название;ИНН;Телефон;Регион;Контакт;Примечание',
      'Альфа;;+74950000001;Москва;Иванов;раз',
      'Бета;7701234567;+74950000002;Тула;;два',
      // Known by Альфа's number; only after it Бета gets that number too, and its own name would draw it there.
      'Бета;;+74950000001;;Петров;три',
      'Гамма;7701234567;+74950000001;;;четыре',
      'Бета;;+74950000001;;Петров;пять',
    ].join('\n');
    await run(csv);
    const before = await companies();
    expect(await run(csv)).toMatchObject({ created: 0, merged: 0, unchanged: 5, rejected: 0 });
    expect(await run(csv, { dryRun: true })).toMatchObject({ created: 0, merged: 0, unchanged: 5 });
    expect(await companies()).toEqual(before);
  });

  it('names cells that the base could not take', async () => {
    const result = await run('Название;Примечание\nАльфа;нуль\0внутри\nБета;хорошо\n');
    expect(result).toMatchObject({ status: 'done', created: 1, rejected: 1 });
    expect(result.errors.map(({ line, code, value }) => [line, code, value])).toEqual([[2, 'brokenEncoding', 'нуль\uFFFDвнутри']]);
  });

  it('merges by tax number, phone, and name with region, losing nothing of either side', async () => {
    await run(
      'Название;ИНН;Телефон;Регион;Город;Контакт;Примечание\nООО «Альфа»;7701234567;+74950000001;Москва;Москва;Иванов Иван;звонили\n',
    );
    const second = await run(
      [
        'Название;ИНН;Телефон;Регион;Город;Контакт;Примечание;Сайт',
        'Альфа Групп;7701234567;+74950000002;;Химки;Петров Пётр;ждут;alpha.example',
        'Альфа;;+7 495 000-00-01;;;;;',
        '"АО ""АЛЬФА""";;;г. Москва;;;;',
      ].join('\n'),
    );
    expect(second).toMatchObject({ created: 0, merged: 1, unchanged: 2 });
    const [alpha, ...others] = await companies();
    expect(others).toEqual([]);
    expect(alpha).toMatchObject({
      name: 'ООО «Альфа»',
      city: 'Москва',
      site: 'alpha.example',
      notes: 'звонили\nждут',
      fields: { 'Название (из файла)': 'Альфа Групп', 'Город (из файла)': 'Химки' },
    });
    expect(alpha?.phones.map(({ e164 }) => e164)).toEqual(['+74950000001', '+74950000002']);
    expect(alpha?.contacts.map(({ name }) => name).toSorted()).toEqual(['Иванов Иван', 'Петров Пётр']);
  });

  it('remembers the mapping of a header, and takes an own one either way round', async () => {
    const csv = 'Кто;Куда звонить\nАльфа;+74950000001\n';
    expect(await run(csv, { mapping: { name: 'Кто', 'Куда звонить': 'phone' } })).toMatchObject({ status: 'done', created: 1 });
    expect(await run(csv)).toMatchObject({ status: 'done', unchanged: 1 });
  });
});

const many = (count: number): string =>
  [
    'Название;ИНН;Телефон',
    ...Array.from(
      { length: count },
      (_, index) => `Компания ${index % (count - 100)};;+7495${String(1_000_000 + (index % (count - 100)))}`,
    ),
  ].join('\n');

/** How many jobs the sweeper makes of imports that nobody works on. */
async function enqueuedBySweep(app: ImportParts): Promise<number> {
  await database.prisma.outboxEvent.deleteMany();
  await database.prisma.import.updateMany({ data: { createdAt: new Date(now.getTime() - 600_000) } });
  await resumeImports(app, 1);
  return database.prisma.outboxEvent.count();
}

describe('runs', () => {
  it('counts in a dry run what the run then does, and changes nothing', async () => {
    const dry = await run(many(1300), { dryRun: true });
    expect(await companies()).toEqual([]);
    expect(await database.prisma.importDraft.count()).toBe(0);
    const real = await run(many(1300));
    expect([dry.created, dry.merged, dry.unchanged, dry.rejected]).toEqual([1200, 0, 100, 0]);
    expect([real.created, real.merged, real.unchanged, real.rejected]).toEqual([1200, 0, 100, 0]);
  });

  it('goes on where it was killed and doubles nothing', async () => {
    const importId = await start(many(1300));
    let batches = 0;
    const dying: ImportParts = {
      ...parts,
      unitOfWork: {
        run: (work) =>
          parts.unitOfWork.run(async (stores) => {
            const result = await work(stores);
            batches += 1;
            // Taken, found, counted, regions and one batch have gone through: the second batch dies before its commit.
            if (batches > 5) throw new Error('killed');
            return result;
          }),
      },
    };
    await expect(runImport(dying, importId)).rejects.toThrow('killed');
    expect(await database.prisma.import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({
      status: 'running',
      rowsDone: 500,
      created: 500,
    });
    const heldStill = await enqueuedBySweep(parts);
    await runImport(parts, importId);
    expect(await database.prisma.import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({ rowsDone: 500 });
    const later = desk.partsAt(new Date(now.getTime() + 61_000));
    expect([heldStill, await enqueuedBySweep(later)]).toEqual([0, 1]);
    await Promise.all([runImport(later, importId), runImport(later, importId)]);
    expect(await database.prisma.import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({
      status: 'done',
      rowsDone: 1300,
      created: 1200,
      unchanged: 100,
    });
    expect(await database.prisma.company.count()).toBe(1200);
  });

  it('fills a list in the order of the file and promises fresh leads to who works it today', async () => {
    const list = await database.prisma.callList.create({ data: { name: 'Выставка' } });
    await database.prisma.source.create({ data: { name: 'Сайт', obligationMinutes: 15 } });
    const reps = await Promise.all(
      [1, 2].map((number) =>
        database.prisma.user.create({ data: { email: `rep${number}@test`, name: `Сотрудник ${number}`, passwordHash: 'x', role: 'rep' } }),
      ),
    );
    const day = new Date('2026-11-23T00:00:00Z');
    for (const rep of reps)
      await database.prisma.listAssignment.create({ data: { listId: list.id, repId: rep.id, startsOn: day, endsOn: day } });
    const csv = 'Название;Телефон;Источник\nАльфа;+74950000001;сайт\nБета;+74950000002;Справочник\nГамма;+74950000003;Сайт\n';
    await run(csv, { listId: list.id });
    const entries = await database.prisma.listEntry.findMany({
      orderBy: { position: 'asc' },
      include: { company: { include: { lead: { include: { queue: true } } } } },
    });
    expect(entries.map(({ company }) => company.name)).toEqual(['Альфа', 'Бета', 'Гамма']);
    expect(entries.every(({ company }) => company.lead?.listId === list.id && company.lead.queue !== null)).toBe(true);
    const promises = await database.prisma.promise.findMany({ orderBy: { companyId: 'asc' } });
    expect(promises.map(({ repId, origin, deadlineAt }) => [repId, origin, deadlineAt.toISOString()])).toEqual(
      reps.map(({ id }) => [id, 'source', '2026-11-23T09:15:00.000Z']),
    );
    expect(await run(csv, { listId: list.id })).toMatchObject({ created: 0, merged: 0, unchanged: 3 });
  });
});
