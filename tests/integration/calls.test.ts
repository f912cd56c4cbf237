import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandCall } from '../../server/app/calls/command-call.ts';
import { currentCall } from '../../server/app/calls/current-call.ts';
import { disposeCall } from '../../server/app/calls/dispose-call.ts';
import { lineKeeper } from '../../server/app/calls/line-dropped.ts';
import { getCall, listCalls } from '../../server/app/calls/read-calls.ts';
import { reconcileCalls } from '../../server/app/calls/reconcile-calls.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import { markBrokenPromises } from '../../server/app/promises/mark-broken-promises.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { disposeCall as disposeEndpoint, listCalls as listEndpoint } from '../../server/contract/http/calls.ts';
import { callDepartment, dialNext, say, talk, type Department } from '../support/call-department.ts';
import { ManualScheduler } from '../support/manual-scheduler.ts';

let department: Department;
beforeEach(async () => {
  department = await callDepartment();
});
afterEach(() => department.close());

const find = (id: number) => department.prisma.call.findUniqueOrThrow({ where: { id } });

describe('starting a call', () => {
  it('pressed twice at once dials once, and the same key gives the same call', async () => {
    const claim = await nextCall(department.app, department.rep);
    const input = { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey: 'one' };
    const calls = await Promise.all([startCall(department.app, department.rep, input), startCall(department.app, department.rep, input)]);
    expect(calls[0].id).toBe(calls[1].id);
    expect(department.carrier.dialled).toEqual([calls[0].id]);
  });

  it('from two tabs with keys of their own dials once', async () => {
    const claim = await nextCall(department.app, department.rep);
    const press = (idempotencyKey: string) =>
      startCall(department.app, department.rep, { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey });
    const results = await Promise.allSettled([press('one'), press('two')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(department.carrier.dialled).toHaveLength(1);
  });

  it('is refused on a lead held by another', async () => {
    const claim = await nextCall(department.app, department.rep);
    const input = { leadId: claim?.lead.id ?? 0, phoneId: undefined, idempotencyKey: 'one' };
    await expect(startCall(department.app, department.other, input)).rejects.toMatchObject({ code: 'claimLost' });
  });

  it('a carrier that breaks off is looked up, never dialled again', async () => {
    department.carrier.outcome = new Error('reset');
    const { call } = await dialNext(department, department.rep);
    expect(await find(call.id)).toMatchObject({ ambiguous: true, state: 'intent' });
    await reconcileCalls(department.app);
    expect(await find(call.id)).toMatchObject({ state: 'ended', endCause: 'canceled', dialedAt: null, ambiguous: false });
    expect(department.carrier.dialled).toHaveLength(1);
    expect(await department.prisma.kpiCounter.count()).toBe(0);
  });

  it('a refusal by the carrier ends the call', async () => {
    department.carrier.outcome = { kind: 'refused', cause: 'invalidNumber', carrierWord: '404' };
    const { call } = await dialNext(department, department.rep);
    expect(call).toMatchObject({ state: 'ended', endCause: 'invalidNumber', suggestedDisposition: 'invalidNumber' });
  });
});

describe('a running call', () => {
  it('is ended by a look-up when the carrier has gone silent', async () => {
    const { call } = await dialNext(department, department.rep);
    await say(department, call.id, { kind: 'ringing' }, 1);
    department.pass(5);
    department.carrier.known = { kind: 'ended', cause: 'busy', endedAt: department.time.now, carrierWord: 'busy' };
    await reconcileCalls(department.app);
    expect(await find(call.id)).toMatchObject({ state: 'ended', endCause: 'busy' });
  });

  it('obeys its own rep only, and is found again after a reload', async () => {
    const { call } = await dialNext(department, department.rep);
    await expect(commandCall(department.app, department.other, call.id, { kind: 'hangup' })).rejects.toMatchObject({ status: 404 });
    await expect(commandCall(department.app, department.lead, call.id, { kind: 'hangup' })).rejects.toMatchObject({ status: 404 });
    await commandCall(department.app, department.rep, call.id, { kind: 'hangup' });
    expect(department.carrier.hungUp).toEqual([call.id]);
    expect((await currentCall(department.app, department.rep))?.call.id).toBe(call.id);
    expect(await currentCall(department.app, department.other)).toBeNull();
  });

  it('is ended when the line stays away, kept when it returns', async () => {
    const { call } = await dialNext(department, department.rep);
    const scheduler = new ManualScheduler();
    const keeper = lineKeeper(department.app, scheduler);
    await keeper.onLine(department.rep.id, { state: 'interrupted' });
    await keeper.onLine(department.rep.id, { state: 'connected' });
    await scheduler.advance(31_000);
    expect(department.carrier.hungUp).toEqual([]);
    await keeper.onLine(department.rep.id, { state: 'interrupted' });
    await scheduler.advance(31_000);
    await expect.poll(() => department.carrier.hungUp).toEqual([call.id]);
  });
});

describe('promises', () => {
  const agree = async (localTime: string): Promise<number> => {
    const { call } = await dialNext(department, department.rep);
    await talk(department, call.id);
    const made = await disposeCall(
      department.app,
      department.rep,
      call.id,
      disposeEndpoint.body.parse({ code: 'callBack', promise: { kind: 'exact', localTime } }),
    );
    return made.promise?.id ?? 0;
  };

  it('dialled in time is kept whoever answers, and comes back today', async () => {
    const id = await agree('2026-11-24T12:00');
    department.pass(58);
    const { call } = await dialNext(department, department.rep);
    await say(department, call.id, { kind: 'ended', cause: 'busy' }, 10);
    await disposeCall(department.app, department.rep, call.id, disposeEndpoint.body.parse({ code: 'busy' }));
    expect(await department.prisma.promise.findUnique({ where: { id } })).toMatchObject({ outcome: 'onTime', status: 'open' });
    expect((await listCalls(department.app, department.rep, listEndpoint.query.parse({}))).items[0]).toMatchObject({ tier: 'due' });
    expect((await department.prisma.lead.findFirst({ where: { company: { promises: { some: { id } } } } }))?.retryAt).toEqual(
      new Date('2026-11-24T09:13:00Z'),
    );
  });

  it('not dialled by the end of the day is broken, once', async () => {
    const id = await agree('2026-11-24T12:00');
    department.pass(60 * 20);
    expect(await markBrokenPromises(department.app)).toEqual({ broken: 1 });
    expect(await markBrokenPromises(department.app)).toEqual({ broken: 0 });
    expect(await department.prisma.promise.findUnique({ where: { id } })).toMatchObject({ outcome: 'broken', status: 'open' });
    expect(await department.prisma.kpiCounter.findFirst({ where: { metric: 'promises.broken' } })).toMatchObject({ value: 1 });
  });
});

describe('reading calls', () => {
  it('shows a rep his own, a lead his team, others nothing', async () => {
    const { call } = await dialNext(department, department.rep);
    await talk(department, call.id);
    const metric = listEndpoint.query.parse({ metric: 'connects' });
    expect((await listCalls(department.app, department.lead, metric)).items.map((row) => row.id)).toEqual([call.id]);
    expect((await listCalls(department.app, department.other, metric)).items).toEqual([]);
    expect((await getCall(department.app, department.head, call.id)).events.map((event) => event.kind)).toEqual([
      'ringing',
      'answered',
      'answeredBy',
      'ended',
    ]);
    await expect(getCall(department.app, department.other, call.id)).rejects.toMatchObject({ status: 404 });
  });
});
