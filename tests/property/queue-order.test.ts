import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { lookAtQueue } from '../../server/app/queue/rules.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { settingsSchema } from '../../server/contract/settings.ts';
import { tiers } from '../../server/core/queue/tiers.ts';
import { orderQueue } from '../../server/core/queue/order.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { seedLeads, seedPeopleAndLists, type Department, type DepartmentSpec } from '../support/department.ts';
import { anyLead, often } from '../support/any-lead.ts';

const repZones = ['Europe/Moscow', 'Europe/Moscow', 'Asia/Vladivostok', 'Europe/Kaliningrad'];

/** Instants around ordinary days and around both DST nights of Berlin and New York. */
const instants = [
  '2026-11-23T08:17:00Z',
  '2026-03-29T00:59:30Z',
  '2026-03-29T01:30:00Z',
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  '2026-03-08T06:59:00Z',
  '2026-11-01T05:30:00Z',
];
const instant = fc
  .tuple(fc.constantFrom(...instants), fc.integer({ min: -72 * 60, max: 72 * 60 }))
  .map(([base, shiftMinutes]) => new Date(new Date(base).getTime() + shiftMinutes * 60_000).toISOString());

/** The settings that the order depends on. */
const rules = fc.record({
  callingHours: fc.record({ lunchFrom: fc.constant('13:00'), lunchTo: fc.constantFrom('14:00', '13:30') }),
  retry: fc.record({ companyPauseMinutes: fc.constantFrom(0, 10) }),
  queue: fc.record({
    customersBeforeHot: fc.boolean(),
    teamTakesOverAbsent: fc.boolean(),
    takeOverLateMinutes: fc.constantFrom(0, 1, 60),
    takeOverBeforeLateMinutes: fc.constantFrom(0, 2, 60),
    ageingDays: fc.constantFrom(0, 1, 2, 3),
    consentRequired: often(false, fc.boolean()),
  }),
});
type Rules = Partial<typeof rules extends fc.Arbitrary<infer Value> ? Value : never>;

const department: fc.Arbitrary<DepartmentSpec> = fc.record({ now: instant, leads: fc.array(anyLead, { minLength: 1, maxLength: 40 }) });

describe('the order of the queue', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let people: Department;

  beforeAll(async () => {
    fresh = await freshDatabase();
    database = openDatabase(fresh.url);
    people = await seedPeopleAndLists(database.pool, '2026-08-01');
    await database.pool.query(`INSERT INTO holiday (country, day, name) VALUES ('RU', '2026-11-24', 'test'), ('DE', '2026-10-26', 'test')`);
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  /** What SQL and what core answer for one rep of a department. */
  async function both(spec: DepartmentSpec, repIndex: number, given: Rules): Promise<{ sql: string[]; pure: string[] }> {
    const settings = settingsSchema.parse(given);
    const now = new Date(spec.now);
    const unitOfWork = prismaUnitOfWork(database.prisma);
    const rep = { id: people.repIds[repIndex] ?? 0, timeZone: repZones[repIndex] ?? 'UTC' };
    await seedLeads(database.pool, people, spec);
    await requeueAll({ unitOfWork, settings: { read: () => Promise.resolve(settings) }, clock: { now: () => now } });
    return unitOfWork.run(async ({ queue }) => {
      const { view, rules, question } = await lookAtQueue(queue, settings, rep, now);
      const facts = await queue.factsOfLeads(spec.leads.map((_, index) => index + 1));
      const candidates = await queue.candidates(question, 100);
      const depth = await queue.depth(question);
      for (const tier of tiers) expect([tier, depth[tier]]).toEqual([tier, candidates.filter((one) => one.tier === tier).length]);
      return {
        sql: candidates.map((candidate) => `${candidate.leadId} ${candidate.tier}`),
        pure: orderQueue(facts, view, rules).map(({ facts: found, tier }) => `${found.leadId} ${tier}`),
      };
    });
  }

  it('is the same in SQL as in the pure rules, on random departments and instants, DST nights among them', async () => {
    await fc.assert(
      fc.asyncProperty(department, fc.integer({ min: 0, max: 3 }), rules, async (spec, repIndex, given) => {
        const { sql, pure } = await both(spec, repIndex, given);
        expect(sql).toEqual(pure);
      }),
      { numRuns: 300, plugins: [fc.interruptAfterTimeLimit(30_000)] },
    );
  });

  it('is the same for an instant to come, looked at now', async () => {
    await fc.assert(
      fc.asyncProperty(department, fc.integer({ min: 1, max: 2880 }), async (spec, laterMinutes) => {
        await both(spec, 0, {});
        const settings = settingsSchema.parse({});
        const later = new Date(new Date(spec.now).getTime() + laterMinutes * 60_000);
        const { sql, pure } = await prismaUnitOfWork(database.prisma).run(async ({ queue }) => {
          const { view, rules, question } = await lookAtQueue(
            queue,
            settings,
            { id: people.repIds[0] ?? 0, timeZone: 'Europe/Moscow' },
            later,
          );
          const facts = await queue.factsOfLeads(spec.leads.map((_, index) => index + 1));
          return {
            sql: (await queue.candidates(question, 100)).map((candidate) => candidate.leadId),
            pure: orderQueue(facts, view, rules).map((queued) => queued.facts.leadId),
          };
        });
        expect(sql).toEqual(pure);
      }),
      { numRuns: 80, plugins: [fc.interruptAfterTimeLimit(20_000)] },
    );
  });
});
