import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, disposeCall, getCall, hangupCall, startCall, type CallView } from '../../server/contract/http/calls.ts';
import { startVolley, type VolleyView } from '../../server/contract/http/volleys.ts';
import { nextCall, releaseClaim } from '../../server/contract/http/queue.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { localDay } from '../../server/core/hours/local-time.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { dialInParallel } from '../support/parallel-list.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';

/** Fates of the sandbox's number book: answers and stays silent; never answers. */
const silentLine = '0400';
const unanswered = '0480';

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 11, companies: 40 });
  server = await ServerProcess.start({ databaseUrl: base.url });
});

afterAll(async () => {
  await server.end();
  await department.close();
  await base.drop();
});

const rep = (number: number): Promise<ApiClient> => department.signIn(server.url, `rep${number}@test.local`);

async function claim(client: ApiClient, fate: string): Promise<number> {
  const { lead } = await client.get(nextCall);
  await department.setFate(lead.id, fate);
  return lead.id;
}

const dial = (client: ApiClient, leadId: number, key: string) =>
  client.ask(startCall, { body: { leadId }, headers: { 'idempotency-key': key } });

/** Whoever is not told otherwise lets it ring. */
async function nobodyAnswers(): Promise<void> {
  await department.database.prisma.$executeRaw`UPDATE phone SET e164 = left(e164, -4) || ${unanswered}`;
}

async function inState(client: ApiClient, state: CallView['state']): Promise<CallView> {
  return vi.waitFor(async () => {
    const { call } = await client.get(currentCall);
    expect(call.state).toBe(state);
    return call;
  }, patience);
}

/** Holds something in the base so that the server stops at exactly the step that needs it. */
async function holdUp(sql: string): Promise<{ whenSomebodyWaits: () => Promise<void>; letGo: () => Promise<void> }> {
  const holder = new Client({ connectionString: base.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(sql);
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  return {
    whenSomebodyWaits: async () => {
      const waiting = (): Promise<{ blocked: bigint }[]> =>
        department.database.prisma
          .$queryRaw`SELECT count(*) AS blocked FROM pg_stat_activity WHERE ${pid}::int = ANY (pg_blocking_pids(pid))`;
      await vi.waitFor(async () => expect(Number((await waiting())[0]?.blocked)).toBeGreaterThan(0), patience);
    },
    letGo: () => holder.end(),
  };
}

/** A request whose answer died with the server. */
const unanswerable = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'answered',
    () => 'broke off',
  );

interface Frozen {
  client: ApiClient;
  leadId: number;
  key: string;
}

/** Between the commit of the intent and the dial nothing waits that a test could hold: the row is written as that commit leaves it. */
async function writeIntentOnly({ leadId, key }: Frozen): Promise<void> {
  await department.database.prisma.$executeRaw`
    INSERT INTO call (idempotency_key, rep_id, company_id, lead_id, phone_id, phone_e164, carrier, intent_at, day, hour, company_day)
    SELECT ${key}, k.rep_id, l.company_id, l.id, p.id, p.e164, 'sandbox', now(), now()::date, 12, now()::date
    FROM lead_claim k JOIN lead l ON l.id = k.lead_id JOIN phone p ON p.company_id = l.company_id AND p.retired_at IS NULL
    WHERE k.lead_id = ${leadId} LIMIT 1`;
}

/** Several lines at once: that of the card is answered after five seconds, the others ring on. */
async function dialTogether(client: ApiClient, key: string): Promise<VolleyView> {
  const { lead } = await client.get(nextCall);
  await department.setFate(lead.id, silentLine);
  const start = () => client.get(startVolley, { body: { leadId: lead.id }, headers: { 'idempotency-key': key } });
  const started = await start();
  if (started.kind !== 'volley') throw new Error(`one line only: ${started.limitedBy}`);
  return started.volley;
}

/** Whether they ring still or not: on a busy machine one may be answered before anybody looks. */
async function haveRung({ id, lines }: VolleyView): Promise<void> {
  const rung = () => department.database.prisma.call.count({ where: { volleyId: id, ringingAt: { not: null } } });
  await vi.waitFor(async () => expect(await rung()).toBe(lines.length), patience);
}

describe('the server is killed with eight reps at eight steps of a call', () => {
  const frozen: Record<string, Frozen> = {};
  const at = (step: string): Frozen => {
    const one = frozen[step];
    if (!one) throw new Error(`nobody was at the step ${step}`);
    return one;
  };
  let outcomeGiven: Promise<string>;
  /** Nobody had decided who won when its first line was answered; its rep talked to who answered. */
  const volleys: { undecided?: VolleyView; decided?: VolleyView } = {};
  const linesOf = (volleyId: number | undefined) =>
    department.database.prisma.call.findMany({ where: { volleyId }, include: { events: true }, orderBy: { id: 'asc' } });

  beforeAll(async () => {
    const { prisma } = department.database;
    await nobodyAnswers();
    const { id: repId } = department.reps[9] ?? { id: 0 };
    await dialInParallel(prisma, { repId, companyId: 40, intentAt: new Date(Date.now() - 4 * 86_400_000) });
    volleys.undecided = await dialTogether(await rep(10), 'undecided');
    // While its lines only ring, for what follows the answer must find it locked.
    const volley = await holdUp(`SELECT FROM volley WHERE id = ${volleys.undecided.id} FOR UPDATE`);
    volleys.decided = await dialTogether(await rep(11), 'decided');
    for (const each of [volleys.undecided, volleys.decided]) await haveRung(each);

    const steps = ['answered', 'ringing', 'ended', 'disposing', 'accepted', 'intent'];
    for (const [index, step] of steps.entries()) {
      const client = await rep(index + 1);
      const leadId = await claim(client, step === 'ringing' ? unanswered : silentLine);
      frozen[step] = { client, leadId, key: `killed at ${step}` };
    }
    for (const step of ['answered', 'ended', 'disposing', 'ringing']) {
      const { client, leadId, key } = at(step);
      expect(await dial(client, leadId, key)).toMatchObject({ status: 201 });
    }
    await inState(at('ringing').client, 'ringing');
    for (const step of ['answered', 'ended', 'disposing']) await inState(at(step).client, 'answered');
    const talking = (await at('answered').client.get(currentCall)).call;
    const growing = path.join(server.dataDir, 'sandbox', `call-${talking.id}.growing`);
    await vi.waitFor(async () => expect((await stat(growing)).size).toBeGreaterThan(60_000), patience);
    for (const step of ['ended', 'disposing']) {
      const { client } = at(step);
      await client.get(hangupCall, { params: { id: (await client.get(currentCall)).call.id } });
      await inState(client, 'ended');
    }

    const disposing = at('disposing');
    const { call } = await disposing.client.get(currentCall);
    const lead = await holdUp(`SELECT FROM lead WHERE id = ${disposing.leadId} FOR UPDATE`);
    outcomeGiven = unanswerable(
      disposing.client.ask(disposeCall, { params: { id: call.id }, body: { code: 'gatekeeper', note: 'перезвонить позже' } }),
    );
    await lead.whenSomebodyWaits();

    const answered = async () => (await linesOf(volleys.undecided?.id)).filter(({ answeredAt }) => answeredAt !== null);
    await vi.waitFor(async () => expect(await answered()).toHaveLength(1), patience);
    await volley.whenSomebodyWaits();
    await inState(await rep(11), 'answered');
    const isJoined = async () => expect((await linesOf(volleys.decided?.id)).some(({ joinedAt }) => joinedAt !== null)).toBe(true);
    await vi.waitFor(isJoined, { timeout: 10_000, interval: 20 });
    const events = await holdUp('LOCK TABLE call_event IN EXCLUSIVE MODE');
    const accepted = unanswerable(dial(at('accepted').client, at('accepted').leadId, at('accepted').key));
    await events.whenSomebodyWaits();

    await server.kill();
    await Promise.all([lead.letGo(), events.letGo(), volley.letGo(), accepted, outcomeGiven]);
    await writeIntentOnly(at('intent'));
    await server.startAgain();
  });

  it('ends every call and gives each rep his wrap-up back', async () => {
    for (const step of Object.keys(frozen)) {
      const call = await inState(at(step).client, 'ended');
      expect(call, step).toMatchObject({ leadId: at(step).leadId, disposedAt: null });
    }
  });

  it('dials nobody a second time: the same key is the same call', async () => {
    for (const [step, { client, leadId, key }] of Object.entries(frozen)) {
      const before = (await client.get(currentCall)).call.id;
      const again = await dial(client, leadId, key);
      expect(again.value?.id, step).toBe(before);
      const { events } = await client.get(getCall, { params: { id: before } });
      expect(events.filter((event) => event.kind === 'dialing').length, step).toBeLessThanOrEqual(1);
      expect(await department.database.prisma.call.count({ where: { leadId } }), step).toBe(1);
    }
  });

  it('says of the call that was only intended that it was not dialled, and charges no try', async () => {
    const { client, leadId } = at('intent');
    const { call } = await client.get(currentCall);
    expect(call).toMatchObject({ endCause: 'canceled', ringingAt: null, answeredAt: null });
    expect(await department.database.prisma.lead.findUnique({ where: { id: leadId } })).toMatchObject({ triesTotal: 0 });
  });

  it('keeps what was recorded and never shows it as whole', async () => {
    const { client } = at('answered');
    const { call } = await client.get(currentCall);
    const recording = () => department.database.prisma.recording.findUnique({ where: { callId: call.id } });
    await expect.poll(async () => (await recording())?.status, patience).toBe('partial');
    expect(Number((await recording())?.durationSeconds)).toBeGreaterThan(1);
  });

  it('takes back the outcome that was being written, and takes it whole when it is given again', async () => {
    const { client, leadId } = at('disposing');
    const { call } = await client.get(currentCall);
    expect(await outcomeGiven).toBe('broke off');
    const made = await client.get(disposeCall, { params: { id: call.id }, body: { code: 'gatekeeper', note: 'перезвонить позже' } });
    expect(await client.get(disposeCall, { params: { id: call.id }, body: { code: 'gatekeeper' } })).toEqual(made);
    expect(await department.database.prisma.lead.findUnique({ where: { id: leadId } })).toMatchObject({ triesTotal: 1 });
    expect((await client.get(nextCall)).lead.id).not.toBe(leadId);
  });

  it('dials no line of a volley again and ends them all', async () => {
    for (const [rep, started] of [
      [10, volleys.undecided],
      [11, volleys.decided],
    ] as const) {
      const ended = async () => (await linesOf(started?.id)).every(({ state }) => state === 'ended');
      await expect.poll(ended, patience).toBe(true);
      const lines = await linesOf(started?.id);
      expect(lines).toHaveLength(started?.lines.length ?? 0);
      for (const { events } of lines) expect(events.filter(({ kind }) => kind === 'dialing').length).toBeLessThanOrEqual(1);
      const leadIds = lines.map(({ leadId }) => leadId ?? 0);
      expect(await department.database.prisma.call.count({ where: { leadId: { in: leadIds } } })).toBe(lines.length);
      const key = rep === 10 ? 'undecided' : 'decided';
      const again = await department.signIn(server.url, `rep${rep}@test.local`);
      const body = { leadId: leadIds[0] ?? 0 };
      expect(await again.ask(startVolley, { body, headers: { 'idempotency-key': key } })).toMatchObject({
        value: { kind: 'volley', volley: { id: started?.id, ended: true } },
      });
    }
  });

  it('owes a call to who had answered when nobody had decided, counts him against the cap, and leaves the other with his rep', async () => {
    const { prisma } = department.database;
    const answered = (await linesOf(volleys.undecided?.id)).filter(({ answeredAt }) => answeredAt !== null);
    expect(answered).toHaveLength(1);
    expect(answered[0]?.abandonedAt).not.toBeNull();
    const { companyId = 0 } = answered[0] ?? {};
    expect(await prisma.promise.findFirst({ where: { companyId } })).toMatchObject({ origin: 'abandoned', status: 'open' });
    const own = await inState(await rep(11), 'ended');
    expect(own).toMatchObject({ disposedAt: null });
    expect((await linesOf(volleys.decided?.id)).find(({ untaken }) => !untaken)).toMatchObject({ id: own.id, abandonedAt: null });
    expect(await prisma.call.count({ where: { abandonedAt: { not: null } } })).toBe(1);
    const [list] = await databaseReads(prisma).lists.lists({ teamId: null }, localDay(new Date(), 'Europe/Moscow'), new Date());
    expect(list?.pace).toMatchObject({ abandoned: 1 });
    // His lines hold nobody any more.
    expect(await prisma.leadClaim.count({ where: { repId: department.reps[9]?.id ?? 0 } })).toBe(0);
  });

  it('held every claim for one rep alone', async () => {
    const claims = await department.database.prisma.leadClaim.findMany();
    expect(new Set(claims.map((held) => held.leadId)).size).toBe(claims.length);
    expect(new Set(claims.map((held) => held.repId)).size).toBe(claims.length);
  });
});

it('makes one call when two tabs press Dial together', async () => {
  const client = await rep(7);
  const leadId = await claim(client, unanswered);
  const answers = await Promise.all(Array.from({ length: 8 }, () => dial(client, leadId, 'two tabs')));
  expect(new Set(answers.map((answer) => answer.value?.id)).size).toBe(1);
  expect(await department.database.prisma.call.count({ where: { leadId } })).toBe(1);
  // A tab with a key of its own is told that a call is live.
  expect(await dial(client, leadId, 'another key')).toMatchObject({ status: 409, problem: { code: 'callLive' } });
});

it('never gives one company to two reps who ask together', async () => {
  const clients = [await rep(8), await rep(9)];
  for (let round = 0; round < 15; round += 1) {
    const claims = await Promise.all(clients.flatMap((client) => [client.get(nextCall), client.get(nextCall)]));
    const [one, oneAgain, other, otherAgain] = claims.map((held) => held.lead.id);
    expect([oneAgain, otherAgain]).toEqual([one, other]);
    expect(one).not.toBe(other);
    // Both go back to their places, so that the next round fights for the same two.
    for (const [index, leadId] of [one, other].entries()) await clients[index]?.get(releaseClaim, { body: { leadId, why: 'test' } });
  }
});
