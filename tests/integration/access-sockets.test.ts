import { io as connectTo, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeEndedSockets } from '../../server/entrypoints/sockets/session-watch.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams } from '../support/two-teams.ts';

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
const opened: Socket[] = [];

beforeAll(async () => {
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(() => server.stop());

function socketWith(headers: Record<string, string>): Socket {
  const socket = connectTo(server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
  });
  opened.push(socket);
  return socket;
}

const outcome = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('connect', () => {
      resolve('connected');
    });
    socket.once('connect_error', (error) => {
      resolve(error.message);
    });
  });

async function socketOf(userId: number): Promise<Socket> {
  const socket = socketWith({ cookie: await server.signInAs(userId), origin: server.url });
  expect(await outcome(socket)).toBe('connected');
  return socket;
}

const closed = (socket: Socket): Promise<string> => new Promise((resolve) => socket.once('disconnect', resolve));

describe('a socket', () => {
  it('wants a sign-in', async () => {
    expect(await outcome(socketWith({ origin: server.url }))).toBe('signInFirst');
    expect(await outcome(socketWith({ origin: server.url, cookie: 'zagon=made-up' }))).toBe('signInFirst');
  });

  it('refuses a page elsewhere, cookie or not', async () => {
    const cookie = await server.signInAs(department.people.admin.id);
    expect(await outcome(socketWith({ cookie, origin: 'https://elsewhere.example' }))).not.toBe('connected');
  });

  it('sits in the rooms of its session alone, whatever it asks for', async () => {
    const socket = await socketOf(department.people.rep.id);
    const strangers = ['join', 'subscribe', 'room', 'board:join', '__proto__', 'constructor'];
    for (const event of strangers) socket.emit(event, 'watchers', `team:${department.south.id}`, `user:${department.other.rep.id}`);
    // An event that is answered comes after those that are not.
    const refusal: unknown = await socket.timeout(5_000).emitWithAck('board:watch', { room: 'watchers' });
    expect(refusal).toMatchObject({ error: { code: 'notAllowed' } });
    const [known] = await server.io.in(`user:${department.people.rep.id}`).fetchSockets();
    const rooms = [...(known?.rooms ?? [])].filter((room) => room !== known?.id && !room.startsWith('session:'));
    expect(rooms).toEqual([`user:${department.people.rep.id}`]);
  });

  it("a lead's joins his own team, a head's those who watch all", async () => {
    await socketOf(department.people.lead.id);
    await socketOf(department.people.head.id);
    const inRoom = async (room: string): Promise<number> => (await server.io.in(room).fetchSockets()).length;
    await vi.waitFor(async () => {
      expect([await inRoom(`team:${department.north.id}`), await inRoom(`team:${department.south.id}`), await inRoom('watchers')]).toEqual([
        1, 0, 1,
      ]);
    });
  });
});

describe('ended access', () => {
  it('closes the sockets of a disabled person within 5 s and takes his session', async () => {
    const leaver = department.other.rep;
    const cookie = await server.signInAs(leaver.id);
    const socket = socketWith({ cookie, origin: server.url });
    expect(await outcome(socket)).toBe('connected');
    const ended = closed(socket);
    const before = performance.now();
    const admin = await server.signInAs(department.people.admin.id);
    const { status } = await server.call('post', `/api/admin/users/${leaver.id}/disable`, {
      cookie: admin,
      body: { handOn: { toUserId: department.people.rep.id } },
    });
    expect(status).toBe(200);
    await ended;
    expect(performance.now() - before).toBeLessThan(5_000);
    expect((await server.call('get', '/api/me', { cookie })).status).toBe(401);
    expect(await outcome(socketWith({ cookie, origin: server.url }))).toBe('signInFirst');
  });

  it('is found by the watch within 5 s when another process ended it', async () => {
    const socket = await socketOf(department.people.seller.id);
    const ended = closed(socket);
    const before = performance.now();
    await server.database.prisma.user.update({ where: { id: department.people.seller.id }, data: { disabledAt: new Date() } });
    await ended;
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('another role means other rooms: the socket is closed to join anew', async () => {
    const socket = await socketOf(department.other.lead.id);
    const ended = closed(socket);
    await server.database.prisma.user.update({ where: { id: department.other.lead.id }, data: { role: 'rep' } });
    expect(await closeEndedSockets(server.io, server.app)).toBe(1);
    await ended;
  });
});
