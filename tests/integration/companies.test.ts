import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../server/app/actor.ts';
import { changeStatus } from '../../server/app/companies/change-status.ts';
import { createCompany } from '../../server/app/companies/create-company.ts';
import { exportCompanies } from '../../server/app/companies/export-companies.ts';
import { mergeCompanies } from '../../server/app/companies/merge-companies.ts';
import { addNote, addPhone } from '../../server/app/companies/phones-and-notes.ts';
import type { CompanyParts } from '../../server/app/companies/scope.ts';
import { seeCompanies, seeCompany } from '../../server/app/companies/see-companies.ts';
import { updateCompany } from '../../server/app/companies/update-company.ts';
import { changeList } from '../../server/app/lists/change-list.ts';
import { createList } from '../../server/app/lists/create-list.ts';
import { handOut } from '../../server/app/lists/hand-out.ts';
import { seeList, seeLists } from '../../server/app/lists/see-lists.ts';
import { putSettings } from '../../server/app/settings/put-settings.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

const now = new Date('2026-11-23T09:00:00Z');
const quiet = () => undefined;
let fresh: FreshDatabase;
let database: Database;
let app: CompanyParts;
let head: Actor;
let rep: Actor;
let lead: Actor;

async function person(role: Actor['role'], teamId: number | null): Promise<Actor> {
  const user = await database.prisma.user.create({ data: { email: `${role}${teamId}@test`, name: role, passwordHash: 'x', role, teamId } });
  return { id: user.id, name: user.name, role, teamId, timeZone: user.timeZone, locale: 'ru' };
}
const company = (name: string, phone: string, more: { taxNumber?: string; listId?: number } = {}) =>
  createCompany(app, head, { name, phones: [phone], category: 'C', ...more });
const queueOf = async (companyId: number) =>
  (await database.prisma.lead.findUnique({ where: { companyId }, include: { queue: true } }))?.queue ?? null;

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
  const team = await database.prisma.team.create({ data: { name: 'Север' } });
  head = await person('head', null);
  rep = await person('rep', team.id);
  lead = await person('lead', team.id);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('access', () => {
  it('shows a rep only what he owns, and another one not even by number', async () => {
    const own = await company('Своя', '+74950000101');
    const foreign = await company('Чужая', '+74950000102');
    await updateCompany(app, head, own, { ownerId: rep.id });
    expect((await seeCompanies(app, rep, {}, { limit: 50 })).items.map(({ id }) => id)).toEqual([own]);
    await expect(seeCompany(app, rep, foreign)).rejects.toMatchObject({ status: 404 });
    await expect(addNote(app, rep, foreign, 'x')).rejects.toMatchObject({ status: 404 });
    await expect(updateCompany(app, rep, own, { ownerId: null })).rejects.toMatchObject({ status: 403 });
  });
});

describe('search', () => {
  it('finds by part of a name, a number as it is typed, a contact', async () => {
    const id = await createCompany(app, head, {
      name: 'ООО «Жемчужина»',
      phones: ['8 (343) 300-10-20'],
      category: 'A',
      contactName: 'Щукина Ольга',
    });
    for (const q of ['жемчуж', '8 343 300-10-20', '3001020', 'щукина']) {
      expect(
        (await seeCompanies(app, head, { q }, { limit: 5 })).items.map((row) => row.id),
        q,
      ).toEqual([id]);
    }
    expect((await seeCompanies(app, head, { q: '100%_' }, { limit: 5 })).items).toEqual([]);
  });
});

describe('changes', () => {
  it('takes a killed company out of the queue, ends its promises, and brings it back', async () => {
    const listId = await createList(app, head, { name: 'Первый', priority: 1, companyIds: [] });
    const id = await company('Очередь', '+74950000201', { listId });
    expect(await queueOf(id)).not.toBeNull();
    await changeStatus(app, head, id, { status: 'killed', reason: 'Ликвидирована' });
    expect(await queueOf(id)).toBeNull();
    await changeStatus(app, head, id, { status: 'active' });
    expect(await queueOf(id)).not.toBeNull();
    await expect(changeStatus(app, head, id, { status: 'notNow', until: '2026-11-23' })).rejects.toMatchObject({ code: 'dayPassed' });
    expect(await database.prisma.auditEntry.count({ where: { entity: 'company', entityId: id } })).toBe(3);
  });

  it('refuses a company that is known and merges two that are one', async () => {
    const keep = await company('Дубль', '+74950000301', { taxNumber: '7701111111' });
    await expect(company('Дубль 2', '+74950000301')).rejects.toMatchObject({ code: 'duplicateCompany' });
    const other = await company('Дубль ещё', '+74950000302');
    await addPhone(app, head, other, { phone: '+7 495 000-03-01' });
    await addNote(app, head, other, 'его история');
    await mergeCompanies(app, head, keep, other);
    const card = await seeCompany(app, head, keep);
    expect(card.phones.map(({ e164 }) => e164).toSorted()).toEqual(['+74950000301', '+74950000302']);
    expect(card.timeline).toContainEqual(expect.objectContaining({ kind: 'note', text: 'его история' }));
    await expect(seeCompany(app, head, other)).rejects.toMatchObject({ status: 404 });
  });
});

describe('two that are one', () => {
  it('are owed one next contact, the sooner; plans come along; two open deals are the head’s to decide', async () => {
    const { prisma } = database;
    const ids = [await company('Близнец', '+74950000501'), await company('Близнец два', '+74950000502')] as const;
    const promised = (companyId: number, hours: number) => {
      const at = new Date(now.getTime() + hours * 3_600_000);
      const times = { startsAt: at, promisedAt: at, deadlineAt: at, localTime: '2026-11-24T12:00', timeZone: 'Europe/Moscow' };
      return prisma.promise.create({ data: { ...times, companyId, repId: rep.id, kind: 'exact' } });
    };
    const later = await promised(ids[0], 5);
    const sooner = await promised(ids[1], 2);
    await prisma.plannedEvent.create({
      data: { companyId: ids[1], kind: 'tender', title: 'Тендер', on: new Date('2027-03-01'), monthsAhead: 2 },
    });
    await mergeCompanies(app, head, ids[0], ids[1]);
    expect(await prisma.promise.findMany({ where: { companyId: ids[0] }, orderBy: { id: 'asc' } })).toMatchObject([
      { id: later.id, status: 'moved', movedToId: sooner.id, moveReason: 'merged' },
      { id: sooner.id, status: 'open' },
    ]);
    expect(await prisma.plannedEvent.count({ where: { companyId: ids[0] } })).toBe(1);
    const third = await company('Близнец три', '+74950000503');
    const funnel = await prisma.funnel.create({
      data: { name: 'Слияние', stages: { create: { position: 1, name: 'один', heat: 'early', normDays: 1, probability: 1 } } },
      include: { stages: true },
    });
    for (const companyId of [ids[0], third])
      await prisma.deal.create({
        data: {
          companyId,
          funnelId: funnel.id,
          stageId: funnel.stages[0]?.id ?? 0,
          ownerId: rep.id,
          title: 'Сделка',
          stageSince: now,
          openedAt: now,
        },
      });
    await expect(mergeCompanies(app, head, ids[0], third)).rejects.toMatchObject({ status: 409, code: 'twoOpenDeals' });
    expect(await prisma.company.count({ where: { id: third } })).toBe(1);
  });
});

describe('export', () => {
  it('writes down what was taken and stops at the quota of the day', async () => {
    for await (const row of await exportCompanies(app, head, { q: 'Дубль' }, 'csv')) expect(row.phones.length).toBeGreaterThan(0);
    expect(await database.prisma.auditEntry.findFirst({ where: { action: 'company.export' } })).toMatchObject({
      userId: head.id,
      details: { rows: 1, format: 'csv' },
    });
    await database.prisma.auditEntry.create({
      data: { userId: head.id, action: 'company.export', entity: 'company', details: { rows: 20_000 }, at: now },
    });
    await expect(exportCompanies(app, head, {}, 'csv')).rejects.toMatchObject({ code: 'exportQuota' });
    expect(await database.prisma.auditEntry.findFirst({ where: { action: 'company.exportRefused' } })).toMatchObject({
      userId: head.id,
      details: { taken: 20_001, quota: 20_000 },
    });
  });

  it('has a quota of its own for each role, which only an admin sets', async () => {
    const admin = await person('admin', null);
    const setTo = (actor: Actor) => putSettings(app, actor, 'exports', { adminRowsPerDay: 0 });
    await expect(setTo(head)).rejects.toMatchObject({ status: 403, code: 'notAllowed' });
    await exportCompanies(app, admin, { q: 'Дубль' }, 'csv');
    await setTo(admin);
    await expect(exportCompanies(app, admin, { q: 'Дубль' }, 'csv')).rejects.toMatchObject({ status: 429, code: 'exportQuota' });
  });
});

describe('lists', () => {
  it('hands a list out: its leads come into it, a lead of the team sees it, a pause empties the queue', async () => {
    const companyId = await company('Раздача', '+74950000401');
    const older = await createList(app, head, { name: 'Старый', priority: 3, companyIds: [companyId] });
    const newer = await createList(app, head, { name: 'Новый', priority: 2, companyIds: [companyId] });
    const leadOf = () => database.prisma.lead.findUniqueOrThrow({ where: { companyId }, include: { queue: true } });
    expect((await leadOf()).listId).toBe(older);
    expect(await seeLists(app, lead)).toEqual([]);
    await handOut(app, head, newer, [{ repId: rep.id, startsOn: '2026-11-23', endsOn: '2026-11-29' }]);
    expect(await leadOf()).toMatchObject({ listId: newer, queue: { pool: newer } });
    expect(await seeList(app, lead, newer)).toMatchObject({
      depth: { total: 1, cold: 1 },
      assignments: [{ rep: { id: rep.id }, startsOn: '2026-11-23', endsOn: '2026-11-29' }],
    });
    await changeList(app, head, newer, { status: 'paused' });
    expect((await leadOf()).queue).toBeNull();
    await expect(handOut(app, head, newer, [{ repId: head.id, startsOn: '2026-11-23', endsOn: '2026-11-29' }])).rejects.toMatchObject({
      code: 'repAbsent',
    });
    await expect(seeList(app, lead, older)).rejects.toMatchObject({ status: 404 });
  });
});
