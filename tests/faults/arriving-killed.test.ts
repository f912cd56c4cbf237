import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, disposeCall } from '../../server/contract/http/calls.ts';
import { answerCall, missedCalls, ringingCalls, sandboxInbound } from '../../server/contract/http/inbound.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';

/** The sandbox's callers: lets it ring for ten minutes. */
const patientCaller = '0488';

/** Where each of four arriving calls is when the server dies. */
const steps = ['ringing', 'answered', 'answering', 'message'] as const;
type Step = (typeof steps)[number];

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
const arrived = new Map<Step, { client: ApiClient; repId: number; companyId: number; callId: number; phone: string }>();

const at = (step: Step) => {
  const found = arrived.get(step);
  if (!found) throw new Error(`no call was at the step ${step}`);
  return found;
};
const callOf = (step: Step) => department.database.prisma.call.findUniqueOrThrow({ where: { id: at(step).callId } });
const openPromises = (step: Step) =>
  department.database.prisma.promise.findMany({ where: { companyId: at(step).companyId, status: 'open' } });
const recordingOf = (step: Step) => department.database.prisma.recording.findUnique({ where: { callId: at(step).callId } });

/** A company of this rep calls; he hears it ring unless nobody is to. */
async function letCall(step: Step, place: number): Promise<void> {
  const { prisma } = department.database;
  const rep = department.reps[place];
  const lead = await prisma.lead.findFirstOrThrow({ where: { position: place + 1 } });
  if (!rep) throw new Error('the department has too few reps');
  await prisma.company.update({ where: { id: lead.companyId }, data: { ownerId: rep.id } });
  await department.setFate(lead.id, patientCaller);
  const { e164: phone } = await prisma.phone.findFirstOrThrow({ where: { companyId: lead.companyId } });
  const now = new Date();
  const ready = { state: step === 'message' ? 'break' : 'ready', since: now, leaseUntil: new Date(now.getTime() + 3_600_000) } as const;
  await prisma.presence.upsert({ where: { userId: rep.id }, create: { userId: rep.id, ...ready }, update: ready });
  const client = await department.signIn(server.url, rep.email);
  const { callId } = await client.get(sandboxInbound, { body: { from: phone } });
  if (callId === null) throw new Error('the call was not taken');
  arrived.set(step, { client, repId: rep.id, companyId: lead.companyId, callId, phone });
  await vi.waitFor(async () => {
    if (step === 'message') expect((await callOf(step)).voicemailAt).not.toBeNull();
    else expect((await client.get(ringingCalls)).items.map((ring) => ring.callId)).toEqual([callId]);
  }, patience);
}

/** What a promise of ours to the answered company was before it called by itself. */
async function promiseTo(companyId: number, repId: number): Promise<number> {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const times = { startsAt: inMinutes(-10), promisedAt: inMinutes(-5), deadlineAt: inMinutes(30) };
  const about = { companyId, repId, kind: 'exact', localTime: '2026-01-01T11:00', timeZone: 'Europe/Moscow' } as const;
  return (await department.database.prisma.promise.create({ data: { ...about, ...times } })).id;
}

/** Until the carrier has so much sound of it on its disk that a part can be saved. */
const hasSound = (step: Step) =>
  vi.waitFor(async () => {
    const growing = path.join(server.dataDir, 'sandbox', `call-${at(step).callId}.growing`);
    expect((await stat(growing)).size).toBeGreaterThan(60_000);
  }, patience);

/** Between the commit that makes the call a rep's and the carrier's answer nothing waits that a test could hold: as that commit leaves it. */
async function takeOnly(step: Step): Promise<void> {
  const { prisma } = department.database;
  const { callId, repId, companyId } = at(step);
  await prisma.call.update({ where: { id: callId }, data: { untaken: false } });
  await prisma.callRing.updateMany({ where: { callId }, data: { stoppedAt: new Date() } });
  const lead = await prisma.lead.findUniqueOrThrow({ where: { companyId } });
  const queued = await prisma.leadQueue.delete({ where: { leadId: lead.id } });
  const { pool, zone, rank, sortKey, readyAt } = queued;
  const now = new Date();
  const held = { repId, claimedAt: now, leaseUntil: new Date(now.getTime() + 120_000) };
  await prisma.leadClaim.create({ data: { leadId: lead.id, pool, zone, rank, sortKey, readyAt, reason: {}, ...held } });
}

let promiseId: number;

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: steps.length, companies: 8 });
  // It rings for its owner until the test is through, however slow the machine is.
  await department.database.prisma.setting.create({ data: { key: 'inbound', value: { ownerRingSeconds: 120, teamRing: false } } });
  server = await ServerProcess.start({ databaseUrl: base.url });
  for (const [place, step] of (['ringing', 'answered', 'answering'] as const).entries()) await letCall(step, place);
  promiseId = await promiseTo(at('answered').companyId, at('answered').repId);
  await at('answered').client.get(answerCall, { params: { id: at('answered').callId } });
  await hasSound('answered');
  await letCall('message', 3);
  await hasSound('message');
  await server.kill();
  await takeOnly('answering');
  await server.startAgain();
  for (const step of steps) await vi.waitFor(async () => expect((await callOf(step)).state, step).toBe('ended'), patience);
});

afterAll(async () => {
  await server.end();
  await department.close();
  await base.drop();
});

describe('the server is killed while prospects call', () => {
  it('rings for nobody any more, and holds no rep and no company in a call that is gone', async () => {
    const { prisma } = department.database;
    expect(await prisma.call.count({ where: { state: { not: 'ended' } } })).toBe(0);
    expect(await prisma.callRing.count({ where: { stoppedAt: null } })).toBe(0);
    for (const step of steps) expect((await at(step).client.get(ringingCalls)).items, step).toEqual([]);
    for (const step of ['ringing', 'answering', 'message'] as const)
      expect((await at(step).client.ask(currentCall)).status, step).toBe(204);
    expect(await prisma.leadClaim.count({ where: { repId: at('answering').repId } })).toBe(0);
  });

  it.each(['ringing', 'answering', 'message'] as const)('owes a call back to whom nobody answered: %s', async (step) => {
    const { client, repId, callId, companyId } = at(step);
    expect(await callOf(step)).toMatchObject({ answeredAt: null, made: null });
    expect(await openPromises(step)).toMatchObject([{ origin: 'inbound', repId, outcome: 'pending', madeInCallId: callId }]);
    const missed = await client.get(missedCalls, { body: undefined });
    expect(missed.items).toMatchObject([{ callId, voicemail: step === 'message', handledAt: null }]);
    expect((await client.get(nextCall)).company.id).toBe(companyId);
  });

  it('leaves what was said of the message, with a task to hear it', async () => {
    const { callId, repId } = at('message');
    await expect.poll(async () => (await recordingOf('message'))?.status, patience).toBe('partial');
    expect(await department.database.prisma.task.findMany({ where: { callId } })).toMatchObject([{ kind: 'voicemail', assigneeId: repId }]);
  });

  it('gives the rep who was talking his wrap-up back; the talk met the promise, and its recording is kept as a part', async () => {
    const { client, callId } = at('answered');
    const { call } = await client.get(currentCall);
    expect(call).toMatchObject({ id: callId, direction: 'inbound', state: 'ended', disposedAt: null });
    expect(call.answeredAt).not.toBeNull();
    expect(await department.database.prisma.promise.findUnique({ where: { id: promiseId } })).toMatchObject({
      status: 'fulfilled',
      outcome: 'onTime',
      closedByCallId: callId,
    });
    await expect.poll(async () => (await recordingOf('answered'))?.status, patience).toBe('partial');
    expect(Number((await recordingOf('answered'))?.durationSeconds)).toBeGreaterThan(1);
    await client.get(disposeCall, { params: { id: callId }, body: { code: 'gatekeeper' } });
    expect((await client.ask(currentCall)).status).toBe(204);
  });

  it('lets the same prospects call again', async () => {
    const { client, phone, repId } = at('answered');
    const now = new Date();
    await department.database.prisma.presence.update({
      where: { userId: repId },
      data: { state: 'ready', leaseUntil: new Date(now.getTime() + 3_600_000) },
    });
    const { callId } = await client.get(sandboxInbound, { body: { from: phone } });
    await expect.poll(async () => (await client.get(ringingCalls)).items.map((ring) => ring.callId), patience).toEqual([callId]);
  });
});
