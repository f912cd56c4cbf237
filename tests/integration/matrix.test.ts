import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { CompanyParts } from '../../server/app/companies/scope.ts';
import { exportMatrix } from '../../server/app/matrix/export-matrix.ts';
import { planEvent, removePlan } from '../../server/app/matrix/plan-event.ts';
import { readCards, readMatrix, readMatrixFilters } from '../../server/app/matrix/read-matrix.ts';
import { matrixContents, matrixPeople, type MatrixPeople } from '../support/matrix-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { runningServer } from '../support/running-server.ts';

const now = new Date('2026-11-23T09:00:00Z');
const quiet = () => undefined;
let fresh: FreshDatabase;
let database: Database;
let app: CompanyParts;
let people: MatrixPeople;

const page = (actor: Actor, filter = {}, limit = 200, cursor?: string) =>
  readMatrix(app, actor, filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
const names = async (actor: Actor, filter = {}) => (await page(actor, filter)).items.map(({ name }) => name);

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { poolSize: 4 });
  app = {
    clock: { now: () => now },
    log: { info: quiet, warn: quiet, error: quiet },
    settings: settingsReader(database.pool),
    unitOfWork: prismaUnitOfWork(database.prisma),
    reads: databaseReads(database.prisma),
  };
  people = await matrixPeople(database.prisma);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('who sees what', () => {
  it('a head all in the order of channel, subchannel, region, name; what is not set last', async () => {
    expect(await names(people.head)).toEqual(['Альфа', 'Бета', 'Гамма', 'Дельта', 'Без канала']);
  });
  it("a lead his team's and nobody's", async () => {
    expect(await names(people.lead)).toEqual(['Альфа', 'Гамма', 'Дельта', 'Без канала']);
  });
  it('a line manager his channel, whatever he asks for', async () => {
    expect(await names(people.lineManager)).toEqual(['Альфа', 'Бета', 'Гамма']);
    expect(await names(people.lineManager, { channel: people.otherChannelId })).toEqual([]);
    expect((await readMatrixFilters(app, people.lineManager)).channels.map(({ name }) => name)).toEqual(['Завод']);
    await expect(readCards(app, people.lineManager, people.companies.delta, '2026-11')).rejects.toMatchObject({ status: 404 });
    await expect(exportMatrix(app, people.lineManager, { months: ['2026-10'], channel: people.otherChannelId })).rejects.toMatchObject({
      status: 404,
    });
  });
  it('a line manager without a channel nothing, and is told so', async () => {
    expect(await page(people.withoutChannel)).toMatchObject({ withoutChannel: true, items: [], nextCursor: null });
    await expect(exportMatrix(app, people.withoutChannel, { months: ['2026-10'] })).rejects.toMatchObject({ code: 'noChannel' });
  });
  it('narrows by subchannel, region, owner and category', async () => {
    expect(await names(people.head, { subchannel: people.subchannelId })).toEqual(['Альфа', 'Бета']);
    expect(await names(people.head, { region: people.regionId })).toEqual(['Альфа']);
    expect(await names(people.head, { ownerId: people.otherRepId })).toEqual(['Бета']);
    expect(await names(people.head, { category: 'A' })).toEqual(['Альфа']);
  });
});

describe('pages', () => {
  it('together are the whole, whatever their size', async () => {
    const whole = (await page(people.head)).items;
    for (const limit of [1, 2, 3]) {
      const seen: unknown[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const part = await page(people.head, {}, limit, cursor);
        seen.push(...part.items);
        cursor = part.nextCursor;
      }
      expect(seen, String(limit)).toEqual(whole);
    }
    await expect(page(people.head, {}, 2, '987654')).rejects.toMatchObject({ code: 'badCursor' });
  });
});

describe('cells', () => {
  it('equal the records, each in the month of its company', async () => {
    const contents = await matrixContents(database.prisma, people);
    const { items, months, current } = await page(people.head);
    expect([months.length, current]).toEqual([48, '2026-11']);
    const cells = items.find(({ id }) => id === people.companies.alpha)?.cells;
    expect(cells).toEqual([
      { month: '2026-08', marks: [{ mark: 'call', count: 2 }] },
      {
        month: '2026-09',
        marks: [
          { mark: 'visit', count: 2 },
          { mark: 'call', count: 1 },
        ],
      },
      { month: '2026-10', marks: [{ mark: 'started', count: 1 }] },
      { month: '2026-11', marks: [{ mark: 'plannedCall', count: 1 }] },
      { month: '2026-12', marks: [{ mark: 'plannedVisit', count: 1 }] },
    ]);
    expect(items.find(({ id }) => id === people.companies.beta)?.cells).toEqual([]);
    const opened = await readCards(app, people.head, people.companies.alpha, '2026-09');
    expect(opened.map(({ kind, id, day }) => [kind, id, day])).toEqual([
      ['call', contents.callId, '2026-09-30'],
      ['heldMeeting', contents.heldMeetingId, '2026-09-12'],
      ['visit', contents.visitId, '2026-09-10'],
    ]);
    expect(opened.find(({ kind }) => kind === 'call')).toMatchObject({ text: 'нужен расчёт', title: 'Перезвонить', person: 'rep' });
    expect(await readCards(app, people.head, people.companies.alpha, '2026-11')).toMatchObject([{ kind: 'promise' }]);
  });

  it('take a planned event and the months that lead up to it, until it is taken away', async () => {
    const plan = { kind: 'tender', title: 'Закупка на год', on: '2027-03-10', monthsAhead: 2 } as const;
    const { id } = await planEvent(app, people.lead, people.companies.gamma, plan);
    const cellsOfGamma = async () =>
      (await page(people.head)).items.find((row) => row.id === people.companies.gamma)?.cells.map((cell) => cell.month);
    expect(await cellsOfGamma()).toEqual(['2027-01', '2027-02', '2027-03']);
    expect(await readCards(app, people.head, people.companies.gamma, '2027-01')).toMatchObject([
      { kind: 'tender', id, title: 'Закупка на год', day: '2027-03-10' },
    ]);
    expect(await readCards(app, people.head, people.companies.gamma, '2026-12')).toEqual([]);
    await expect(planEvent(app, people.lead, people.companies.beta, plan)).rejects.toMatchObject({ status: 404 });
    await expect(planEvent(app, people.head, people.companies.gamma, { ...plan, on: '2026-11-22' })).rejects.toMatchObject({
      code: 'dayPassed',
    });
    await removePlan(app, people.head, id);
    await expect(removePlan(app, people.head, id)).rejects.toMatchObject({ status: 404 });
    expect(await cellsOfGamma()).toEqual([]);
  });
});

describe('the file for a line manager', () => {
  it('tells what was said in the months and what comes next, once written down', async () => {
    const file = await exportMatrix(app, people.lineManager, { months: ['2026-09', '2026-08'] });
    const rows = [];
    for await (const row of file.rows) rows.push(row);
    expect(file).toMatchObject({ channel: 'Завод', months: ['2026-08', '2026-09'] });
    expect(rows).toMatchObject([{ name: 'Альфа', next: [{ kind: 'promise' }, { kind: 'plannedMeeting', day: '2026-12-10' }] }]);
    expect(rows[0]?.contacts).toContainEqual({ day: expect.any(String), outcome: 'Перезвонить', text: 'нужен расчёт' });
    expect(
      await database.prisma.auditEntry.findFirst({ where: { action: 'company.export', userId: people.lineManager.id } }),
    ).toMatchObject({
      details: { rows: 1, format: 'xlsx', matrix: { channelId: people.channelId, months: ['2026-08', '2026-09'] } },
    });
  });

  it('is a table that no program runs', async () => {
    const server = await runningServer();
    try {
      const own = await matrixPeople(server.database.prisma);
      await matrixContents(server.database.prisma, own);
      await server.database.prisma.company.update({ where: { id: own.companies.alpha }, data: { name: '=cmd()' } });
      const cookie = await server.signInAs(own.head.id);
      const answer = await fetch(`${server.url}/api/matrix/export?months=2026-09&channel=${own.channelId}`, { headers: { cookie } });
      expect(answer.status).toBe(200);
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(await answer.arrayBuffer());
      const sheet = book.worksheets[0];
      expect(sheet?.getRow(1).getCell(1).value).toBe('Название');
      expect(sheet?.getRow(2).getCell(1).value).toBe("'=cmd()");
      expect(sheet?.getRow(2).getCell(7).value).toBe('В 2, Зв');
    } finally {
      await server.stop();
    }
  });
});
