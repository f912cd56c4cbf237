import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../server/app/actor.ts';
import { askForSeat, seatKeeper } from '../../server/app/headset/seat.ts';
import { callDepartment, dialNext, say, type Department } from '../support/call-department.ts';

const home = '00000000-0000-4000-8000-000000000001';
const office = '00000000-0000-4000-8000-000000000002';

let department: Department;
beforeAll(async () => {
  department = await callDepartment();
});
afterAll(() => department.close());

/** Each test has a person of its own. */
const asking = (who: Actor) => (computerId: string, how: 'look' | 'keep' | 'take') =>
  askForSeat(department.app, who, { computerId, how, socketId: `socket of ${computerId}` });
const told = () => department.prisma.outboxEvent.count({ where: { topic: 'socket:headset:moved' } });

async function talk(): Promise<number> {
  const { call } = await dialNext(department, department.rep);
  await say(department, call.id, { kind: 'answered' }, 2);
  return call.id;
}

it('two computers that come at once: one gets the seat, the other is told where it is', async () => {
  const ask = asking(department.lead);
  expect((await Promise.all([ask(home, 'keep'), ask(office, 'keep')])).sort()).toEqual(['elsewhere', 'here']);
});

it('whose page has gone gives its seat up after the grace of a live call, which is told; one that came back keeps it', async () => {
  const { other } = department;
  const ask = asking(other);
  const looks: (() => void)[] = [];
  const keeper = seatKeeper(department.app, { after: (_, action) => (looks.push(action), () => undefined) });
  await ask(home, 'keep');
  await keeper.onSocketLost(other.id, `socket of ${office}`);
  expect(looks).toHaveLength(0);
  await keeper.onSocketLost(other.id, `socket of ${home}`);
  department.pass(29 / 60);
  expect(await ask(office, 'keep')).toBe('elsewhere');
  expect(await ask(home, 'keep')).toBe('here');
  department.pass(1);
  expect(await ask(office, 'keep')).toBe('elsewhere');

  await keeper.onSocketLost(other.id, `socket of ${home}`);
  department.pass(31 / 60);
  const before = await told();
  looks.at(-1)?.();
  await expect.poll(told).toBe(before + 1);
  expect(await ask(office, 'look')).toBe('free');
  expect(await ask(office, 'keep')).toBe('here');
  expect(await ask(home, 'keep')).toBe('elsewhere');
});

it('nothing but a press moves the headset in mid-call, also from a page that says no more; after the call it is free', async () => {
  const { rep, prisma } = department;
  const ask = asking(rep);
  await ask(home, 'keep');
  const callId = await talk();
  department.pass(2);
  expect(await ask(office, 'keep')).toBe('elsewhere');
  expect(await prisma.headsetSeat.findUnique({ where: { userId: rep.id } })).toMatchObject({ computerId: home });
  expect(await ask(office, 'take')).toBe('here');
  department.pass(2);
  expect(await ask(home, 'keep')).toBe('elsewhere');
  await say(department, callId, { kind: 'ended', cause: 'completed' }, 250);
  expect(await ask(home, 'keep')).toBe('here');
});
