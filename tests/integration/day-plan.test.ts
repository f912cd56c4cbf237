import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { makePromise } from '../../server/app/promises/make-promise.ts';
import { forkedDays } from '../../server/adapters/simulation/forked-days.ts';
import type { Watch } from '../../server/app/ports/day-simulator.ts';
import { publishDay } from '../../server/app/simulation/publish-day.ts';
import { simulateTeamDay } from '../../server/app/simulation/simulate-day.ts';
import { dayChangesSchema } from '../../server/contract/http/simulation.ts';
import { callDepartment, type Department } from '../support/call-department.ts';

const tomorrow = '2026-11-25';
const daySimulator = forkedDays();
let department: Department;
let promisedCompanyId: number;

beforeEach(async () => {
  department = await callDepartment(30);
  [promisedCompanyId = 0] = department.companyIds;
  const promise = { kind: 'exact', localTime: `${tomorrow}T11:00`, acceptOverCapacity: false } as const;
  await department.prisma.company.update({ where: { id: promisedCompanyId }, data: { ownerId: department.rep.id } });
  await makePromise({ ...department.app, reads: databaseReads(department.prisma) }, department.head, {
    companyId: promisedCompanyId,
    promise,
  });
});
afterEach(() => department.close());

const simulate = (
  actor: Department['rep'],
  question: Parameters<typeof simulateTeamDay>[2],
  { signal = new AbortController().signal, onProgress = () => undefined }: Partial<Watch> = {},
) => {
  const app = { ...department.app, reads: databaseReads(department.prisma), daySimulator };
  return simulateTeamDay(app, actor, question, { signal, onProgress });
};
const ask = (actor: Department['rep'], changes?: object) =>
  simulate(actor, { date: tomorrow, ...(changes ? { changes: dayChangesSchema.parse(changes) } : {}) });

describe('tomorrow played from the real queue', () => {
  it('has everybody, his lists and the promise of the day, and tells when the list runs dry', async () => {
    const { reps, lists, base, changed, workingDay } = await ask(department.head);
    expect(workingDay).toBe(true);
    expect(changed).toBeNull();
    expect(reps.map(({ id, absent }) => [id, absent])).toEqual([
      [department.other.id, false],
      [department.rep.id, false],
    ]);
    expect(base).toMatchObject({ promisesDue: 1, promisesLate: 0, atRisk: [] });
    expect(base.lists).toMatchObject([{ listId: lists[0]?.id, cold: 29, coldLeft: 0, dryShare: 1 }]);
    expect(base.dials).toBeGreaterThan(29);
  });

  it('beside it names the promise of a rep who falls ill when the team does not take it, and keeps it once it is handed on', async () => {
    const helped = await ask(department.lead, { absentRepIds: [department.rep.id] });
    expect(helped.changed?.promisesLate).toBeLessThan(0.5);
    Object.assign(department.settings.queue, { teamTakesOverAbsent: false, takeOverBeforeLateMinutes: 0 });
    const ill = await ask(department.lead, { absentRepIds: [department.rep.id] });
    expect(ill.base.atRisk).toEqual([]);
    expect(ill.changed?.atRisk).toMatchObject([{ company: { id: promisedCompanyId, name: 'Company 0' }, risk: 1 }]);
    const shared = await ask(department.lead, { absentRepIds: [department.rep.id], shareAbsentPromises: true });
    expect(shared.changed?.promisesLate).toBeLessThan(0.5);
    expect(shared.base).toEqual(ill.base);
  });

  it('tells how far it is, and ends when nobody waits for it any more', async () => {
    const shares: number[] = [];
    const left = new AbortController();
    await simulate(department.head, { date: tomorrow }, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);
    await expect(
      simulate(department.head, { date: tomorrow }, { signal: left.signal, onProgress: () => left.abort(new Error('left')) }),
    ).rejects.toThrow('left');
  });

  it('reads only: neither the queue nor the promise has moved', async () => {
    const before = await department.prisma.leadQueue.findMany({ orderBy: { leadId: 'asc' } });
    await ask(department.head, { absentRepIds: [department.rep.id], shareAbsentPromises: true });
    expect(await department.prisma.leadQueue.findMany({ orderBy: { leadId: 'asc' } })).toEqual(before);
    expect(await department.prisma.promise.findFirst()).toMatchObject({ repId: department.rep.id, status: 'open' });
  });

  it('is said to be a day off where the calendar has a holiday', async () => {
    await department.prisma.holiday.create({ data: { country: 'RU', day: new Date(`${tomorrow}T00:00:00Z`), name: 'День загона' } });
    expect((await ask(department.head)).workingDay).toBe(false);
  });

  it("is another team's for nobody but a head", async () => {
    const other = await department.prisma.team.create({ data: { name: 'Other' } });
    await expect(simulate(department.lead, { date: tomorrow, teamId: other.id })).rejects.toMatchObject({ status: 404 });
    expect((await simulate(department.head, { date: tomorrow, teamId: other.id })).reps).toEqual([]);
  });

  it('deals the lists out by a rule, to those who are there', async () => {
    const changes = dayChangesSchema.parse({ absentRepIds: [department.rep.id] });
    const { handOuts, lists } = await simulate(department.head, { date: tomorrow, changes, spread: 'load' });
    expect(handOuts).toEqual([{ listId: lists[0]?.id, repIds: [department.other.id] }]);
  });

  it('deals a list that asks for a skill to who has it, and one that nobody works too', async () => {
    const { prisma } = department;
    const skill = await prisma.skill.create({ data: { name: 'Тендеры', users: { create: { userId: department.other.id } } } });
    const idle = await prisma.callList.create({ data: { name: 'Idle', skillId: skill.id } });
    await prisma.listEntry.create({ data: { listId: idle.id, companyId: promisedCompanyId, position: 1 } });
    const { handOuts, lists } = await simulate(department.head, { date: tomorrow, spread: 'skill' });
    expect(lists.find(({ id }) => id === idle.id)).toMatchObject({ skillId: skill.id });
    expect(handOuts.find(({ listId }) => listId === idle.id)?.repIds).toEqual([department.other.id]);
    expect(handOuts.find(({ listId }) => listId !== idle.id)?.repIds).toContain(department.rep.id);
  });

  it('is published: the list for that day only, the promise to the colleague with the reason, and nothing is left the second time', async () => {
    const app = { ...department.app, reads: databaseReads(department.prisma) };
    const { lists } = await ask(department.head);
    const changes = dayChangesSchema.parse({
      absentRepIds: [department.rep.id],
      shareAbsentPromises: true,
      handOuts: [{ listId: lists[0]?.id, repIds: [department.other.id] }],
    });
    const asked = await ask(department.head, changes);
    expect(asked.promisesTo).toEqual([{ fromRepId: department.rep.id, toRepId: department.other.id, count: 1 }]);
    const done = await publishDay(app, department.head, { date: tomorrow, changes });
    expect(done).toEqual({ lists: 1, promises: 1, promisesLeft: 0 });
    expect(await department.prisma.promise.findFirst()).toMatchObject({ repId: department.other.id, status: 'open' });
    const after = await ask(department.head);
    expect(after.reps.map(({ id, listIds }) => [id, listIds.length])).toEqual([
      [department.other.id, 1],
      [department.rep.id, 0],
    ]);
    const spans = await department.prisma.listAssignment.count({ where: { repId: department.rep.id } });
    expect(spans).toBe(2);
    expect(await publishDay(app, department.head, { date: tomorrow, changes })).toEqual({ lists: 1, promises: 0, promisesLeft: 0 });
    await expect(publishDay(app, department.head, { date: '2026-11-20', changes })).rejects.toMatchObject({ code: 'dayPassed' });
  });
});
