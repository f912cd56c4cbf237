import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../../server/contract/http/endpoint.ts';
import { allRoutes } from '../../server/entrypoints/http/routes/index.ts';
import { sessionCookies } from '../../server/entrypoints/http/kit/session-cookie.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';
import { twoTeams } from '../support/two-teams.ts';

// The table is made of the routes themselves: a new route is in it the day it is written.
const routes = allRoutes(
  sessionCookies('http://test', (token) => token),
  { closeSession: () => undefined, closeUser: () => undefined },
  () => undefined,
).map((route) => route.endpoint);

const placeholders: Record<string, string> = { group: 'queue', country: 'RU', day: '2026-01-01', kind: 'channel' };
const addressOf = (path: string, id: number): string => path.replaceAll(/:(\w+)/g, (_, name: string) => placeholders[name] ?? String(id));
const mayCall = (access: (typeof routes)[number]['access'], role: Role): boolean =>
  access === 'public' || access === 'signedIn' || access.includes(role);

let server: RunningServer;
let department: Awaited<ReturnType<typeof twoTeams>>;

beforeAll(async () => {
  server = await runningServer();
  department = await twoTeams(server.database.prisma);
});
afterAll(() => server.stop());

describe('every route', () => {
  it('is in the table once', () => {
    const names = routes.map((endpoint) => `${endpoint.method} ${endpoint.path}`);
    expect(names).toHaveLength(new Set(names).size);
    expect(names.length).toBeGreaterThan(60);
  });

  it.each(routes.filter((endpoint) => endpoint.access !== 'public').map((endpoint) => [endpoint.method, endpoint.path]))(
    '%s %s wants a sign-in',
    async (method, path) => {
      const { status, body } = await server.call(method, addressOf(path, 999_999));
      expect([status, body.code]).toEqual([401, 'signInFirst']);
    },
  );

  it.each(roles)('lets a %s in exactly where it says so', async (role) => {
    const wrong: string[] = [];
    for (const endpoint of routes) {
      // A session for each: signing out is one of the routes.
      const cookie = await server.signInAs(department.people[role].id);
      const { status, body } = await server.call(endpoint.method, addressOf(endpoint.path, 999_999), { cookie });
      const refused = status === 401 || (status === 403 && body.code === 'notAllowed');
      if (refused === mayCall(endpoint.access, role) || status >= 500)
        wrong.push(`${endpoint.method} ${endpoint.path}: ${status} ${String(body.code)}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(routes.filter((endpoint) => endpoint.method !== 'get').map((endpoint) => [endpoint.method, endpoint.path]))(
    '%s %s refuses a page elsewhere',
    async (method, path) => {
      const cookie = await server.signInAs(department.people.admin.id);
      const { status, body } = await server.call(method, addressOf(path, 999_999), {
        cookie,
        headers: { origin: 'https://elsewhere.example' },
      });
      expect([status, body.code]).toEqual([403, 'foreignOrigin']);
    },
  );
});

interface Strange {
  method: string;
  address: () => string;
  body?: object | (() => object);
  roles: Role[];
}

const due = '2030-01-01T09:00:00Z';

/** Records of the second team, asked for by people of the first. */
const anothers: Strange[] = [
  { method: 'get', address: () => `/api/calls/${department.call.id}`, roles: ['rep', 'lead'] },
  { method: 'post', address: () => `/api/calls/${department.call.id}/hangup`, roles: ['rep', 'lead'] },
  { method: 'post', address: () => `/api/calls/${department.call.id}/dtmf`, body: { digits: '1' }, roles: ['rep', 'lead'] },
  { method: 'post', address: () => `/api/calls/${department.call.id}/transfer`, body: { to: '+74950000009' }, roles: ['rep', 'lead'] },
  { method: 'put', address: () => `/api/calls/${department.call.id}/draft`, body: { draft: { note: 'x' } }, roles: ['rep', 'lead'] },
  { method: 'post', address: () => `/api/calls/${department.call.id}/disposition`, body: { code: 'gatekeeper' }, roles: ['rep', 'lead'] },
  { method: 'get', address: () => `/api/companies/${department.company.id}`, roles: ['rep', 'seller'] },
  { method: 'patch', address: () => `/api/companies/${department.company.id}`, body: { city: 'x' }, roles: ['rep', 'seller'] },
  { method: 'post', address: () => `/api/companies/${department.company.id}/notes`, body: { text: 'x' }, roles: ['rep', 'seller'] },
  { method: 'patch', address: () => `/api/contacts/${department.contact.id}`, body: { name: 'x' }, roles: ['rep', 'seller'] },
  {
    method: 'post',
    address: () => '/api/deals',
    body: () => ({ companyId: department.company.id, title: 'x' }),
    roles: ['rep', 'seller'],
  },
  { method: 'get', address: () => `/api/deals/${department.deal.id}`, roles: ['rep', 'lead', 'seller'] },
  { method: 'patch', address: () => `/api/deals/${department.deal.id}`, body: { amount: 1 }, roles: ['rep', 'lead', 'seller'] },
  { method: 'patch', address: () => `/api/tasks/${department.task.id}`, body: { done: true }, roles: ['rep', 'lead', 'seller'] },
  {
    method: 'post',
    address: () => '/api/tasks',
    body: () => ({ title: 'x', companyId: department.company.id, dueAt: due }),
    roles: ['rep', 'lead', 'seller'],
  },
  { method: 'post', address: () => `/api/handoffs/${department.handoff.id}/accept`, roles: ['seller'] },
  { method: 'post', address: () => `/api/handoffs/${department.handoff.id}/return`, body: { reason: 'Нет бюджета' }, roles: ['seller'] },
  { method: 'get', address: () => `/api/promises/${department.promise.id}/history`, roles: ['rep', 'lead'] },
  { method: 'post', address: () => `/api/promises/${department.promise.id}/withdraw`, body: { reason: 'x' }, roles: ['rep', 'lead'] },
  {
    method: 'post',
    address: () => `/api/promises/${department.promise.id}/hand-over`,
    body: () => ({ repId: department.people.rep.id, reason: 'x' }),
    roles: ['rep', 'lead'],
  },
  {
    method: 'patch',
    address: () => `/api/promises/${department.promise.id}`,
    body: { promise: { kind: 'exact', localTime: '2030-01-01T10:00' }, reason: 'x' },
    roles: ['rep', 'lead'],
  },
  { method: 'get', address: () => `/api/recordings/${department.recording.id}`, roles: ['rep', 'lead'] },
  { method: 'get', address: () => `/api/recordings/${department.recording.id}/audio`, roles: ['rep', 'lead'] },
  { method: 'get', address: () => `/api/recordings/${department.recording.id}/peaks`, roles: ['rep', 'lead'] },
  { method: 'get', address: () => `/api/queue/preview?repId=${department.other.rep.id}`, roles: ['rep', 'lead'] },
  { method: 'get', address: () => `/api/schedule?repId=${department.other.rep.id}`, roles: ['rep', 'lead'] },
];

describe("another's record", () => {
  it.each(anothers.map((strange) => [strange.method, strange.address.toString().replace(/^\(\) => /, ''), strange] as const))(
    '%s %s is not found',
    async (_method, _address, strange) => {
      for (const role of strange.roles) {
        const cookie = await server.signInAs(department.people[role].id);
        const { status, body } = await server.call(strange.method, strange.address(), {
          cookie,
          body: typeof strange.body === 'function' ? strange.body() : strange.body,
        });
        expect([role, status, body.code]).toEqual([role, 404, 'notFound']);
      }
    },
  );

  it.each(
    anothers
      .filter((strange) => strange.method === 'get' && !strange.address.toString().match(/audio|peaks/))
      .map((strange) => [strange.address.toString().replace(/^\(\) => /, ''), strange] as const),
  )('%s is there for those it belongs to', async (_address, strange) => {
    for (const userId of [department.other.rep.id, department.people.head.id]) {
      const { status } = await server.call('get', strange.address(), { cookie: await server.signInAs(userId) });
      expect(status).toBe(200);
    }
  });

  it('nothing of it was changed', async () => {
    const { prisma } = server.database;
    const task = await prisma.task.findUniqueOrThrow({ where: { id: department.task.id } });
    const deal = await prisma.deal.findUniqueOrThrow({ where: { id: department.deal.id } });
    const handoff = await prisma.handoff.findUniqueOrThrow({ where: { id: department.handoff.id } });
    expect([task.doneAt, deal.amount, handoff.status, await prisma.note.count()]).toEqual([null, null, 'pending', 0]);
  });

  it.each(['/api/tasks', '/api/deals', '/api/handoffs', '/api/calls'])('%s lists nothing of it', async (address) => {
    for (const role of ['rep', 'lead'] as const) {
      const { body } = await server.call('get', address, { cookie: await server.signInAs(department.people[role].id) });
      expect(body.items).toEqual([]);
    }
  });
});
