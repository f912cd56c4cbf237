import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptReads } from '../../server/adapters/db/reads/attempts.ts';
import { meetingReads } from '../../server/adapters/db/reads/meetings.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { holdMeetings } from '../../server/app/calls/hold-meetings.ts';
import { listAttempts } from '../../server/app/kpi/rows-behind.ts';
import { rebuildCounters } from '../../server/app/kpi/rebuild-counters.ts';
import { listMeetings } from '../../server/app/meetings/read-meetings.ts';
import { recordVisit } from '../../server/app/meetings/record-visit.ts';
import { updateMeeting } from '../../server/app/meetings/update-meeting.ts';
import { listAttempts as attemptsEndpoint } from '../../server/contract/http/attempts.ts';
import { disposeCall as disposeEndpoint } from '../../server/contract/http/calls.ts';
import { listMeetings as meetingsEndpoint, updateMeeting as updateEndpoint } from '../../server/contract/http/meetings.ts';
import { callDepartment, dialNext, talk, type Department } from '../support/call-department.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

const app = () => ({
  ...department.app,
  reads: { ...department.app.reads, meetings: meetingReads(department.prisma), attempts: attemptReads(department.prisma) },
});
const change = (meetingId: number, body: Record<string, unknown>, actor = department.rep) =>
  updateMeeting(app(), actor, meetingId, updateEndpoint.body.parse(body));
const day = 24 * 60;

/** A meeting set by a call today for Thursday, 15:00 in Moscow. */
async function meetingSet(): Promise<{ meetingId: number; companyId: number; taskId: number }> {
  const { call, claim } = await dialNext(department, department.rep);
  await talk(department, call.id);
  const input = { code: 'meetingSet', meeting: { localTime: '2026-11-26T15:00', place: 'у них' } };
  const made = await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse(input));
  return { meetingId: made.meeting?.id ?? 0, companyId: claim.company.id, taskId: made.task?.id ?? 0 };
}

const counters = () =>
  department.prisma.kpiCounter.findMany({ orderBy: [{ repId: 'asc' }, { day: 'asc' }, { metric: 'asc' }, { hour: 'asc' }] });

describe("a meeting's card", () => {
  it('held: attempt, wins, the stage, its task done, the next promise, the board told', async () => {
    const { meetingId, companyId, taskId } = await meetingSet();
    department.pass(2 * day + 5 * 60);
    const before = await department.prisma.outboxEvent.count();
    const view = await change(meetingId, {
      status: 'held',
      card: 'Показали продукт',
      amount: 250_000,
      nextStep: { kind: 'exact', localTime: '2026-11-30T11:00' },
    });
    expect(view).toMatchObject({ status: 'held', phase: 'past', card: 'Показали продукт', amount: 250_000 });
    expect(await department.prisma.attempt.findMany({ where: { kind: 'holdMeeting' } })).toMatchObject([
      { yes: true, meetingId, repId: department.rep.id },
    ]);
    const wins = await department.prisma.win.findMany({ where: { companyId }, orderBy: { id: 'asc' } });
    expect(wins.map((win) => win.kind)).toEqual(['stageUp', 'stageUp', 'meetingHeld']);
    expect(await department.prisma.deal.findFirst({ where: { companyId }, include: { stage: true, moves: true } })).toMatchObject({
      stage: { position: 4 },
      moves: [{}, { fromPosition: 2, toPosition: 4 }],
    });
    expect(await department.prisma.task.findUnique({ where: { id: taskId } })).toMatchObject({ doneAt: department.time.now });
    const promises = await department.prisma.promise.findMany({ where: { companyId }, orderBy: { id: 'asc' } });
    expect(promises.map((promise) => [promise.status, promise.promisedAt.toISOString()])).toEqual([
      ['fulfilled', '2026-11-26T12:00:00.000Z'],
      ['open', '2026-11-30T08:00:00.000Z'],
    ]);
    expect(await department.prisma.leadQueue.findFirst({ where: { lead: { companyId } } })).toMatchObject({
      readyAt: new Date('2026-11-30T07:55:00Z'),
    });
    expect(await department.prisma.outboxEvent.count()).toBeGreaterThan(before);
    expect(await department.prisma.auditEntry.count({ where: { action: 'meeting.close' } })).toBe(1);
    await expect(change(meetingId, { status: 'failed' })).rejects.toMatchObject({ code: 'meetingClosed' });
    const counted = await counters();
    await rebuildCounters(department.app);
    expect(await counters()).toEqual(counted);
  });

  it('failed: the attempt is no, the deal stays, the obligation stays', async () => {
    const { meetingId, companyId } = await meetingSet();
    await change(meetingId, { status: 'failed', card: 'Отменили' });
    expect(await department.prisma.attempt.findMany({ where: { kind: 'holdMeeting' } })).toMatchObject([{ yes: false }]);
    expect(await department.prisma.deal.findFirst({ where: { companyId }, include: { stage: true } })).toMatchObject({
      stage: { position: 2 },
    });
    expect(await department.prisma.promise.count({ where: { companyId, status: 'open' } })).toBe(1);
  });

  it.each([
    [{ status: 'held', card: 'Поговорили' }, 0, 'status'],
    [{ status: 'held' }, 3 * day, 'card'],
    [{ status: 'failed', nextStep: { kind: 'exact', localTime: '2026-11-01T11:00' } }, 0, 'nextStep'],
    [{ status: 'failed', nextStep: { kind: 'exact', localTime: '2026-02-31T11:00' } }, 0, 'nextStep'],
    [{ localTime: '2026-11-27T12:00' }, 0, 'reason'],
    [{ localTime: '2026-11-01T12:00', reason: 'Попросили' }, 0, 'localTime'],
    [{}, 0, 'status'],
  ])('%j is refused with its field', async (body, minutes, field) => {
    const { meetingId } = await meetingSet();
    department.pass(minutes);
    await expect(change(meetingId, body)).rejects.toMatchObject({ status: 422, field });
    expect(await department.prisma.attempt.count({ where: { kind: 'holdMeeting' } })).toBe(0);
  });

  it("written twice at once counts once; the sweeper's word is final too", async () => {
    const { meetingId } = await meetingSet();
    department.pass(2 * day + 5 * 60);
    const both = await Promise.allSettled([
      change(meetingId, { status: 'held', card: 'Да' }),
      change(meetingId, { status: 'failed' }),
      holdMeetings(department.app),
    ]);
    expect(both.filter((one) => one.status === 'rejected')).toHaveLength(1);
    expect(await department.prisma.attempt.count({ where: { kind: 'holdMeeting' } })).toBe(1);
  });
});

describe('moving a meeting', () => {
  it('takes its task and its promise along, with the reason', async () => {
    const { meetingId, companyId, taskId } = await meetingSet();
    const view = await change(meetingId, { localTime: '2026-11-27T12:00', reason: 'Попросили перенести' });
    expect(view).toMatchObject({ localTime: '2026-11-27T12:00', startsAt: '2026-11-27T09:00:00.000Z', phase: 'planned' });
    expect(await department.prisma.task.findUnique({ where: { id: taskId } })).toMatchObject({ dueAt: new Date('2026-11-27T09:00:00Z') });
    const [old, made] = await department.prisma.promise.findMany({ where: { companyId }, orderBy: { id: 'asc' } });
    expect(old).toMatchObject({ status: 'moved', moveReason: 'Попросили перенести', movedToId: made?.id });
    expect(made).toMatchObject({ status: 'open', origin: 'meeting', promisedAt: new Date('2026-11-27T09:00:00Z') });
  });
});

describe('who sees meetings', () => {
  const list = async (actor: Department['rep'], query: Record<string, unknown> = {}) =>
    (await listMeetings(app(), actor, meetingsEndpoint.query.parse(query))).items.length;

  it('the one who set it, his lead, the head; by phase; nobody else may touch it', async () => {
    const { meetingId } = await meetingSet();
    expect([
      await list(department.rep),
      await list(department.lead),
      await list(department.head),
      await list(department.other),
      await list(department.seller),
    ]).toEqual([1, 1, 1, 0, 0]);
    expect([await list(department.rep, { phase: 'planned' }), await list(department.rep, { phase: 'due' })]).toEqual([1, 0]);
    department.pass(3 * day);
    expect([await list(department.rep, { phase: 'due' }), await list(department.rep, { phase: 'past' })]).toEqual([1, 0]);
    await expect(change(meetingId, { status: 'failed' }, department.other)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the attempts behind a figure', () => {
  it.each([
    ['reachDecisionMaker', 1],
    ['setMeeting', 1],
    ['holdMeeting', 1],
    ['close', 0],
  ])('%s opens exactly its records', async (kind, count) => {
    const { meetingId } = await meetingSet();
    department.pass(2 * day + 5 * 60);
    await change(meetingId, { status: 'held', card: 'Да' });
    const page = await listAttempts(
      app(),
      department.rep,
      attemptsEndpoint.query.parse({ kind, yes: 'true', from: '2026-11-24', to: '2026-11-26' }),
    );
    expect(attemptsEndpoint.reply.parse(page).items).toHaveLength(count);
    expect((await listAttempts(app(), department.other, attemptsEndpoint.query.parse({ kind }))).items).toEqual([]);
  });

  it('come page by page', async () => {
    await meetingSet();
    const first = await listAttempts(app(), department.head, attemptsEndpoint.query.parse({ limit: 1 }));
    const second = await listAttempts(app(), department.head, attemptsEndpoint.query.parse({ limit: 1, cursor: first.nextCursor }));
    expect([first.items[0]?.kind, second.items[0]?.kind, second.nextCursor]).toEqual(['setMeeting', 'reachDecisionMaker', null]);
  });
});

describe('a visit', () => {
  it('gets its card; not ahead of time, not at a company one does not work on', async () => {
    const { companyId } = await meetingSet();
    const visit = { companyId, at: '2026-11-24T07:00:00Z', result: 'Осмотрели цех' };
    expect(await recordVisit(department.app, department.rep, visit)).toMatchObject({ result: 'Осмотрели цех', note: null });
    expect(await department.prisma.visit.findMany()).toMatchObject([{ companyId, userId: department.rep.id }]);
    await expect(recordVisit(department.app, department.rep, { ...visit, at: '2026-11-25T07:00:00Z' })).rejects.toMatchObject({
      status: 422,
      field: 'at',
    });
    await expect(recordVisit(department.app, department.seller, visit)).rejects.toMatchObject({ status: 404 });
  });
});
