import { generate } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams, worldOf } from '../support/two-teams.ts';

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
let admin: string;

beforeAll(async () => {
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
  admin = await server.signInAs(department.people.admin.id);
});
afterAll(() => server.stop());

const asAdmin = (method: string, address: string, body?: unknown) => server.call(method, address, { cookie: admin, body });
const signIn = (email: string, password: string, totp?: string) =>
  server.call('post', '/api/auth/login', { body: { email, password, ...(totp ? { totp } : {}) } });

interface Made {
  user: { id: number; name: string };
  oneTimePassword: string;
}
const newUser = async (email: string): Promise<Made> => {
  const { status, body } = await asAdmin('post', '/api/admin/users', {
    email,
    name: 'Новый',
    role: 'rep',
    teamId: department.north.id,
    norms: { dials: 40 },
  });
  expect(status).toBe(201);
  return body as unknown as Made;
};

describe('accounts', () => {
  it('a new person signs in with the password shown once, in a cookie that scripts cannot read', async () => {
    const { oneTimePassword, user } = await newUser('new@test.local');
    const { status, headers, body } = await signIn('new@test.local', oneTimePassword);
    expect([status, body.id, body.role]).toEqual([200, user.id, 'rep']);
    expect(headers.get('set-cookie')).toMatch(/^zagon=.+; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect((await asAdmin('get', '/api/admin/users')).body).not.toHaveProperty('items.0.oneTimePassword');
  });

  it('names the field at fault', async () => {
    const taken = await asAdmin('post', '/api/admin/users', { email: 'REP@test.local', name: 'x', role: 'rep' });
    expect([taken.status, taken.body.code, taken.body.field]).toEqual([422, 'emailTaken', 'email']);
    const noTeam = await asAdmin('patch', `/api/admin/users/${department.people.rep.id}`, { teamId: 999_999 });
    expect([noTeam.status, noTeam.body.field]).toEqual([422, 'teamId']);
    const absence = await asAdmin('patch', `/api/admin/users/${department.people.rep.id}`, {
      absentFrom: '2026-12-10',
      absentUntil: '2026-12-01',
    });
    expect([absence.status, absence.body.field]).toEqual([422, 'absentUntil']);
  });

  it('gives a line manager the channel that his matrix shows', async () => {
    const channel = await server.database.prisma.channel.create({ data: { name: 'Опт' } });
    const { user } = await newUser('channel@test.local');
    const address = `/api/admin/users/${user.id}`;
    const given = await asAdmin('patch', address, { role: 'lineManager', channelId: channel.id });
    expect(given.body).toMatchObject({ role: 'lineManager', channelId: channel.id });
    const absent = await asAdmin('patch', address, { channelId: 999_999 });
    expect([absent.status, absent.body.code, absent.body.field]).toEqual([422, 'noSuchChannel', 'channelId']);
  });

  it('a reset ends the sessions and only the new password fits', async () => {
    const { oneTimePassword, user } = await newUser('reset@test.local');
    const cookie = await server.signInAs(user.id);
    const { body } = await asAdmin('post', `/api/admin/users/${user.id}/password`);
    expect((await server.call('get', '/api/me', { cookie })).status).toBe(401);
    expect((await signIn('reset@test.local', oneTimePassword)).status).toBe(401);
    expect((await signIn('reset@test.local', String(body.oneTimePassword))).status).toBe(200);
  });

  it('asks for the six digits once they were set up, and no more after they were removed', async () => {
    const { oneTimePassword, user } = await newUser('totp@test.local');
    const { body } = await asAdmin('post', `/api/admin/users/${user.id}/totp`);
    const secret = String(body.secret);
    const wrong = await asAdmin('put', `/api/admin/users/${user.id}/totp`, { secret, code: '000000' });
    expect([wrong.status, wrong.body.field]).toEqual([422, 'code']);
    expect((await asAdmin('put', `/api/admin/users/${user.id}/totp`, { secret, code: await generate({ secret }) })).status).toBe(200);
    expect((await signIn('totp@test.local', oneTimePassword)).body.code).toBe('totpNeeded');
    expect((await signIn('totp@test.local', oneTimePassword, await generate({ secret }))).status).toBe(200);
    await asAdmin('delete', `/api/admin/users/${user.id}/totp`);
    expect((await signIn('totp@test.local', oneTimePassword)).status).toBe(200);
  });

  it('a head sets norms, team and absence but no roles, and nothing of admins', async () => {
    const cookie = await server.signInAs(department.people.head.id);
    const change = (id: number, body: unknown) => server.call('patch', `/api/admin/users/${id}`, { cookie, body });
    expect((await change(department.people.rep.id, { norms: { dials: 70 } })).status).toBe(200);
    expect((await change(department.people.rep.id, { role: 'admin' })).status).toBe(403);
    expect((await change(department.people.admin.id, { norms: { dials: 70 } })).status).toBe(403);
  });

  it('at least one enabled admin stays, also when two go at once', async () => {
    const second = await newUser('second-admin@test.local');
    await asAdmin('patch', `/api/admin/users/${second.user.id}`, { role: 'admin' });
    const theirs = await server.signInAs(second.user.id);
    const [one, other] = await Promise.all([
      server.call('post', `/api/admin/users/${department.people.admin.id}/disable`, { cookie: theirs }),
      asAdmin('post', `/api/admin/users/${second.user.id}/disable`),
    ]);
    // The slower one is refused, or has lost his session already.
    const slower = one.status === 200 ? other.status : one.status;
    expect([one.status, other.status]).toContain(200);
    expect([401, 409]).toContain(slower);
    const left = await server.database.prisma.user.findMany({ where: { role: 'admin', disabledAt: null } });
    expect(left).toHaveLength(1);
    await server.database.prisma.user.update({ where: { id: department.people.admin.id }, data: { disabledAt: null } });
    admin = await server.signInAs(department.people.admin.id);
    await server.database.prisma.user.update({ where: { id: second.user.id }, data: { disabledAt: new Date() } });
    expect((await asAdmin('patch', `/api/admin/users/${department.people.admin.id}`, { role: 'head' })).body.code).toBe('lastAdmin');
    expect((await asAdmin('post', `/api/admin/users/${department.people.admin.id}/disable`)).body.code).toBe('yourself');
  });
});

describe('a leaver', () => {
  it('is not disabled while nobody takes what he has open', async () => {
    const { status, body } = await asAdmin('post', `/api/admin/users/${department.other.rep.id}/disable`, { handOn: null });
    expect([status, body.code, body.field]).toEqual([422, 'handOnNeeded', 'handOn']);
    expect((await server.database.prisma.user.findUniqueOrThrow({ where: { id: department.other.rep.id } })).disabledAt).toBeNull();
  });

  it('leaves companies, promises, tasks and deals to a team, each company whole to one person', async () => {
    const { prisma } = server.database;
    const leaver = await newUser('leaver@test.local');
    const worlds = [];
    for (let company = 0; company < 5; company += 1) {
      const world = await prisma.company.create({
        data: {
          name: `c${company}`,
          normalizedName: `c${company}`,
          timeZone: 'Europe/Moscow',
          ownerId: leaver.user.id,
          lead: { create: {} },
        },
      });
      await prisma.task.create({ data: { title: 't', companyId: world.id, assigneeId: leaver.user.id, dueAt: new Date() } });
      worlds.push(world);
    }
    const list = await prisma.callList.create({ data: { name: 'Handed out' } });
    await prisma.listAssignment.create({
      data: { listId: list.id, repId: leaver.user.id, startsOn: new Date('2020-01-01'), endsOn: new Date('2099-01-01') },
    });
    const cookie = await server.signInAs(leaver.user.id);
    const { status, body } = await asAdmin('post', `/api/admin/users/${leaver.user.id}/disable`, {
      handOn: { toTeamId: department.north.id },
    });
    expect([status, body.handedOn]).toEqual([200, { companies: 5, promises: 0, tasks: 5, deals: 0, handoffs: 0 }]);
    expect((await server.call('get', '/api/me', { cookie })).status).toBe(401);
    const companies = await prisma.company.findMany({ where: { id: { in: worlds.map((world) => world.id) } }, include: { tasks: true } });
    for (const company of companies) expect(company.tasks.map((task) => task.assigneeId)).toEqual([company.ownerId]);
    const owners = companies.map((company) => company.ownerId);
    const sizes = [...new Set(owners)].map((owner) => owners.filter((one) => one === owner).length);
    expect(owners).not.toContain(leaver.user.id);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(await prisma.listAssignment.count({ where: { listId: list.id, repId: department.people.rep.id } })).toBe(1);
    const written = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'user.disable', entityId: leaver.user.id } });
    expect(written.details).toMatchObject({ companies: 5, toTeamId: department.north.id });
  });

  it('leaves them to a person, deals and promises too, and doing it again changes nothing', async () => {
    const { prisma } = server.database;
    const leaver = await newUser('leaver-2@test.local');
    const world = await worldOf(prisma, leaver.user.id, department.people.seller.id);
    const disable = () => asAdmin('post', `/api/admin/users/${leaver.user.id}/disable`, { handOn: { toUserId: department.people.rep.id } });
    expect((await disable()).body.handedOn).toMatchObject({ companies: 1, promises: 1, tasks: 1, deals: 1 });
    const deal = await prisma.deal.findUniqueOrThrow({ where: { id: world.deal.id } });
    const promise = await prisma.promise.findUniqueOrThrow({ where: { id: world.promise.id } });
    expect([deal.ownerId, promise.repId]).toEqual([department.people.rep.id, department.people.rep.id]);
    expect((await disable()).body.handedOn).toEqual({ companies: 0, promises: 0, tasks: 0, deals: 0, handoffs: 0 });
  });
});

describe('rules of the department', () => {
  const put = (group: string, body: unknown) => asAdmin('put', `/api/admin/settings/${group}`, body);

  it('are checked field by field', async () => {
    const { status, body } = await put('score', { startedPercent: 59 });
    expect([status, body.field]).toEqual([422, 'startedPercent']);
    expect((await put('callingHours', { from: '19:00', to: '18:00' })).body.field).toBe('to');
    expect((await put('retry', { busyMinutes: -1 })).body.field).toBe('busyMinutes');
    expect((await put('nonsense', {})).status).toBe(422);
  });

  it('are kept, and a change that moves the queue places it anew', async () => {
    const { body } = await put('retry', { busyMinutes: 20 });
    expect(body).toMatchObject({ requeued: true, values: { retry: { busyMinutes: 20, maxDialsPerDay: 3 } } });
    expect((await server.app.settings.read()).retry.busyMinutes).toBe(20);
    const jobs = await server.database.prisma.outboxEvent.count({ where: { topic: 'job:queue.requeueAll' } });
    expect(jobs).toBe(1);
    expect(
      (await put('norms', { dials: 50, connects: 20, talkMinutes: 80, reachDecisionMaker: 10, setMeeting: 2, holdMeeting: 1, close: 1 }))
        .body.requeued,
    ).toBe(false);
  });

  it('holidays and dictionaries can be changed, what is in use cannot be removed', async () => {
    expect((await asAdmin('put', '/api/admin/holidays/RU/2027-01-07', { name: 'Рождество' })).status).toBe(200);
    expect((await asAdmin('get', '/api/admin/holidays?year=2027')).body.items).toEqual([
      { country: 'RU', day: '2027-01-07', name: 'Рождество' },
    ]);
    // A rep who promises is told of those ahead; one that is over concerns nobody any more.
    const ahead = `${new Date().getUTCFullYear() + 1}-06-12`;
    await asAdmin('put', `/api/admin/holidays/RU/${ahead}`, { name: 'День России' });
    await asAdmin('put', '/api/admin/holidays/RU/2020-01-07', { name: 'Давно прошло' });
    const rep = await server.signInAs(department.people.rep.id);
    const { holidays } = (await server.call('get', '/api/department/rules', { cookie: rep })).body;
    expect(holidays).toContainEqual({ country: 'RU', day: ahead, name: 'День России' });
    expect(holidays).not.toContainEqual(expect.objectContaining({ name: 'Давно прошло' }));
    expect((await asAdmin('delete', '/api/admin/holidays/RU/2027-01-07')).status).toBe(200);
    const { body } = await asAdmin('post', '/api/admin/dictionaries', { kind: 'source', name: 'Сайт', obligationMinutes: 15 });
    expect((await asAdmin('post', '/api/admin/dictionaries', { kind: 'source', name: 'Сайт' })).body.code).toBe('nameTaken');
    await server.database.prisma.company.update({ where: { id: department.company.id }, data: { sourceId: Number(body.id) } });
    expect((await asAdmin('delete', `/api/admin/dictionaries/source/${String(body.id)}`)).body.code).toBe('inUse');
  });

  it('a head keeps the skills: gives them to a rep, and cannot remove one that somebody has', async () => {
    const cookie = await server.signInAs(department.people.head.id);
    const asHead = (method: string, address: string, body?: unknown) => server.call(method, address, { cookie, body });
    const { body } = await asHead('post', '/api/admin/dictionaries', { kind: 'skill', name: 'Тендеры' });
    const userPath = `/api/admin/users/${department.people.rep.id}`;
    expect((await asHead('patch', userPath, { skillIds: [Number(body.id)] })).body).toMatchObject({ skillIds: [body.id] });
    expect((await asHead('patch', userPath, { skillIds: [99_999] })).body.field).toBe('skillIds');
    expect((await asHead('get', '/api/admin/dictionaries')).body.skills).toMatchObject([{ name: 'Тендеры', people: 1, lists: 0 }]);
    expect((await asHead('delete', `/api/admin/dictionaries/skill/${String(body.id)}`)).body.code).toBe('inUse');
    await asHead('patch', userPath, { skillIds: [] });
    expect((await asHead('delete', `/api/admin/dictionaries/skill/${String(body.id)}`)).status).toBe(200);
  });

  it('who did what can be read, by person and by action', async () => {
    const { body } = await asAdmin('get', `/api/admin/audit?action=settings.change&userId=${department.people.admin.id}`);
    expect(body.items).toMatchObject([
      { action: 'settings.change', details: { group: 'norms' } },
      { details: { group: 'retry', busyMinutes: '15 → 20' } },
    ]);
  });
});

describe('reports of the content security policy', () => {
  it('are taken from anybody, in both forms, up to a limit', async () => {
    const report = (type: string, body: unknown) => server.call('post', '/api/csp-report', { headers: { 'content-type': type }, body });
    expect(
      (
        await report('application/csp-report', {
          'csp-report': { 'violated-directive': 'script-src', 'document-uri': 'http://x/?q=secret' },
        })
      ).status,
    ).toBe(200);
    expect((await report('application/reports+json', [{ type: 'csp-violation', body: { effectiveDirective: 'img-src' } }])).status).toBe(
      200,
    );
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await report('application/json', [])).status));
    expect(statuses).toContain(429);
  });
});
