import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dealRowSchema, listDeals } from '../../server/contract/http/deals.ts';
import { listSavedViews } from '../../server/contract/http/saved-views.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams, worldOf } from '../support/two-teams.ts';

// A Tuesday, 11:00 in Moscow.
const now = new Date('2026-11-24T08:00:00Z');

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
let world: Awaited<ReturnType<typeof worldOf>>;
let rep: string;
let seller: string;

beforeAll(async () => {
  server = await runningServer({ clock: { now: () => now } });
  department = await twoTeams(server.database.prisma);
  rep = await server.signInAs(department.people.rep.id);
  seller = await server.signInAs(department.people.seller.id);
});
afterAll(() => server.stop());
beforeEach(async () => {
  world = await worldOf(server.database.prisma, department.people.rep.id, department.people.seller.id);
});

const figures = async (repId: number) => {
  const counters = await server.database.prisma.kpiCounter.groupBy({ by: ['metric'], where: { repId }, _sum: { value: true } });
  return Object.fromEntries(counters.map((counter) => [counter.metric, counter._sum.value]));
};

describe('a deal moved by hand', () => {
  it('forward is a win once, back is only written', async () => {
    const move = (stagePosition: number) => server.call('patch', `/api/deals/${world.deal.id}`, { cookie: rep, body: { stagePosition } });
    const winsBefore = (await figures(department.people.rep.id)).wins ?? 0;
    expect((await move(4)).body).toMatchObject({ stage: { position: 4 }, daysInStage: 0 });
    await move(3);
    await move(4);
    expect((await figures(department.people.rep.id)).wins).toBe(winsBefore + 1);
    const { body } = await server.call('get', `/api/deals/${world.deal.id}`, { cookie: rep });
    expect(body.moves).toMatchObject([
      { from: 3, to: 4, back: false },
      { from: 4, to: 3, back: true },
      { from: 3, to: 4, back: false },
    ]);
    expect((await move(7)).body.code).toBe('needsStart');
    expect((await move(9)).status).toBe(422);
  });

  it('won counts as started for who closed and who handed over, and makes a customer', async () => {
    const { prisma } = server.database;
    await prisma.deal.update({
      where: { id: world.deal.id },
      data: { ownerId: department.people.seller.id, handedById: department.people.rep.id },
    });
    const before = { rep: await figures(department.people.rep.id), seller: await figures(department.people.seller.id) };
    const { status, body } = await server.call('patch', `/api/deals/${world.deal.id}`, {
      cookie: seller,
      body: { won: { startedOn: '2026-12-01' } },
    });
    expect([status, body.status, body.startedOn]).toEqual([200, 'won', '2026-12-01']);
    const after = { rep: await figures(department.people.rep.id), seller: await figures(department.people.seller.id) };
    expect((after.rep.started ?? 0) - (before.rep.started ?? 0)).toBe(1);
    expect((after.seller.started ?? 0) - (before.seller.started ?? 0)).toBe(1);
    expect((after.seller['close.yes'] ?? 0) - (before.seller['close.yes'] ?? 0)).toBe(1);
    expect(await prisma.company.findUniqueOrThrow({ where: { id: world.company.id } })).toMatchObject({ isCustomer: true });
    expect((await server.call('patch', `/api/deals/${world.deal.id}`, { cookie: seller, body: { lost: { reason: 'x' } } })).body.code).toBe(
      'dealClosed',
    );
  });

  it('lost is a close that did not come off; the counters equal the ledger', async () => {
    const { body } = await server.call('patch', `/api/deals/${world.deal.id}`, { cookie: rep, body: { lost: { reason: 'Нет бюджета' } } });
    expect(body).toMatchObject({ status: 'lost', lostReason: 'Нет бюджета' });
    const counted = await server.database.prisma.kpiCounter.findMany({ orderBy: [{ repId: 'asc' }, { metric: 'asc' }] });
    await server.app.unitOfWork.run((stores) => stores.kpi.rebuild());
    const rebuilt = await server.database.prisma.kpiCounter.findMany({
      where: { metric: { in: counted.map((counter) => counter.metric) } },
      orderBy: [{ repId: 'asc' }, { metric: 'asc' }],
    });
    const ofHand = (counters: typeof counted) =>
      counters.filter((counter) => ['wins', 'started', 'close.yes', 'close.no'].includes(counter.metric));
    expect(ofHand(rebuilt)).toEqual(ofHand(counted));
  });
});

describe('a deal opened by hand', () => {
  const open = (body: object, cookie = rep) => server.call('post', '/api/deals', { cookie, body });

  it('is the only open one of its company, and a new one follows a lost one', async () => {
    const { id: companyId } = world.company;
    expect((await open({ companyId, title: 'Вторая' })).body.code).toBe('dealOpen');
    await server.call('patch', `/api/deals/${world.deal.id}`, { cookie: rep, body: { lost: { reason: 'Нет бюджета' } } });
    expect((await open({ companyId, title: 'x', stagePosition: 7 })).body).toMatchObject({ code: 'needsStart', field: 'stagePosition' });
    const { status, body } = await open({ companyId, title: 'Вторая', amount: 120_000, stagePosition: 2 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ amount: 120_000, stage: { position: 2 }, owner: { id: department.people.rep.id } });
    const twice = await Promise.all([world.company.id, world.company.id].map((company) => open({ companyId: company, title: 'x' })));
    expect(twice.map((answer) => answer.body.code)).toEqual(['dealOpen', 'dealOpen']);
  });

  it('asked for twice at once is opened once', async () => {
    await server.call('patch', `/api/deals/${world.deal.id}`, { cookie: rep, body: { lost: { reason: 'Нет бюджета' } } });
    const answers = await Promise.all([1, 2, 3].map(() => open({ companyId: world.company.id, title: 'Одна' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  });

  it('keeps what the qualification found, and is counted in its stage', async () => {
    const qualification = { budget: 'до 300 тысяч', authority: 'решает директор', need: 'замена линии', time: '' };
    const change = async (body: object) =>
      dealRowSchema.parse((await server.call('patch', `/api/deals/${world.deal.id}`, { cookie: rep, body })).body);
    expect((await change({ qualification })).qualification).toEqual(qualification);
    const { stage } = await change({ amount: 50_000 });
    const sums = await server.call('get', `/api/deals/sums?category=${world.company.category}`, { cookie: rep });
    const rows = await server.call('get', `/api/deals?limit=200&category=${world.company.category}`, { cookie: rep });
    const inStage = listDeals.reply.parse(rows.body).items.filter((deal) => deal.stage.id === stage.id);
    expect(sums.body.items).toContainEqual({
      stageId: stage.id,
      category: world.company.category,
      deals: inStage.length,
      amount: inStage.reduce((sum, deal) => sum + (deal.amount ?? 0), 0),
      pastNorm: inStage.filter((deal) => deal.pastNorm).length,
    });
  });
});

describe('a saved view', () => {
  it('is one’s own until a lead shares it; the same name replaces it', async () => {
    const lead = await server.signInAs(department.people.lead.id);
    const save = (cookie: string, body: object) => server.call('post', '/api/saved-views', { cookie, body: { page: 'deals', ...body } });
    const names = async (cookie: string): Promise<string[]> => {
      const { body } = await server.call('get', '/api/saved-views?page=deals', { cookie });
      return listSavedViews.reply.parse(body).items.map((view) => `${view.name} ${view.query}`);
    };
    await save(rep, { name: 'Мои A', query: 'category=A' });
    await save(rep, { name: 'Мои A', query: 'category=A&view=table', columns: ['company'] });
    expect((await save(rep, { name: 'Всем', query: '', shared: true })).body).toMatchObject({ code: 'mayNotShare', field: 'shared' });
    const shared = await save(lead, { name: 'Горячие', query: 'category=B', shared: true });
    expect(shared.status).toBe(201);
    expect(await names(rep)).toEqual(['Горячие category=B', 'Мои A category=A&view=table']);
    expect(await names(lead)).toEqual(['Горячие category=B']);
    const remove = (cookie: string) => server.call('delete', `/api/saved-views/${String(shared.body.id)}`, { cookie });
    expect((await remove(rep)).status).toBe(404);
    expect((await remove(await server.signInAs(department.people.head.id))).status).toBe(200);
    expect(await names(lead)).toEqual([]);
  });
});

describe('a handoff', () => {
  it('accepted makes deal and company the seller’s and is a win of the rep', async () => {
    const { prisma } = server.database;
    await prisma.task.create({
      data: {
        kind: 'acceptHandoff',
        title: 'Accept',
        companyId: world.company.id,
        dealId: world.deal.id,
        assigneeId: department.people.seller.id,
        dueAt: now,
      },
    });
    const { body } = await server.call('get', '/api/handoffs?status=pending', { cookie: seller });
    expect(body.items).toContainEqual(expect.objectContaining({ id: world.handoff.id, mayDecide: true, untouched: true }));
    const accepted = await server.call('post', `/api/handoffs/${world.handoff.id}/accept`, { cookie: seller });
    expect([accepted.status, accepted.body.status]).toEqual([200, 'accepted']);
    const deal = await prisma.deal.findUniqueOrThrow({ where: { id: world.deal.id }, include: { company: true } });
    expect([deal.ownerId, deal.handedById, deal.company.ownerId]).toEqual([
      department.people.seller.id,
      department.people.rep.id,
      department.people.seller.id,
    ]);
    expect(
      await prisma.win.count({ where: { kind: 'handoffAccepted', repId: department.people.rep.id, companyId: world.company.id } }),
    ).toBe(1);
    expect(await prisma.task.count({ where: { kind: 'acceptHandoff', dealId: world.deal.id, doneAt: null } })).toBe(0);
    expect((await server.call('post', `/api/handoffs/${world.handoff.id}/accept`, { cookie: seller })).body.code).toBe('alreadyDecided');
  });

  it('returned goes back with a reason of the list, a note and a task for the rep', async () => {
    const give = (reason: string) =>
      server.call('post', `/api/handoffs/${world.handoff.id}/return`, { cookie: seller, body: { reason, note: 'Позвоните ещё раз' } });
    expect((await give('Настроение')).body.field).toBe('reason');
    expect((await give('Нет бюджета')).body).toMatchObject({ status: 'returned', returnReason: 'Нет бюджета' });
    const tasks = await server.call('get', `/api/tasks?companyId=${world.company.id}`, { cookie: rep });
    expect(tasks.body.items).toContainEqual(expect.objectContaining({ title: 'Передача вернулась: Нет бюджета' }));
    expect(await server.database.prisma.note.count({ where: { companyId: world.company.id } })).toBe(1);
  });
});

describe('tasks', () => {
  it('are late, for today or for later by the reader’s own day', async () => {
    const make = (title: string, dueAt: string) => server.call('post', '/api/tasks', { cookie: seller, body: { title, dueAt } });
    await make('late', '2026-11-24T07:59:00Z');
    await make('tonight', '2026-11-24T20:59:00Z');
    await make('tomorrow', '2026-11-24T21:00:00Z');
    const titles = async (when: string) =>
      ((await server.call('get', `/api/tasks?when=${when}`, { cookie: seller })).body.items as { title: string }[]).map(
        (task) => task.title,
      );
    expect(await titles('overdue')).toContain('late');
    expect(await titles('today')).toEqual(['tonight']);
    expect(await titles('later')).toEqual(['tomorrow']);
  });

  it('go to oneself or to those one leads, and tell the new assignee', async () => {
    const lead = await server.signInAs(department.people.lead.id);
    const forRep = await server.call('post', '/api/tasks', {
      cookie: lead,
      body: { title: 'Послушать звонок', assigneeId: department.people.rep.id, dueAt: now.toISOString() },
    });
    expect(forRep.status).toBe(201);
    const events = await server.database.prisma.outboxEvent.findMany({ where: { topic: 'socket:task:created' } });
    expect(events.map((event) => event.payload)).toContainEqual(expect.objectContaining({ audience: { user: department.people.rep.id } }));
    const beyond = await server.call('post', '/api/tasks', {
      cookie: lead,
      body: { title: 'x', assigneeId: department.other.rep.id, dueAt: now.toISOString() },
    });
    expect([beyond.status, beyond.body.field]).toEqual([422, 'assigneeId']);
    const upwards = await server.call('post', '/api/tasks', {
      cookie: rep,
      body: { title: 'x', assigneeId: department.people.lead.id, dueAt: now.toISOString() },
    });
    expect(upwards.status).toBe(422);
    const done = await server.call('patch', `/api/tasks/${String(forRep.body.id)}`, { cookie: rep, body: { done: true } });
    expect(done.body.doneAt).toBe(now.toISOString());
    expect((await server.call('get', '/api/tasks?scope=all', { cookie: rep })).status).toBe(403);
  });
});

describe('programs', () => {
  it('count their companies and how far they are', async () => {
    const head = await server.signInAs(department.people.head.id);
    const made = await server.call('post', '/api/programs', {
      cookie: head,
      body: {
        name: `Выставка ${world.company.id}`,
        kind: 'exhibition',
        startsOn: '2026-11-01',
        endsOn: '2026-12-01',
        companyIds: [world.company.id, 999_999],
      },
    });
    expect(made.body).toMatchObject({ companies: 1, companiesDone: 0 });
    const address = `/api/programs/${String(made.body.id)}`;
    expect((await server.call('patch', address, { cookie: head, body: { doneCompanyIds: [world.company.id] } })).body).toMatchObject({
      companiesDone: 1,
    });
    expect((await server.call('patch', address, { cookie: head, body: { endsOn: '2026-10-01' } })).body.field).toBe('endsOn');
    expect((await server.call('get', address, { cookie: head })).body.items).toMatchObject([
      { companyId: world.company.id, companyName: 'Север' },
    ]);
  });
});
