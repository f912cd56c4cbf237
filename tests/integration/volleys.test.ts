import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { takeCarrierEvent } from '../../server/app/calls/take-carrier-event.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { reconcileCalls } from '../../server/app/calls/reconcile-calls.ts';
import { changeList } from '../../server/app/lists/change-list.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { placeLead } from '../../server/app/queue/place-lead.ts';
import { cancelVolley, currentVolley } from '../../server/app/volleys/cancel-volley.ts';
import { startVolley } from '../../server/app/volleys/start-volley.ts';
import { volleyKeeper } from '../../server/app/volleys/volley-keeper.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { CallNotLive, LineInUse } from '../../server/app/ports/telephony.ts';
import type { CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import { callDepartment, type Department } from '../support/call-department.ts';
import { ManualScheduler } from '../support/manual-scheduler.ts';
import { dialInParallel } from '../support/parallel-list.ts';

const opened: Department[] = [];
let department: Department;
let scheduler: ManualScheduler;
let keeper: ReturnType<typeof volleyKeeper>;
let keys = 0;

beforeEach(async () => {
  department = await callDepartment(6);
  opened.push(department);
  scheduler = new ManualScheduler();
  keeper = volleyKeeper(department.app, scheduler);
  const { prisma, rep, companyIds, time } = department;
  const intentAt = new Date(time.now.getTime() - 4 * 86_400_000);
  await dialInParallel(prisma, { repId: rep.id, companyId: companyIds[5] ?? 0, intentAt });
});
afterAll(() => Promise.all(opened.map((each) => each.close())));

async function press(rep = department.rep) {
  const claim = await nextCall(department.app, rep);
  if (!claim) throw new Error('nobody to call');
  keys += 1;
  return startVolley(department.app, rep, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: `press ${keys}` });
}

async function threeLines(): Promise<[number, number, number]> {
  const started = await press();
  if (started.kind !== 'volley') throw new Error(`one line only: ${started.limitedBy}`);
  const [one, two, three] = started.volley.lines.map(({ callId }) => callId);
  if (one === undefined || two === undefined || three === undefined) throw new Error('three lines were wanted');
  return [one, two, three];
}

async function hear(callId: number, body: CarrierEventBody, seconds = 0): Promise<void> {
  const at = new Date(department.time.now.getTime() + seconds * 1000);
  await keeper.onEvent({ callId, eventKey: `${body.kind}:${seconds}`, at, carrierWord: body.kind, body });
}
const callOf = (id: number) =>
  department.prisma.call.findUniqueOrThrow({ where: { id }, include: { company: { include: { lead: true } } } });
const openVolleys = () => department.prisma.volley.count({ where: { endedAt: null } });

describe('three lines of a rep', () => {
  it('are all written before one is dialled, joined to the first who answers and taken back from the others, who stand where they stood', async () => {
    const { app, carrier, prisma, rep } = department;
    const places = () => prisma.leadQueue.findMany({ orderBy: { leadId: 'asc' } });
    const before = await places();
    const [one, two, three] = await threeLines();
    expect([...carrier.dialled].sort()).toEqual([one, two, three].sort());
    expect(await prisma.leadClaim.count({ where: { repId: rep.id } })).toBe(3);
    await expect(nextCall(app, rep)).rejects.toMatchObject({ code: 'callLive' });
    for (const callId of [one, two, three]) await hear(callId, { kind: 'ringing' }, 2);
    await hear(two, { kind: 'answered' }, 5);
    expect(carrier.joined).toEqual([{ callId: two, repId: rep.id }]);
    expect(carrier.hungUp).toEqual([]);
    await hear(two, { kind: 'answeredBy', by: 'human' }, 6);
    expect(carrier.hungUp).toEqual([one, three]);
    for (const callId of [one, three]) await hear(callId, { kind: 'ended', cause: 'canceled' }, 7);
    expect(await openVolleys()).toBe(0);
    expect(await callOf(two)).toMatchObject({ untaken: false, disposedAt: null });
    for (const callId of [one, three])
      expect(await callOf(callId)).toMatchObject({
        untaken: true,
        dispositionCode: null,
        abandonedAt: null,
        company: { lead: { triesTotal: 0, retryAt: null } },
      });
    await hear(two, { kind: 'ended', cause: 'completed' }, 60);
    await disposeCall(app, rep, two, { code: 'refused', reason: 'Нет потребности', meetingNotThePurpose: false, answers: {} });
    const won = (await callOf(two)).leadId;
    const others = (rows: typeof before) => rows.filter(({ leadId }) => leadId !== won);
    expect(others(await places())).toEqual(others(before));
    const counted = await prisma.kpiCounter.groupBy({ by: ['metric'], _sum: { value: true }, where: { repId: rep.id } });
    expect(counted).toEqual(
      expect.arrayContaining([
        { metric: 'dials', _sum: { value: 3 } },
        { metric: 'connects', _sum: { value: 1 } },
      ]),
    );
    expect(await prisma.attempt.count({ where: { kind: 'reachDecisionMaker' } })).toBe(1);
  });

  it('answered twice in one millisecond join one; the other is counted and becomes an obligation of this rep today, dialled alone', async () => {
    const { app, carrier, prisma, rep } = department;
    const [one, two, three] = await threeLines();
    await Promise.all([takeCarrierEvent(app, answer(one)), takeCarrierEvent(app, answer(two))]);
    await Promise.all([keeper.resume(), keeper.resume()]);
    expect(new Set(carrier.joined.map(({ callId }) => callId))).toEqual(new Set([one]));
    await hear(one, { kind: 'answeredBy', by: 'human' }, 6);
    expect(carrier.apologised).toEqual([two]);
    expect(carrier.hungUp).toEqual([three]);
    await hear(two, { kind: 'ended', cause: 'completed' }, 7);
    await hear(three, { kind: 'ended', cause: 'canceled' }, 7);
    const met = await callOf(two);
    expect(met.abandonedAt).not.toBeNull();
    const promise = await prisma.promise.findFirstOrThrow({ where: { companyId: met.companyId } });
    expect(promise).toMatchObject({ origin: 'abandoned', repId: rep.id, status: 'open', outcome: 'pending' });
    expect(await prisma.callList.findFirstOrThrow()).toMatchObject({ lineThreshold: expect.closeTo(0.5 + 0.001 * (2 * 0.03 - 1), 9) });
    await hear(one, { kind: 'ended', cause: 'completed' }, 60);
    await disposeCall(app, rep, one, { code: 'refused', reason: 'Нет потребности', meetingNotThePurpose: false, answers: {} });
    // Not within the minutes that a company is left alone after any call.
    department.pass(6);
    expect(await nextCall(app, rep)).toMatchObject({ company: { id: met.companyId }, reason: { tier: 'due' } });
    const [list] = await databaseReads(prisma).lists.lists({ teamId: null }, '2026-11-24', department.time.now);
    expect(list?.pace).toMatchObject({ answered: 102, abandoned: 1 });
  });

  it('that nobody answered need no outcome of the rep, and each is a try like any', async () => {
    const [one, two, three] = await threeLines();
    await hear(one, { kind: 'ended', cause: 'busy' }, 3);
    await hear(two, { kind: 'ended', cause: 'noAnswer' }, 30);
    expect(await openVolleys()).toBe(1);
    await hear(three, { kind: 'ended', cause: 'invalidNumber' }, 31);
    expect(await openVolleys()).toBe(0);
    expect(await callOf(one)).toMatchObject({ dispositionCode: 'busy', company: { lead: { triesTotal: 1 } } });
    expect(await callOf(three)).toMatchObject({ dispositionCode: 'invalidNumber' });
    expect(await department.prisma.leadClaim.count()).toBe(0);
    expect(await nextCall(department.app, department.rep)).not.toBeNull();
  });

  it('give way to a human when a machine answered first, and go on while one did', async () => {
    const [one, two, three] = await threeLines();
    const { carrier, rep } = department;
    await hear(one, { kind: 'answered' }, 3);
    await hear(two, { kind: 'answered' }, 4);
    await hear(one, { kind: 'answeredBy', by: 'machine' }, 4.5);
    expect(carrier.hungUp).toEqual([one]);
    expect(carrier.joined.at(-1)).toEqual({ callId: two, repId: rep.id });
    await hear(one, { kind: 'ended', cause: 'machine' }, 5);
    await hear(two, { kind: 'answeredBy', by: 'human' }, 6);
    await hear(three, { kind: 'ended', cause: 'canceled' }, 7);
    expect(await callOf(one)).toMatchObject({ untaken: true, dispositionCode: 'machine', abandonedAt: null });
    expect(await callOf(two)).toMatchObject({ untaken: false });
  });

  it("are not won by who was gone before he was joined: he is owed a call, and the next who answers is the rep's", async () => {
    const { carrier, prisma, rep } = department;
    const [one, two, three] = await threeLines();
    carrier.atJoin = (callId) => (callId === one ? new CallNotLive(one) : null);
    await hear(one, { kind: 'answered' }, 3);
    await hear(one, { kind: 'answeredBy', by: 'human' }, 4);
    expect(carrier.hungUp).toEqual([]);
    await hear(two, { kind: 'answered' }, 4.5);
    await hear(one, { kind: 'ended', cause: 'completed' }, 5);
    expect(carrier.joined.at(-1)).toEqual({ callId: two, repId: rep.id });
    const gone = await callOf(one);
    expect(gone).toMatchObject({ untaken: true, joinedAt: null, dispositionCode: null, company: { lead: { triesTotal: 0 } } });
    expect([gone.abandonedAt, gone.disposedAt]).not.toContain(null);
    expect(await prisma.promise.findMany({ where: { companyId: gone.companyId } })).toMatchObject([
      { origin: 'abandoned', status: 'open' },
    ]);
    await hear(two, { kind: 'answeredBy', by: 'human' }, 6);
    expect(carrier.hungUp).toEqual([three]);
    await hear(three, { kind: 'ended', cause: 'canceled' }, 7);
    expect(await callOf(two)).toMatchObject({ untaken: false, disposedAt: null, abandonedAt: null });
    expect((await callOf(two)).joinedAt).not.toBeNull();
    expect(await openVolleys()).toBe(0);
  });

  it('stay open while the one who won is still to be joined, so that a process that dies meanwhile leaves nobody in silence', async () => {
    const { carrier, rep } = department;
    const [one, two, three] = await threeLines();
    for (const callId of [one, two]) await hear(callId, { kind: 'ended', cause: 'busy' }, 3);
    carrier.atJoin = () => new LineInUse(rep.id);
    await hear(three, { kind: 'answered' }, 4);
    expect(await openVolleys()).toBe(1);
    carrier.atJoin = () => null;
    await volleyKeeper(department.app, scheduler).resume();
    expect(carrier.joined).toHaveLength(2);
    expect(await openVolleys()).toBe(0);
    await hear(three, { kind: 'ended', cause: 'completed' }, 30);
    expect(await callOf(three)).toMatchObject({ untaken: false, disposedAt: null, abandonedAt: null });
  });

  it('are decided by the clock when nobody tells who answered', async () => {
    const [one, two] = await threeLines();
    await hear(one, { kind: 'answered' }, 0);
    expect(department.carrier.hungUp).toEqual([]);
    department.pass(0.1);
    await scheduler.advance(3_000);
    await expect.poll(() => department.carrier.hungUp).toContain(two);
  });

  it('are taken back by one key, whoever answered in that moment met nobody', async () => {
    const { app, carrier, prisma, rep } = department;
    const lines = await threeLines();
    const volley = await currentVolley(app, rep);
    await takeCarrierEvent(app, answer(lines[1]));
    await cancelVolley(app, rep, volley?.id ?? 0);
    expect([...carrier.hungUp].sort()).toEqual([lines[0], lines[2]].sort());
    expect(carrier.apologised).toEqual([lines[1]]);
    for (const callId of lines) await hear(callId, { kind: 'ended', cause: 'canceled' }, 6);
    expect(await currentVolley(app, rep)).toBeNull();
    expect(await prisma.call.count({ where: { abandonedAt: { not: null } } })).toBe(1);
    await expect(cancelVolley(app, department.other, volley?.id ?? 0)).rejects.toMatchObject({ status: 404 });
  });
});

const answer = (callId: number) => ({
  callId,
  eventKey: 'answered',
  at: new Date(department.time.now.getTime() + 5_000),
  carrierWord: 'answered',
  body: { kind: 'answered' as const },
});

describe('one line only', () => {
  it('is dialled when the list is dialled by hand, too little is known or the cap has no room; it says which', async () => {
    const { prisma, time, rep, carrier } = department;
    const endIt = async (): Promise<void> => {
      await prisma.leadClaim.deleteMany();
      await prisma.call.updateMany({ where: { repId: rep.id }, data: { state: 'ended', disposedAt: time.now } });
    };
    await prisma.callList.updateMany({ data: { dialMode: 'preview' } });
    expect(await press()).toMatchObject({ kind: 'single', limitedBy: 'list', call: { state: 'intent' } });
    await endIt();
    await prisma.callList.updateMany({ data: { dialMode: 'parallel' } });
    await prisma.call.updateMany({ where: { id: { lt: 4 } }, data: { abandonedAt: time.now } });
    expect(await press()).toMatchObject({ kind: 'single', limitedBy: 'cap' });
    await endIt();
    await prisma.call.updateMany({ data: { answeredAt: null, abandonedAt: null } });
    expect(await press()).toMatchObject({ kind: 'single', limitedBy: 'learning' });
    expect(carrier.dialled).toHaveLength(3);
    expect(await prisma.volley.count()).toBe(0);
  });

  it('is dialled when an obligation has fallen due since the card was opened', async () => {
    const { app, prisma, rep, companyIds, time, settings } = department;
    const claim = await nextCall(app, rep);
    const companyId = companyIds[4] ?? 0;
    const deadlineAt = new Date(time.now.getTime() + 600_000);
    await prisma.promise.create({
      data: {
        companyId,
        repId: rep.id,
        kind: 'window',
        localTime: '2026-11-24T11:10',
        timeZone: 'Europe/Moscow',
        startsAt: time.now,
        promisedAt: deadlineAt,
        deadlineAt,
      },
    });
    await app.unitOfWork.run((stores) => placeLead(stores, { companyId, now: time.now, settings }));
    const input = { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey: 'due' };
    expect(await startVolley(app, rep, input)).toMatchObject({ kind: 'single', limitedBy: 'promise' });
  });

  it('is what a list marked as Russian advertising gets: the mode is refused there, and the mark where the mode is on', async () => {
    const { app, prisma, head } = department;
    const list = await prisma.callList.findFirstOrThrow();
    const parts = { ...app, reads: databaseReads(prisma) };
    await expect(changeList(parts, head, list.id, { russianAdvertising: true })).rejects.toMatchObject({
      status: 422,
      code: 'advertisingDialsSingly',
    });
    await changeList(parts, head, list.id, { russianAdvertising: true, dialing: { mode: 'preview' } });
    await expect(changeList(parts, head, list.id, { dialing: { mode: 'parallel' } })).rejects.toMatchObject({
      code: 'advertisingDialsSingly',
    });
    expect(await prisma.auditEntry.findFirst({ where: { action: 'list.change' } })).toMatchObject({ userId: head.id });
  });
});

describe('whatever is killed or pressed twice', () => {
  it('dials nothing twice: the same key is the same volley, and two reps at once never share a company or the cap', async () => {
    const { app, carrier, rep, other, prisma } = department;
    const claim = await nextCall(app, rep);
    const input = { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey: 'twice' };
    const [first, second] = await Promise.all([startVolley(app, rep, input), press(other)]);
    expect(await startVolley(app, rep, input)).toMatchObject({
      kind: 'volley',
      volley: { id: first.kind === 'volley' ? first.volley.id : 0 },
    });
    expect(second.kind === 'volley' ? second.volley.lines.length : 1).toBe(
      first.kind === 'volley' && first.volley.lines.length === 3 ? 2 : 3,
    );
    expect(new Set(carrier.dialled).size).toBe(carrier.dialled.length);
    const companies = await prisma.call.findMany({ where: { volleyId: { not: null } }, select: { companyId: true } });
    expect(new Set(companies.map(({ companyId }) => companyId)).size).toBe(companies.length);
    await expect(startCall(app, rep, { ...input, idempotencyKey: 'other' })).rejects.toMatchObject({ code: 'callLive' });
  });

  it('ends what hangs after a kill: intents that no carrier knows are given back, words lost between base and carrier are said again', async () => {
    const { app, carrier } = department;
    const [one, two, three] = await threeLines();
    await takeCarrierEvent(app, answer(one));
    await takeCarrierEvent(app, { ...answer(one), eventKey: 'by', body: { kind: 'answeredBy', by: 'human' } });
    // The process died before it decided; the next one goes on from the base alone.
    await volleyKeeper(app, scheduler).resume();
    expect(carrier.joined.map(({ callId }) => callId)).toEqual([one]);
    expect(new Set(carrier.hungUp)).toEqual(new Set([two, three]));
    await volleyKeeper(app, scheduler).resume();
    expect(carrier.hungUp).toHaveLength(4);
    carrier.known = { kind: 'unheardOf' };
    department.pass(1);
    await reconcileCalls(app, 0);
    await volleyKeeper(app, scheduler).resume();
    expect(await openVolleys()).toBe(0);
    expect(carrier.dialled).toHaveLength(3);
  });
});
