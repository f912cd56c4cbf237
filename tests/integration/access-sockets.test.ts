import { io as connectTo, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { roles } from '../../server/contract/http/endpoint.ts';
import { refusalSchema } from '../../server/contract/sockets/index.ts';
import { closeEndedSockets } from '../../server/entrypoints/sockets/session-watch.ts';
import { patience } from '../support/patience.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams } from '../support/two-teams.ts';

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;
const opened: Socket[] = [];

beforeAll(async () => {
  // The watch over sessions goes round when a test says so: what ends at once must end without it.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await server.stop();
  vi.useRealTimers();
});

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
    const refusal: unknown = await socket.timeout(patience.timeout).emitWithAck('board:watch', { room: 'watchers' });
    expect(refusal).toMatchObject({ error: { code: 'notAllowed' } });
    const [known] = await server.io.in(`user:${department.people.rep.id}`).fetchSockets();
    const rooms = [...(known?.rooms ?? [])].filter((room) => room !== known?.id && !room.startsWith('session:'));
    expect(rooms).toEqual([`user:${department.people.rep.id}`]);
  });

  it('is told how a headset is connected only by those who call', async () => {
    const rep = await socketOf(department.people.rep.id);
    expect(await rep.timeout(patience.timeout).emitWithAck('headset:access', {})).toEqual({ kind: 'server', iceServers: [] });
    const seller = await socketOf(department.people.seller.id);
    expect(await seller.timeout(patience.timeout).emitWithAck('headset:access', {})).toMatchObject({ error: { code: 'notAllowed' } });
  });

  it("a lead's joins his own team, a head's those who watch all", async () => {
    await socketOf(department.people.lead.id);
    await socketOf(department.people.head.id);
    const inRoom = async (room: string): Promise<number> => (await server.io.in(room).fetchSockets()).length;
    await vi.waitFor(async () => {
      expect([await inRoom(`team:${department.north.id}`), await inRoom(`team:${department.south.id}`), await inRoom('watchers')]).toEqual([
        1, 0, 1,
      ]);
    }, patience);
  });
});

describe('two computers of one rep', () => {
  const home = { computerId: '00000000-0000-4000-8000-000000000001' };
  const office = { computerId: '00000000-0000-4000-8000-000000000002' };
  const ask = (socket: Socket, event: string, payload: object): Promise<unknown> =>
    socket.timeout(patience.timeout).emitWithAck(event, payload);
  const refused = { error: { code: 'headsetElsewhere' } };

  it('do not take the headset from each other: the newest press has it', async () => {
    const [first, second] = [await socketOf(department.people.rep.id), await socketOf(department.people.rep.id)];
    expect(await ask(second, 'headset:seat', { ...office, how: 'look' })).toEqual({ seat: 'free' });
    expect(await ask(first, 'headset:access', home)).toMatchObject({ kind: 'server' });
    expect(await ask(second, 'headset:seat', { ...office, how: 'keep' })).toEqual({ seat: 'elsewhere' });
    expect(await ask(second, 'headset:access', office)).toMatchObject(refused);
    expect(await ask(second, 'headset:offer', { ...office, sdp: 'mine' })).toMatchObject(refused);

    expect(await ask(second, 'headset:seat', { ...office, how: 'take' })).toEqual({ seat: 'here' });
    expect(await ask(first, 'headset:seat', { ...home, how: 'keep' })).toEqual({ seat: 'elsewhere' });
    expect(await ask(first, 'headset:offer', { ...home, sdp: 'mine' })).toMatchObject(refused);
    expect(await ask(second, 'headset:offer', { ...office, sdp: 'mine' })).toEqual({ sdp: '' });
    // A client that names no computer is no page that comes back by itself.
    expect(await ask(first, 'headset:offer', { sdp: 'mine' })).toEqual({ sdp: '' });
    // A colleague has a seat of his own.
    const colleague = await socketOf(department.other.rep.id);
    expect(await ask(colleague, 'headset:seat', { ...home, how: 'keep' })).toEqual({ seat: 'here' });
  });

  it('keep a closed one’s place for as long as it may come back, by the socket that spoke last', async () => {
    const { prisma } = server.database;
    const socket = await socketOf(department.people.rep.id);
    await ask(socket, 'headset:seat', { ...home, how: 'take' });
    const seat = () => prisma.headsetSeat.findUniqueOrThrow({ where: { userId: department.people.rep.id } });
    const { leaseUntil } = await seat();
    socket.disconnect();
    await vi.waitFor(async () => expect((await seat()).leaseUntil.getTime()).toBeLessThan(leaseUntil.getTime() - 30_000), patience);
  });
});

/** The refusal's code, or null when it was done. */
async function refusalTo(userId: number, event: string, payload: object): Promise<string | null> {
  const socket = await socketOf(userId);
  const answer: unknown = await socket.timeout(patience.timeout).emitWithAck(event, payload);
  const refusal = refusalSchema.safeParse(answer);
  return refusal.success ? refusal.data.error.code : null;
}

describe('supervision', () => {
  it('is for a lead in his own team and for heads and admins in all; others’ reps do not exist for him', async () => {
    const { people, other } = department;
    const startOf = (userId: number, repId: number) => refusalTo(userId, 'supervise:start', { repId, mode: 'listen' });
    const answers = async (repId: number) =>
      Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await startOf(people[role].id, repId)] as const)));
    // The rep is in no talk: that is told only to those who may know it.
    const outside = { rep: 'notAllowed', seller: 'notAllowed', lineManager: 'notAllowed' };
    expect(await answers(people.rep.id)).toEqual({ ...outside, lead: 'noLiveCall', head: 'noLiveCall', admin: 'noLiveCall' });
    expect(await answers(other.rep.id)).toEqual({ ...outside, lead: 'notFound', head: 'noLiveCall', admin: 'noLiveCall' });
    expect(await startOf(other.lead.id, people.rep.id)).toBe('notFound');
    expect(await startOf(people.lead.id, people.lead.id)).toBe('ownCall');
  });

  it('that runs is moved by its supervisor and answered by its rep alone', async () => {
    const { people, other } = department;
    const { prisma } = server.database;
    const soon = new Date(Date.now() + 60_000);
    const { id } = await prisma.supervision.create({
      data: {
        callId: department.call.id,
        supervisorId: people.head.id,
        repId: other.rep.id,
        wanted: 'listen',
        askedAt: new Date(),
        supervisorSocket: 'elsewhere',
        supervisorLeaseUntil: soon,
      },
    });
    const before = await prisma.supervision.findUniqueOrThrow({ where: { id } });
    const strangers = [people.rep.id, people.lead.id, people.admin.id, other.lead.id, people.seller.id];
    const asked = {
      'supervise:offer': { sdp: 'mine' },
      'supervise:mode': { mode: 'barge' },
      'supervise:keep': {},
      'supervise:answer': { sdp: 'mine' },
      'supervise:mixed': { mode: 'barge' },
    };
    for (const [event, more] of Object.entries(asked)) {
      for (const userId of strangers)
        expect([event, userId, await refusalTo(userId, event, { id, ...more })]).toEqual([event, userId, 'notFound']);
    }
    // The rep speaks for his own browser alone, the supervisor for his.
    expect(await refusalTo(other.rep.id, 'supervise:mode', { id, mode: 'barge' })).toBe('notFound');
    expect(await refusalTo(people.head.id, 'supervise:mixed', { id, mode: 'barge' })).toBe('notFound');
    for (const userId of strangers) await refusalTo(userId, 'supervise:stop', { id, why: 'stopped' });
    expect(await prisma.supervision.findUniqueOrThrow({ where: { id } })).toEqual(before);
    expect(await refusalTo(people.head.id, 'supervise:stop', { id, why: 'stopped' })).toBe(null);
    expect((await prisma.supervision.findUniqueOrThrow({ where: { id } })).endedBecause).toBe('stopped');
  });
});

describe('ended access', () => {
  it('closes the sockets of a disabled person at once and takes his session', async () => {
    const leaver = department.other.rep;
    const cookie = await server.signInAs(leaver.id);
    const socket = socketWith({ cookie, origin: server.url });
    expect(await outcome(socket)).toBe('connected');
    const ended = closed(socket);
    const admin = await server.signInAs(department.people.admin.id);
    const { status } = await server.call('post', `/api/admin/users/${leaver.id}/disable`, {
      cookie: admin,
      body: { handOn: { toUserId: department.people.rep.id } },
    });
    expect(status).toBe(200);
    await ended;
    expect((await server.call('get', '/api/me', { cookie })).status).toBe(401);
    expect(await outcome(socketWith({ cookie, origin: server.url }))).toBe('signInFirst');
  });

  it('is found by the watch within 5 s when another process ended it', async () => {
    const socket = await socketOf(department.people.seller.id);
    const ended = closed(socket);
    await server.database.prisma.user.update({ where: { id: department.people.seller.id }, data: { disabledAt: new Date() } });
    vi.advanceTimersByTime(5_000);
    await ended;
  });

  it('another role means other rooms: the socket is closed to join anew', async () => {
    const socket = await socketOf(department.other.lead.id);
    const ended = closed(socket);
    await server.database.prisma.user.update({ where: { id: department.other.lead.id }, data: { role: 'rep' } });
    expect(await closeEndedSockets(server.io, server.app)).toBe(1);
    await ended;
  });
});
