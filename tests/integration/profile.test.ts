import { generate } from 'otplib';
import { io as connectTo, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { argon2Passwords } from '../../server/adapters/auth/argon2-passwords.ts';
import type { SessionView } from '../../server/contract/http/profile.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams } from '../support/two-teams.ts';

const password = 'correct horse';
const chromeOnWindows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
/** Each test has its own person: failures and sessions of one must not count for the next. */
let person: { id: number; email: string };
let cookie: string;
let made = 0;

beforeAll(async () => {
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
});
afterAll(() => server.stop());
beforeEach(async () => {
  made += 1;
  person = await server.database.prisma.user.create({
    data: {
      email: `own-${made}@test.local`,
      name: 'Сам',
      role: 'rep',
      timeZone: 'Europe/Moscow',
      passwordHash: await argon2Passwords().hash(password),
    },
    select: { id: true, email: true },
  });
  cookie = await server.signInAs(person.id);
  // Failures are of the tests' one address too.
  await server.database.prisma.signInFailure.deleteMany();
});

const own = (method: string, address: string, body?: unknown) => server.call(method, `/api/me${address}`, { cookie, body });
const signIn = (given: string, more: { totp?: string; userAgent?: string } = {}) =>
  server.call('post', '/api/auth/login', {
    body: { email: person.email, password: given, ...(more.totp ? { totp: more.totp } : {}) },
    headers: { 'user-agent': more.userAgent ?? 'test' },
  });
const sessions = async () => (await own('get', '/sessions')).body['items'] as SessionView[];
const audited = async (action: string) =>
  server.database.prisma.auditEntry.findMany({ where: { action, userId: person.id }, select: { entityId: true, details: true } });

async function connected(withCookie: string): Promise<{ socket: Socket; closed: Promise<string> }> {
  const socket = connectTo(server.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie: withCookie, origin: server.url },
  });
  const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, closed };
}

describe('own password', () => {
  it('is changed with the old one; every other session ends with its socket, this one goes on', async () => {
    const elsewhere = await server.signInAs(person.id);
    const { closed } = await connected(elsewhere);
    const { status } = await own('put', '/password', { currentPassword: password, newPassword: 'battery staple' });
    expect(status).toBe(200);
    expect(await closed).toBe('io server disconnect');
    expect((await server.call('get', '/api/me', { cookie: elsewhere })).status).toBe(401);
    expect((await own('get', '')).status).toBe(200);
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn('battery staple')).status).toBe(200);
    expect(await audited('user.changePassword')).toEqual([{ entityId: person.id, details: { sessions: 1 } }]);
  });

  it.each([
    ['wrongPassword', 'currentPassword', { currentPassword: 'guess', newPassword: 'battery staple' }],
    ['samePassword', 'newPassword', { currentPassword: password, newPassword: password }],
  ])('says %s at its field and changes nothing', async (code, field, body) => {
    const refused = await own('put', '/password', body);
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([422, code, field]);
    expect((await signIn(password)).status).toBe(200);
    expect(await audited('user.changePassword')).toEqual([]);
  });

  it('is not short', async () => {
    const { status, body } = await own('put', '/password', { currentPassword: password, newPassword: 'short' });
    expect([status, body]).toMatchObject([422, { errors: [{ field: 'newPassword' }] }]);
  });

  it('cannot be guessed faster here than at sign-in, and both count together', async () => {
    const guess = () => own('put', '/password', { currentPassword: 'guess', newPassword: 'battery staple' });
    for (let tries = 0; tries < 3; tries += 1) expect((await guess()).status).toBe(422);
    expect([(await guess()).body.code, (await signIn(password)).body.code]).toEqual(['tooManyTries', 'tooManyTries']);
  });
});

describe('own second factor', () => {
  it('goes on with the first digits, asks at sign-in, and goes off with the password alone', async () => {
    const { body } = await own('post', '/totp');
    const secret = String(body.secret);
    expect(body.uri).toContain(`secret=${secret}`);
    expect((await own('put', '/totp', { secret, code: '000000' })).body).toMatchObject({ code: 'totpWrong', field: 'code' });
    expect((await own('get', '')).body.totp).toBe(false);
    expect((await own('put', '/totp', { secret, code: await generate({ secret }) })).status).toBe(200);
    expect((await own('get', '')).body.totp).toBe(true);
    expect((await signIn(password)).body.code).toBe('totpNeeded');
    expect((await signIn(password, { totp: await generate({ secret }) })).status).toBe(200);
    const wrong = await own('post', '/totp/remove', { password: 'guess' });
    expect([wrong.status, wrong.body.code, wrong.body.field]).toEqual([422, 'wrongPassword', 'password']);
    expect((await own('post', '/totp/remove', { password })).status).toBe(200);
    expect((await signIn(password)).status).toBe(200);
    expect([(await audited('user.totpOn')).length, (await audited('user.totpOff')).length]).toEqual([1, 1]);
  });

  it('that is on is not swapped by whoever sits at an open session', async () => {
    await server.database.prisma.user.update({ where: { id: person.id }, data: { totpSecret: 'A'.repeat(32) } });
    const secret = String((await own('post', '/totp')).body.secret);
    const { status, body } = await own('put', '/totp', { secret, code: await generate({ secret }) });
    expect([status, body.code]).toEqual([409, 'totpOn']);
  });
});

describe('own sessions', () => {
  it('are told with device, address and times; the asking one first and marked', async () => {
    await signIn(password, { userAgent: chromeOnWindows });
    const [here, there, ...more] = await sessions();
    expect(here?.current).toBe(true);
    expect(there).toMatchObject({ browser: 'Chrome', system: 'Windows', current: false });
    expect(there?.address).toBe('127.0.0.1');
    expect(more).toEqual([]);
  });

  it('are seen when they ask for something, at most a minute late', async () => {
    const longAgo = new Date(Date.now() - 3_600_000);
    await server.database.prisma.session.updateMany({ where: { userId: person.id }, data: { lastSeenAt: longAgo } });
    expect(new Date((await sessions())[0]?.lastSeenAt ?? 0).getTime()).toBeGreaterThan(longAgo.getTime() + 3_000_000);
  });

  it('end one by one with their sockets', async () => {
    const elsewhere = await server.signInAs(person.id);
    const { closed } = await connected(elsewhere);
    const other = (await sessions()).find((session) => !session.current);
    expect((await own('delete', `/sessions/${other?.id}`)).status).toBe(200);
    expect(await closed).toBe('io server disconnect');
    expect((await server.call('get', '/api/me', { cookie: elsewhere })).status).toBe(401);
    expect(await audited('user.endSessions')).toEqual([{ entityId: person.id, details: { sessions: 1 } }]);
  });

  it('end all but the asking one', async () => {
    await server.signInAs(person.id);
    await server.signInAs(person.id);
    expect((await own('delete', '/sessions')).body).toEqual({ ended: 2 });
    expect((await sessions()).map((session) => session.current)).toEqual([true]);
  });

  it('of another person are not there, and the asking one is signed out, not ended', async () => {
    await server.signInAs(department.people.head.id);
    const theirs = await server.database.prisma.session.findFirstOrThrow({ where: { userId: department.people.head.id } });
    expect((await own('delete', `/sessions/${theirs.id}`)).status).toBe(404);
    expect(await server.database.prisma.session.count({ where: { id: theirs.id } })).toBe(1);
    const [here] = await sessions();
    const refused = await own('delete', `/sessions/${here?.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'thisSession']);
    expect((await own('get', '')).status).toBe(200);
  });
});
