import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { handOut, handOutLists } from '../../server/app/lists/hand-out.ts';
import { planHandOuts } from '../../server/app/lists/plan-hand-outs.ts';
import { seeDepths } from '../../server/app/lists/see-depths.ts';
import { seeLists } from '../../server/app/lists/see-lists.ts';
import { makePromise } from '../../server/app/promises/make-promise.ts';
import { callDepartment, type Department } from '../support/call-department.ts';

const week = { startsOn: '2026-11-30', endsOn: '2026-12-06' };
let department: Department;
let listId: number;

beforeEach(async () => {
  department = await callDepartment(30);
  ({ id: listId } = await department.prisma.callList.findFirstOrThrow());
  await department.prisma.listEntry.createMany({
    data: department.companyIds.map((companyId, position) => ({ listId, companyId, position })),
  });
});
afterEach(() => department.close());

const appOf = () => ({ ...department.app, reads: databaseReads(department.prisma) });
const givenTo = async (id: number): Promise<number[]> => {
  const rows = await department.prisma.listAssignment.findMany({ where: { listId: id, startsOn: new Date(week.startsOn) } });
  return rows.map(({ repId }) => repId).toSorted((left, right) => left - right);
};

describe('lists handed out together', () => {
  it('are planned by skill without the absent, handed out as planned, and come back when what stood before is put again', async () => {
    const { prisma, head, rep, other } = department;
    const skill = await prisma.skill.create({ data: { name: 'Тендеры', users: { create: [{ userId: rep.id }, { userId: other.id }] } } });
    const wanting = await prisma.callList.create({ data: { name: 'Tenders', skillId: skill.id } });
    await prisma.listEntry.create({ data: { listId: wanting.id, companyId: department.companyIds[0] ?? 0, position: 1 } });
    await prisma.user.update({ where: { id: rep.id }, data: { absentFrom: new Date('2026-11-30'), absentUntil: new Date('2026-12-10') } });
    await handOut(appOf(), head, listId, [{ repId: rep.id, ...week }]);

    const planned = await planHandOuts(appOf(), head, { ...week, rule: 'skill' });
    expect(planned.find((list) => list.listId === wanting.id)).toMatchObject({
      repIds: [other.id],
      assignments: [{ repId: other.id, ...week }],
    });
    expect(await givenTo(wanting.id)).toEqual([]);

    const before = await handOutLists(appOf(), head, planned);
    expect([await givenTo(listId), await givenTo(wanting.id)]).toEqual([[other.id], [other.id]]);
    await handOutLists(appOf(), head, before);
    expect([await givenTo(listId), await givenTo(wanting.id)]).toEqual([[rep.id], []]);
  });

  it('go by region to who calls the region already', async () => {
    const { prisma, head, rep, other, companyIds } = department;
    const region = await prisma.region.create({ data: { name: 'Свердловская область', timeZone: 'Asia/Yekaterinburg' } });
    const [first = 0, ...more] = companyIds.slice(0, 10);
    await prisma.company.updateMany({ where: { id: { in: [first, ...more] } }, data: { regionId: region.id } });
    const ural = await prisma.callList.create({ data: { name: 'Ural' } });
    await prisma.listEntry.createMany({ data: more.map((companyId, position) => ({ listId: ural.id, companyId, position })) });
    await prisma.listEntry.deleteMany({ where: { listId, companyId: { in: [first, ...more] } } });
    const at = department.time.now;
    const call = {
      companyId: first,
      phoneE164: '+70000000000',
      carrier: 'sandbox',
      hour: 11,
      intentAt: at,
      endedAt: at,
      disposedAt: at,
    } as const;
    const done = { day: at, companyDay: at, state: 'ended', endCause: 'noAnswer' } as const;
    await prisma.call.create({ data: { ...call, ...done, repId: Math.max(rep.id, other.id) } });

    const planned = await planHandOuts(appOf(), head, { ...week, rule: 'region', listIds: [listId, ural.id] });
    expect(planned.find((list) => list.listId === ural.id)?.repIds).toEqual([Math.max(rep.id, other.id)]);
    const [seen] = (await seeLists(appOf(), head)).filter(({ id }) => id === ural.id);
    expect(seen?.regions).toEqual([{ id: region.id, name: region.name, cold: 9 }]);
  });

  it('are handed out all or none', async () => {
    const { prisma, head, rep } = department;
    const closed = await prisma.callList.create({ data: { name: 'Closed', status: 'closed' } });
    const both = [listId, closed.id].map((id) => ({ listId: id, assignments: [{ repId: rep.id, ...week }] }));
    await expect(handOutLists(appOf(), head, both)).rejects.toMatchObject({ code: 'listClosed' });
    expect(await givenTo(listId)).toEqual([]);
  });
});

describe('how deep everybody’s queue is', () => {
  it('counts promises of the day and cold ones, and says when they run dry at the learned pace', async () => {
    const { head, lead, rep, other, companyIds, prisma } = department;
    const [promisedId = 0] = companyIds;
    await prisma.company.update({ where: { id: promisedId }, data: { ownerId: rep.id } });
    const promise = { kind: 'exact', localTime: '2026-11-25T11:00', acceptOverCapacity: false } as const;
    await makePromise(appOf(), head, { companyId: promisedId, promise });
    const call = { repId: rep.id, companyId: promisedId, phoneE164: '+70000000000', carrier: 'sandbox', hour: 11, tier: 'cold' } as const;
    for (const day of ['2026-11-18', '2026-11-19', '2026-11-20']) {
      const calledOn = new Date(day);
      await prisma.call.create({
        data: {
          ...call,
          intentAt: calledOn,
          day: calledOn,
          companyDay: calledOn,
          state: 'ended',
          endCause: 'noAnswer',
          endedAt: calledOn,
          disposedAt: calledOn,
        },
      });
    }
    await handOut(
      appOf(),
      head,
      listId,
      [rep, other].map(({ id }) => ({ repId: id, startsOn: '2026-11-24', endsOn: '2026-11-29' })),
    );

    const { reps, lists, horizonDays } = await seeDepths(appOf(), lead, '2026-11-25');
    const own = reps.find(({ repId }) => repId === rep.id);
    expect(own?.depth).toMatchObject({ overdueToday: 1, overdueEarlier: 0, cold: 29 });
    // One dial a day by each of the two: who is new is taken for a usual one; of today four fifths are left.
    expect(own?.coldPerDay).toBe(1);
    expect(lists).toMatchObject([{ listId, cold: 29, dry: { workingDays: 15 } }]);
    expect(horizonDays).toBeGreaterThan(15);
    expect((await seeDepths(appOf(), { ...lead, teamId: null }, undefined)).reps).toEqual([]);
  });
});
