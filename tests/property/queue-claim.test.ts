import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { databaseNextCalls } from '../../server/adapters/db/next-calls.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Stores } from '../../server/app/ports/stores/index.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { AppContext } from '../../server/app/context.ts';
import type { NextCalls } from '../../server/app/ports/next-calls.ts';
import { expireClaims } from '../../server/app/queue/keep-claim.ts';
import { claimNext } from '../../server/app/queue/next-call.ts';
import { placeLead } from '../../server/app/queue/place-lead.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { lookAtQueue } from '../../server/app/queue/rules.ts';
import { settingsSchema } from '../../server/contract/settings.ts';
import { orderQueue } from '../../server/core/queue/order.ts';
import { anyLead } from '../support/any-lead.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { plainLead, seedLeads, seedPeopleAndLists, type Department, type LeadSpec } from '../support/department.ts';

const now = new Date('2026-11-25T08:17:00Z');
/** A lease of a minute: the sweeper's part below counts on it. */
const settings = settingsSchema.parse({ queue: { claimLeaseSeconds: 60 } });
const repZones = ['Europe/Moscow', 'Europe/Moscow', 'Asia/Vladivostok', 'Europe/Kaliningrad'];

const coldLead = (position: number): LeadSpec => ({ ...plainLead, position });

const placesOf = ({ pool }: Database) =>
  pool
    .query<Record<string, unknown>>('SELECT lead_id, pool, zone, rank, sort_key, ready_at, parked FROM lead_queue ORDER BY lead_id')
    .then((found) => found.rows);

describe('a claim', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let people: Department;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase(fresh.url, { poolSize: 8 });
    people = await seedPeopleAndLists(database.pool, '2026-11-25');
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  /** Settings and clock for the use cases; the clock is moved by the tests. */
  const time = { now };
  const silent = (): void => undefined;
  let app: AppContext & { nextCalls: NextCalls };
  /** All who ask at once go into one transaction. */
  let oneLane: typeof app;
  beforeAll(() => {
    app = {
      clock: { now: () => time.now },
      log: { info: silent, warn: silent, error: silent },
      settings: { read: () => Promise.resolve(settings) },
      unitOfWork: prismaUnitOfWork(database.prisma),
      nextCalls: databaseNextCalls(database.quick),
    };
    oneLane = { ...app, nextCalls: databaseNextCalls(database.quick, undefined, { lanes: 1, atMost: 16 }) };
  });

  async function fill(count: number): Promise<void> {
    await seedLeads(database.pool, people, { now: now.toISOString(), leads: Array.from({ length: count }, (_, index) => coldLead(index)) });
    await requeueAll(app);
  }

  const inTransaction = <Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> => prismaUnitOfWork(database.prisma).run(work);

  const repAt = (repIndex: number): Actor => {
    const timeZone = repZones[repIndex] ?? 'UTC';
    return { id: people.repIds[repIndex] ?? 0, name: '', role: 'rep', teamId: null, timeZone, locale: 'ru' };
  };

  const claim = async (repIndex: number): Promise<number | null> => (await claimNext(app, repAt(repIndex)))?.leadId ?? null;
  const claimTogether = async (repIndex: number): Promise<number | null> => (await claimNext(oneLane, repAt(repIndex)))?.leadId ?? null;

  const release = (repIndex: number, leadId: number): Promise<void> =>
    inTransaction(async (stores) => {
      await stores.queue.removeClaim(people.repIds[repIndex] ?? 0, leadId);
      await placeLead(stores, { companyId: leadId, now, settings });
    });

  const rows = async (table: 'lead_queue' | 'lead_claim'): Promise<number[]> =>
    (await database.pool.query<{ lead_id: number }>(`SELECT lead_id FROM ${table} ORDER BY lead_id`)).rows.map((row) => row.lead_id);

  it('is never shared: reps who ask at once get different companies, and nobody is both held and queued', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
        fc.boolean(),
        async (count, placedMeanwhile, isTogether) => {
          await fill(count);
          const placing = placedMeanwhile.map((companyId) => inTransaction((stores) => placeLead(stores, { companyId, now, settings })));
          const [taken] = await Promise.all([Promise.all([0, 1, 2, 3].map(isTogether ? claimTogether : claim)), ...placing]);
          const held = taken.filter((leadId) => leadId !== null);
          expect(new Set(held).size).toBe(held.length);
          expect(await rows('lead_claim')).toEqual([...held].sort((left, right) => left - right));
          expect((await rows('lead_queue')).filter((leadId) => held.includes(leadId))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same for all windows of a rep that ask at once, whoever asks beside them', async () => {
    await fill(6);
    const [first, second, ...others] = await Promise.all([0, 0, 1, 2, 3].map(claimTogether));
    expect(first).not.toBeNull();
    expect(second).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('is held up by nobody else’s row: who has to wait for his own waits alone', async () => {
    await fill(6);
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM app_user WHERE id = $1 FOR UPDATE', [people.repIds[0]]);
      let isServed = false;
      const waiting = claimTogether(0).finally(() => {
        isServed = true;
      });
      const others = await Promise.all([1, 2, 3].map(claimTogether));
      expect(new Set(others).size).toBe(3);
      expect(others).not.toContain(null);
      expect(isServed).toBe(false);
      await client.query('COMMIT');
      expect(others).not.toContain(await waiting);
    } finally {
      client.release();
    }
  });

  it('that is given back returns to exactly its place', async () => {
    await fill(5);
    const before = await placesOf(database);
    const leadId = await claim(0);
    expect(leadId).toBe(1);
    expect(await claim(2)).toBe(2);
    await release(0, 1);
    expect(await claim(3)).toBe(1);
    await release(3, 1);
    await release(2, 2);
    expect(await placesOf(database)).toEqual(before);
  });

  const orderNow = (repIndex: number) =>
    inTransaction(async ({ queue }) => {
      const rep = { id: people.repIds[repIndex] ?? 0, timeZone: repZones[repIndex] ?? 'UTC' };
      const { view, rules, question } = await lookAtQueue(queue, settings, rep, now);
      const facts = await queue.factsOfLeads((await database.prisma.lead.findMany({ select: { id: true } })).map(({ id }) => id));
      return { question, pure: orderQueue(facts, view, rules).map((queued) => queued.facts.leadId) };
    });

  it('goes back to exactly its place, given back or run out, whatever the leads are and whenever it happens', async () => {
    const claims = fc.array(fc.record({ repIndex: fc.nat(3), runsOut: fc.boolean() }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(anyLead, { minLength: 1, maxLength: 12 }), claims, async (leads, claiming) => {
        await seedLeads(database.pool, people, { now: now.toISOString(), leads });
        await requeueAll(app);
        const before = await placesOf(database);
        const orders = await Promise.all([0, 1, 2, 3].map(async (repIndex) => (await orderNow(repIndex)).pure));
        const held = new Map<number, number>();
        for (const { repIndex } of claiming) {
          if (held.has(repIndex)) continue;
          const leadId = await claim(repIndex);
          if (leadId !== null) held.set(repIndex, leadId);
        }
        for (const { repIndex, runsOut } of claiming) {
          const leadId = held.get(repIndex);
          if (leadId === undefined || runsOut) continue;
          await release(repIndex, leadId);
          held.delete(repIndex);
        }
        time.now = new Date(now.getTime() + 61_000);
        expect(await expireClaims(app)).toBe(held.size);
        time.now = now;
        expect(await placesOf(database)).toEqual(before);
        expect(await Promise.all([0, 1, 2, 3].map(async (repIndex) => (await orderNow(repIndex)).pure))).toEqual(orders);
      }),
      { numRuns: 40, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  it('after claim takes every company that may be called, in the order of the pure rules, until none is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLead, { minLength: 1, maxLength: 20 }), fc.nat(3), async (leads, repIndex) => {
        await seedLeads(database.pool, people, { now: now.toISOString(), leads });
        await requeueAll(app);
        const { pure } = await orderNow(repIndex);
        const taken: number[] = [];
        for (let leadId = await claim(repIndex); leadId !== null; leadId = await claim(repIndex)) {
          taken.push(leadId);
          await inTransaction(({ queue }) => queue.removeClaim(people.repIds[repIndex] ?? 0, taken.at(-1) ?? 0));
        }
        expect(taken).toEqual(pure);
      }),
      { numRuns: 40, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });

  it('that ran out without a call is found by the sweeper, one in a call is not', async () => {
    await fill(2);
    const [first, second] = [await claim(0), await claim(2)];
    await database.pool.query(
      `INSERT INTO call (rep_id, company_id, lead_id, phone_e164, carrier, intent_at, day, hour, company_day) VALUES ($1, $2, $2, '+79990000000', 'sandbox', now(), now(), 1, now())`,
      [people.repIds[0], first],
    );
    const expired = await inTransaction(({ queue }) => queue.expiredClaims(new Date(now.getTime() + 61_000)));
    expect(expired.map((found) => found.leadId)).toEqual([second]);
    expect(await inTransaction(({ queue }) => queue.expiredClaims(new Date(now.getTime() + 59_000)))).toEqual([]);
    await database.pool.query('DELETE FROM call');
  });
});
