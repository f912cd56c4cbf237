import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDesk, type ImportDesk } from '../support/import-desk.ts';

let desk: ImportDesk;
let database: ImportDesk['database'];
const run: ImportDesk['run'] = (...given) => desk.run(...given);

beforeAll(async () => {
  desk = await importDesk(new Date('2026-11-23T09:00:00Z'));
  ({ database } = desk);
});
afterAll(() => desk.close());

describe('a column of skills', () => {
  it('puts what asks for a skill into a list that asks for it, and refuses a skill that nobody can have', async () => {
    const script = await database.prisma.script.create({ data: { name: 'Выставка', steps: [], objections: [] } });
    const list = await database.prisma.callList.create({ data: { name: 'Выставка', priority: 2, scriptId: script.id } });
    const skill = await database.prisma.skill.create({ data: { name: 'Английский' } });
    const csv = 'Название;Телефон;Нужный навык\nАльфа;+74950000001;английский\nБета;+74950000002;\nГамма;+74950000003;англ.\n';
    const where = async () => {
      const entries = await database.prisma.listEntry.findMany({
        orderBy: { companyId: 'asc' },
        include: { list: true, company: { include: { lead: true } } },
      });
      return entries.map(({ list: { name }, listId, company }) => [company.name, name, company.lead?.listId === listId]);
    };

    await expect(run(csv)).rejects.toMatchObject({ code: 'skillNeedsList' });
    expect(await run(csv, { listId: list.id, dryRun: true })).toMatchObject({ created: 2, rejected: 1 });
    expect(await database.prisma.callList.count()).toBe(1);
    const done = await run(csv, { listId: list.id });
    expect(done).toMatchObject({ created: 2, merged: 0, rejected: 1 });
    expect(done.errors).toMatchObject([{ line: 4, column: 'Нужный навык', code: 'skillUnknown', value: 'англ.' }]);
    expect(await where()).toEqual([
      ['Альфа', 'Выставка · Английский', true],
      ['Бета', 'Выставка', true],
    ]);
    expect(await database.prisma.callList.findUnique({ where: { name: 'Выставка · Английский' } })).toMatchObject({
      skillId: skill.id,
      scriptId: script.id,
      priority: 2,
    });
    expect(await run(csv, { listId: list.id })).toMatchObject({ created: 0, merged: 0, unchanged: 2 });

    await database.prisma.callList.update({ where: { name: 'Выставка · Английский' }, data: { status: 'closed' } });
    const learned = csv.replace('+74950000002;', '+74950000002;Английский');
    expect(await run(learned, { listId: list.id, dryRun: true })).toMatchObject({ merged: 1, unchanged: 1 });
    expect(await run(learned, { listId: list.id })).toMatchObject({ merged: 1, unchanged: 1 });
    expect(await where()).toEqual([
      ['Альфа', 'Выставка · Английский', true],
      ['Бета', 'Выставка · Английский', true],
    ]);
    expect(await database.prisma.callList.findMany({ orderBy: { id: 'asc' }, select: { status: true } })).toEqual([
      { status: 'active' },
      { status: 'active' },
    ]);
  });
});
