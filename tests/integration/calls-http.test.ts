import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as calls from '../../server/contract/http/calls.ts';
import * as queue from '../../server/contract/http/queue.ts';
import { kpiReport } from '../../server/contract/http/kpi.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { takeCarrierEvent } from '../../server/app/calls/take-carrier-event.ts';
import type { CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import { tuesday } from '../support/call-department.ts';
import { runningServer, type RunningServer } from '../support/running-server.ts';

let server: RunningServer;
let cookie: string;
let otherCookie: string;
let repId: number;
const clock = { now: () => tuesday };

beforeAll(async () => {
  server = await runningServer({ clock });
  const { prisma } = server.database;
  const heats = ['early', 'early', 'early', 'hot', 'hot', 'hot', 'won'] as const;
  const stages = heats.map((heat, place) => ({ position: place + 1, name: `stage ${place + 1}`, heat, normDays: 7, probability: 10 }));
  if ((await prisma.funnel.count({ where: { isDefault: true } })) === 0)
    await prisma.funnel.create({ data: { name: 'Default', isDefault: true, stages: { create: stages } } });
  const hire = (name: string) => prisma.user.create({ data: { name, email: `${name}@test.local`, role: 'rep', passwordHash: '-' } });
  const rep = await hire('rep');
  const other = await hire('other');
  repId = rep.id;
  const list = await prisma.callList.create({ data: { name: 'List' } });
  await prisma.listAssignment.create({
    data: { listId: list.id, repId: rep.id, startsOn: new Date('2026-11-01'), endsOn: new Date('2027-12-31') },
  });
  for (const position of [0, 1, 2]) {
    const name = `Company ${position}`;
    await prisma.company.create({
      data: {
        name,
        normalizedName: name,
        timeZone: 'Europe/Moscow',
        phones: { create: { e164: `+749500000${position}0` } },
        contacts: { create: { name: 'Мария', role: 'decisionMaker' } },
        lead: { create: { listId: list.id, position } },
      },
    });
  }
  await requeueAll(server.app);
  cookie = await server.signInAs(rep.id);
  otherCookie = await server.signInAs(other.id);
});
afterAll(() => server.stop());

const get = (address: string) => server.call('get', address, { cookie });
const post = (address: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  server.call('post', address, { cookie, body, headers });
const say = (callId: number, seconds: number, body: CarrierEventBody) =>
  takeCarrierEvent(server.app, {
    callId,
    eventKey: `${body.kind}:${seconds}`,
    at: new Date(tuesday.getTime() + seconds * 1000),
    carrierWord: body.kind,
    body,
  });

describe("a rep's call over HTTP", () => {
  it('next, the same next, one call for one key, events, outcome, what was made, next', async () => {
    const claim = queue.nextCall.reply.parse((await post('/api/queue/next')).body);
    expect(queue.nextCall.reply.parse((await post('/api/queue/next')).body).lead.id).toBe(claim.lead.id);
    const dial = () => post('/api/calls', { leadId: claim.lead.id }, { 'idempotency-key': 'one' });
    const first = await dial();
    const call = calls.startCall.reply.parse(first.body);
    expect([first.status, calls.startCall.reply.parse((await dial()).body).id]).toEqual([201, call.id]);
    expect((await post('/api/queue/next')).body.code).toBe('callLive');

    await say(call.id, 2, { kind: 'ringing' });
    await say(call.id, 5, { kind: 'answered' });
    await say(call.id, 65, { kind: 'ended', cause: 'completed' });
    expect(calls.currentCall.reply.parse((await get('/api/calls/current')).body).call).toMatchObject({
      id: call.id,
      state: 'ended',
      talkSeconds: 60,
    });
    const gate = await post('/api/queue/next');
    expect([gate.status, gate.body.code]).toEqual([409, 'outcomeMissing']);

    const missing = await post(`/api/calls/${call.id}/disposition`, { code: 'callBack' });
    expect([missing.status, missing.body.field]).toEqual([422, 'promise']);
    const made = await post(`/api/calls/${call.id}/disposition`, {
      code: 'callBack',
      withDecisionMaker: true,
      promise: { kind: 'exact', localTime: '2026-11-25T11:00' },
    });
    expect(calls.disposeCall.reply.parse(made.body)).toMatchObject({
      promise: { promisedAt: '2026-11-25T08:00:00.000Z' },
      deal: { stage: { position: 1 } },
    });
    expect(queue.nextCall.reply.parse((await post('/api/queue/next')).body).lead.id).not.toBe(claim.lead.id);
    const report = kpiReport.reply.parse((await get('/api/kpi?from=2026-11-24&to=2026-11-24')).body);
    expect(report.total).toMatchObject({ dials: 1, connects: 1, talkSeconds: 60 });
    expect(calls.listCalls.reply.parse((await get('/api/calls?metric=dials')).body).items.map((row) => row.id)).toEqual([call.id]);
  });

  it('a missing Idempotency-Key says so', async () => {
    const refused = await post('/api/calls', { leadId: 1 });
    expect([refused.status, refused.body.field, refused.body.code]).toEqual([422, 'Idempotency-Key', 'required']);
  });

  it('given back, the heartbeat says that the claim is lost', async () => {
    const { lead } = queue.nextCall.reply.parse((await post('/api/queue/next')).body);
    queue.heartbeatClaim.reply.parse((await post('/api/queue/heartbeat', { leadId: lead.id })).body);
    const unsaid = await post('/api/queue/release', { leadId: lead.id });
    expect([unsaid.status, unsaid.body.field]).toEqual([422, 'why']);
    expect((await post('/api/queue/release', { leadId: lead.id, why: 'обед' })).status).toBe(200);
    const lost = await post('/api/queue/heartbeat', { leadId: lead.id });
    expect([lost.status, lost.body.code]).toEqual([409, 'claimLost']);
    expect((await get('/api/queue/claim')).status).toBe(204);
  });

  it('nobody to call is 204', async () => {
    expect((await server.call('post', '/api/queue/next', { cookie: otherCookie })).status).toBe(204);
    expect((await server.call('get', '/api/calls/current', { cookie: otherCookie })).status).toBe(204);
  });

  it('preview, why, schedule and capacity keep their shapes', async () => {
    const preview = queue.previewQueue.reply.parse((await get('/api/queue/preview')).body);
    const companyId = preview.items[0]?.companyId ?? 0;
    expect(queue.whyQueue.reply.parse((await get(`/api/queue/why?companyId=${companyId}&repId=${repId}`)).body)).toMatchObject({
      inQueue: true,
      place: 1,
    });
    expect(queue.daySlots.reply.parse((await get('/api/schedule?date=2026-11-25')).body).date).toBe('2026-11-25');
    const { status } = await get('/api/schedule/capacity?date=2026-11-25');
    expect(status).toBe(200);
  });
});
