import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams } from '../support/two-teams.ts';

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
let cookie: string;
let companyId: number;

const call = (method: string, address: string, body?: unknown) => server.call(method, address, { cookie, body });
const open = (name: string, more: object = {}) => call('post', '/api/companies', { name, phones: [], ...more });
const idOf = (answer: { body: Record<string, unknown> }): number => Number(answer.body.id);

beforeAll(async () => {
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
  cookie = await server.signInAs(department.people.head.id);
  companyId = idOf(await open('ООО «Север»', { phones: ['+74950000501', '+74950000502'] }));
});
afterAll(() => server.stop());

describe('facts', () => {
  it('names the field at fault and keeps what was there', async () => {
    await open('Занявшая', { taxNumber: '7700000001' });
    const taken = await call('patch', `/api/companies/${companyId}`, { taxNumber: '7700000001', city: 'Тверь' });
    expect([taken.status, taken.body.field, taken.body.code]).toEqual([422, 'taxNumber', 'taxNumberTaken']);
    const absent = await call('patch', `/api/companies/${companyId}`, { regionId: 999_999 });
    expect([absent.status, absent.body.field]).toEqual([422, 'regionId']);
    const saved = await call('patch', `/api/companies/${companyId}`, {
      taxNumber: '7700000002',
      fields: { Обороты: '12 млн' },
      notes: 'звонить после обеда',
    });
    expect(saved.body).toMatchObject({ taxNumber: '7700000002', city: null, fields: { Обороты: '12 млн' }, notes: 'звонить после обеда' });
  });

  it('takes the clock of another region, and drops a subchannel of another channel', async () => {
    const { prisma } = server.database;
    const region = await prisma.region.create({ data: { name: 'Приморье', timeZone: 'Asia/Vladivostok' } });
    const channel = await prisma.channel.create({
      data: { name: 'Стройка', subchannels: { create: { name: 'Кровля' } } },
      include: { subchannels: true },
    });
    const other = await prisma.channel.create({ data: { name: 'Торговля' } });
    const patch = (change: object) => call('patch', `/api/companies/${companyId}`, change);
    expect((await patch({ regionId: region.id, channelId: channel.id, subchannelId: channel.subchannels[0]?.id })).body).toMatchObject({
      timeZone: 'Asia/Vladivostok',
      subchannel: 'Кровля',
    });
    expect((await patch({ channelId: other.id })).body).toMatchObject({ channel: 'Торговля', subchannel: null });
  });
});

describe('numbers', () => {
  it('are corrected, given to a person and put in order', async () => {
    const card = await call('get', `/api/companies/${companyId}`);
    const [first, second] = (card.body.phones as { id: number }[]).map(({ id }) => id);
    const person = await call('post', '/api/contacts', { companyId, name: 'Ольга Щукина' });
    const changed = await call('patch', `/api/companies/${companyId}/phones/${second}`, {
      phone: '8 (495) 000-05-09',
      contactId: idOf(person),
    });
    expect(changed.body.phones).toContainEqual(expect.objectContaining({ id: second, e164: '+74950000509', contactId: idOf(person) }));
    const same = await call('patch', `/api/companies/${companyId}/phones/${second}`, { phone: '+74950000501' });
    expect([same.status, same.body.field, same.body.code]).toEqual([422, 'phone', 'phoneTaken']);
    const ordered = await call('put', `/api/companies/${companyId}/phones/order`, { phoneIds: [second, first] });
    expect((ordered.body.phones as { id: number }[]).map(({ id }) => id)).toEqual([second, first]);
  });
});

describe('people', () => {
  it('bring their history along when they move to another company', async () => {
    const to = idOf(await open('Новая работа'));
    const person = await call('post', '/api/contacts', { companyId: department.company.id, name: 'Переехавший' });
    await server.database.prisma.call.update({ where: { id: department.call.id }, data: { contactId: idOf(person) } });
    await call('patch', `/api/contacts/${idOf(person)}`, { companyId: to });
    const card = await call('get', `/api/companies/${to}`);
    expect(card.body.timeline).toContainEqual(
      expect.objectContaining({
        kind: 'call',
        callId: department.call.id,
        company: { id: department.company.id, name: department.company.name },
      }),
    );
  });
});

describe('a promise by hand', () => {
  it('is made for the owner, moved with a reason and withdrawn', async () => {
    const promise = { kind: 'exact', localTime: '2027-03-01T11:00' };
    const withoutOwner = await call('post', '/api/promises', { companyId, promise });
    expect([withoutOwner.status, withoutOwner.body.code]).toEqual([409, 'noOwner']);
    await call('patch', `/api/companies/${companyId}`, { ownerId: department.people.rep.id });
    const made = await call('post', '/api/promises', { companyId, promise, note: 'после выставки' });
    expect(made.body).toMatchObject({ origin: 'manual', status: 'open', rep: { id: department.people.rep.id } });
    expect((await call('post', '/api/promises', { companyId, promise })).body.code).toBe('promiseOpen');
    const later = { kind: 'exact', localTime: '2027-03-02T11:00' };
    const moved = await call('patch', `/api/promises/${idOf(made)}`, { promise: later, reason: 'директор в отпуске' });
    expect(moved.body).toMatchObject({ localTime: '2027-03-02T11:00', note: 'после выставки', rep: { id: department.people.rep.id } });
    expect((await call('patch', `/api/promises/${idOf(made)}`, { promise: later, reason: 'ещё раз' })).body.code).toBe('promiseClosed');
    const card = await call('get', `/api/companies/${companyId}`);
    expect(card.body.timeline).toContainEqual(
      expect.objectContaining({ promise: expect.objectContaining({ id: idOf(made), status: 'moved', moveReason: 'директор в отпуске' }) }),
    );
    expect((await call('post', `/api/promises/${idOf(moved)}/withdraw`, { reason: 'больше не ждут' })).status).toBe(200);
  });

  it('is not made to who asked not to be called', async () => {
    const id = idOf(await open('Не звоните'));
    await call('patch', `/api/companies/${id}`, { ownerId: department.people.rep.id, doNotCall: true, doNotCallReason: 'письмо юриста' });
    const refused = await call('post', '/api/promises', { companyId: id, promise: { kind: 'exact', localTime: '2027-03-01T11:00' } });
    expect([refused.status, refused.body.code]).toEqual([409, 'doNotCall']);
    expect((await call('patch', `/api/companies/${id}`, { doNotCall: false })).body).toMatchObject({
      doNotCall: false,
      doNotCallReason: null,
    });
  });
});

describe('a visit', () => {
  it('says with whom, and its next contact takes the place of an open promise', async () => {
    const person = await call('post', '/api/contacts', { companyId, name: 'Главный инженер' });
    const visit = { companyId, contactId: idOf(person), at: '2026-01-15T09:00:00Z', result: 'Показали образцы' };
    const nextContact = { kind: 'exact', localTime: '2027-04-01T10:00' };
    expect((await call('post', '/api/visits', { ...visit, nextContact })).status).toBe(201);
    const card = await call('get', `/api/companies/${companyId}`);
    expect(card.body.promise).toMatchObject({ localTime: '2027-04-01T10:00' });
    expect(card.body.timeline).toContainEqual(expect.objectContaining({ kind: 'visit', contactName: 'Главный инженер' }));
  });
});

describe('the table of companies', () => {
  it('says how many there are, and sorts all of them, not the page', async () => {
    const byName = await call('get', '/api/companies?limit=2&sort=name&descending=true');
    const all = await server.database.prisma.company.findMany({ orderBy: { name: 'desc' }, select: { name: true } });
    expect(byName.body.total).toBe(all.length);
    const second = await call('get', `/api/companies?limit=2&sort=name&descending=true&cursor=${String(byName.body.nextCursor)}`);
    const names = [...(byName.body.items as { name: string }[]), ...(second.body.items as { name: string }[])].map(({ name }) => name);
    expect(names).toEqual(all.slice(0, 4).map(({ name }) => name));
  });

  it('changes many at once, or none when one is out of sight', async () => {
    const ids = [idOf(await open('Группа 1')), idOf(await open('Группа 2'))];
    expect((await call('post', '/api/companies/group-changes', { companyIds: ids, change: { category: 'A' } })).body).toEqual({
      changed: 2,
    });
    const rows = await server.database.prisma.company.findMany({ where: { id: { in: ids } }, select: { category: true } });
    expect(rows).toEqual([{ category: 'A' }, { category: 'A' }]);
    const lead = await server.signInAs(department.people.lead.id);
    const refused = await server.call('post', '/api/companies/group-changes', {
      cookie: lead,
      body: { companyIds: [...ids, department.company.id], change: { category: 'C' } },
    });
    expect(refused.status).toBe(404);
  });
});
