import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { promiseReads } from '../../server/adapters/db/reads/promises.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { listExhausted, returnExhausted } from '../../server/app/leads/exhausted.ts';
import { fulfilByInbound } from '../../server/app/promises/fulfil-by-inbound.ts';
import { handOverPromise } from '../../server/app/promises/hand-over-promise.ts';
import { handOverPromises } from '../../server/app/promises/hand-over-promises.ts';
import { movePromise } from '../../server/app/promises/move-promise.ts';
import { listOpenPromises, promiseSummary } from '../../server/app/promises/read-promises.ts';
import { withdrawPromise } from '../../server/app/promises/withdraw-promise.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import type { ExhaustedDecision } from '../../server/contract/http/leads.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

/** A talk that ends with a promise for tomorrow at eleven. */
async function promised() {
  const { call, claim } = await dialNext(department, department.rep);
  await talk(department, call.id);
  const body = { code: 'callBack', contactId: claim.company.contacts[0]?.id, promise: { kind: 'exact', localTime: '2026-11-25T11:00' } };
  const made = await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse(body));
  if (!made.promise) throw new Error('no promise was made');
  return { promise: made.promise, companyId: claim.company.id, callId: call.id };
}

const history = (promiseId: number) => promiseReads(department.prisma).history(promiseId);
const poolOf = async (companyId: number) =>
  (await department.prisma.leadQueue.findFirst({ where: { lead: { companyId } }, select: { pool: true, readyAt: true } })) ?? null;

describe('a promise', () => {
  it('is moved by a person with a reason: another takes its place, the lead goes with it, its life is told whole', async () => {
    const { promise, companyId, callId } = await promised();
    const moved = await movePromise(department.app, department.lead, promise.id, {
      promise: { kind: 'exact', localTime: '2026-11-26T10:00', acceptOverCapacity: false },
      reason: 'попросил позже',
    });
    expect(moved).toMatchObject({ status: 'open', promisedAt: '2026-11-26T07:00:00.000Z', rep: { id: department.rep.id } });
    expect((await poolOf(companyId))?.readyAt).toEqual(new Date('2026-11-26T06:55:00Z'));
    const told = await history(moved.id);
    expect(told.map(({ kind, by, reason, toPromisedAt }) => [kind, by?.id, reason, toPromisedAt])).toEqual([
      ['made', department.rep.id, null, '2026-11-25T08:00:00.000Z'],
      ['moved', department.lead.id, 'попросил позже', '2026-11-26T07:00:00.000Z'],
    ]);
    expect(told[0]?.callId).toBe(callId);
    expect(await history(promise.id)).toEqual(told);
  });

  it('moved after its deadline was broken all the same', async () => {
    const { promise } = await promised();
    department.time.now = new Date('2026-11-25T09:00:00Z');
    await movePromise(department.app, department.rep, promise.id, {
      promise: { kind: 'exact', localTime: '2026-11-25T15:00', acceptOverCapacity: false },
      reason: 'не успел',
    });
    expect(await department.prisma.promise.findUnique({ where: { id: promise.id } })).toMatchObject({ status: 'moved', outcome: 'broken' });
  });

  it('is handed over inside the team, withdrawn with a reason, and refuses what is closed, past or of others', async () => {
    const { promise, companyId } = await promised();
    const given = await handOverPromise(department.app, department.rep, promise.id, { repId: department.other.id, reason: 'болею' });
    expect(given.rep.id).toBe(department.other.id);
    expect((await poolOf(companyId))?.pool).toBe(-department.other.id);
    await expect(withdrawPromise(department.app, department.rep, promise.id, 'x')).rejects.toMatchObject({ status: 404 });
    await expect(
      handOverPromise(department.app, department.other, promise.id, { repId: department.seller.id, reason: 'x' }),
    ).rejects.toMatchObject({ code: 'cannotTake' });
    const past = { promise: { kind: 'exact', localTime: '2026-11-20T10:00', acceptOverCapacity: false }, reason: 'x' } as const;
    await expect(movePromise(department.app, department.other, promise.id, past)).rejects.toMatchObject({ code: 'inThePast' });
    await withdrawPromise(department.app, department.other, promise.id, 'передумали');
    expect((await history(promise.id)).map((deed) => deed.kind)).toEqual(['made', 'handedOver', 'withdrawn']);
    await expect(withdrawPromise(department.app, department.other, promise.id, 'x')).rejects.toMatchObject({ code: 'promiseClosed' });
  });

  it('keeps a history that nobody can rewrite', async () => {
    const { promise } = await promised();
    await withdrawPromise(department.app, department.rep, promise.id, 'x');
    await expect(department.prisma.promiseMove.updateMany({ data: { reason: 'y' } })).rejects.toThrow('append-only');
    await expect(department.prisma.promiseMove.deleteMany()).rejects.toThrow('append-only');
  });

  it('of a leaver goes on before its time', async () => {
    const { promise } = await promised();
    const { unitOfWork } = department.app;
    const change = {
      fromRepId: department.rep.id,
      takerIds: [department.other.id],
      byUserId: department.head.id,
      reason: 'leaver',
      now: department.time.now,
    };
    expect(await unitOfWork.run((stores) => handOverPromises(stores, { ...change, before: new Date('2026-11-24T23:00:00Z') }))).toEqual([]);
    expect(await unitOfWork.run((stores) => handOverPromises(stores, change))).toEqual([promise.companyId]);
    expect((await history(promise.id)).at(-1)).toMatchObject({ kind: 'handedOver', toRep: { id: department.other.id } });
  });

  it.each([
    ['before its time', '2026-11-25T06:00:00Z', 'onTime'],
    ['inside its grace', '2026-11-25T08:03:00Z', 'onTime'],
    ['later that day', '2026-11-25T11:00:00Z', 'late'],
    ['another day', '2026-11-26T08:00:00Z', 'broken'],
  ])("is met by the prospect's own call %s", async (_when, answeredAt, outcome) => {
    const { promise, companyId, callId } = await promised();
    const call = await department.prisma.call.findUniqueOrThrow({ where: { id: callId } });
    const met = await department.app.unitOfWork.run((stores) =>
      fulfilByInbound(stores, { ...call, day: '2026-11-25' }, new Date(answeredAt)),
    );
    expect(met).toBe(promise.id);
    const row = await department.prisma.promise.findUnique({ where: { id: promise.id } });
    expect(row).toMatchObject({ status: 'fulfilled', outcome, companyId });
    expect((await history(promise.id)).map((deed) => deed.kind)).toContain('fulfilledByInbound');
    const summary = await promiseReads(department.prisma).summary(
      { repId: null, teamId: null },
      {},
      { from: '2026-11-01', to: '2026-11-30' },
    );
    expect(summary).toMatchObject({ [outcome]: 1, open: 0, oldestOpen: null, onTimeShare: outcome === 'onTime' ? 1 : 0 });
  });
});

it('tells the open promises that the summary counts, of those whom the person sees', async () => {
  const { promise, companyId } = await promised();
  const app = { reads: databaseReads(department.prisma) };
  const days = { from: '2026-11-01', to: '2026-11-30' };
  for (const actor of [department.rep, department.lead, department.head]) {
    const { items, total } = await listOpenPromises(app, actor, { limit: 10 });
    expect([items.map(({ id }) => id), total]).toEqual([[promise.id], 1]);
    expect(await promiseSummary(app, actor, days)).toMatchObject({ open: 1, oldestOpen: { promiseId: promise.id, companyId } });
  }
  expect(await listOpenPromises(app, department.other, { limit: 10 })).toEqual({ items: [], nextCursor: null, total: 0 });
  expect(await promiseSummary(app, department.head, { ...days, repId: department.other.id })).toMatchObject({ open: 0, oldestOpen: null });
});

describe('a lead on which nothing is left to try', () => {
  const parts = () => ({ ...department.app, reads: databaseReads(department.prisma) });
  const exhausted = async () => (await listExhausted(parts(), department.head, { limit: 10 })).items;
  const decide = (decision: Omit<ExhaustedDecision, 'leadIds'>, leadId: number) =>
    returnExhausted(parts(), department.head, { leadIds: [leadId], ...decision });

  async function lastNumberDead() {
    await department.prisma.phone.deleteMany({ where: { position: 1 } });
    const { call, claim } = await dialNext(department, department.rep);
    await say(department, call.id, { kind: 'ended', cause: 'invalidNumber' }, 3);
    const made = await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse({ code: 'invalidNumber' }));
    expect(made.exhausted).toBe(true);
    return claim;
  }

  it('goes to the exhausted list with its reason when its last number is dead, and comes back when somebody says so', async () => {
    const claim = await lastNumberDead();
    expect(await exhausted()).toMatchObject([{ company: { id: claim.company.id }, reason: 'noPhone', lastCause: 'invalidNumber' }]);
    expect(await poolOf(claim.company.id)).toBeNull();
    expect(await decide({}, claim.lead.id)).toEqual({ returned: 0, withoutPhone: 1 });
    expect(await exhausted()).toHaveLength(1);
    await department.prisma.phone.updateMany({ data: { retiredAt: null } });
    expect(await decide({}, claim.lead.id)).toEqual({ returned: 1, withoutPhone: 0 });
    expect(await exhausted()).toEqual([]);
    expect(await poolOf(claim.company.id)).not.toBeNull();
  });

  it('is called from another list from then on, when that is decided', async () => {
    const [companyId = 0] = department.companyIds;
    const lead = await department.prisma.lead.update({ where: { companyId }, data: { exhaustedAt: department.time.now, triesTotal: 8 } });
    const list = await department.prisma.callList.create({ data: { name: 'Second chance' } });
    expect(await decide({ listId: list.id }, lead.id)).toEqual({ returned: 1, withoutPhone: 0 });
    expect(await department.prisma.lead.findUnique({ where: { companyId } })).toMatchObject({
      listId: list.id,
      triesTotal: 0,
      exhaustedAt: null,
    });
    expect((await poolOf(companyId))?.pool).toBe(list.id);
    await department.prisma.callList.update({ where: { id: list.id }, data: { status: 'closed' } });
    await expect(decide({ listId: list.id }, lead.id)).rejects.toMatchObject({ code: 'listClosed' });
  });

  it('rests until the day that is decided; without a number it waits for a decision again then', async () => {
    const claim = await lastNumberDead();
    await expect(decide({ notNow: { until: '2026-11-24' } }, claim.lead.id)).rejects.toMatchObject({ code: 'dayPassed' });
    await decide({ notNow: { until: '2026-12-01', reason: 'после выставки' } }, claim.lead.id);
    expect(await department.prisma.company.findUnique({ where: { id: claim.company.id } })).toMatchObject({ status: 'notNow' });
    expect(await exhausted()).toEqual([]);
    department.time.now = new Date('2026-12-01T08:00:00Z');
    expect(await exhausted()).toMatchObject([{ company: { id: claim.company.id } }]);
  });
});
