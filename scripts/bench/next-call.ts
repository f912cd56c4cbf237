import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { migrate } from '../../server/adapters/db/migrate.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../server/app/actor.ts';
import { expireClaims, releaseClaim } from '../../server/app/queue/keep-claim.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { startPostgres } from '../lib/postgres.mjs';
import { percentile, rounded, type Bench } from './lib/row.ts';
import { bigDepartment, type BigDepartment } from './next-call/department.ts';
import { openHopper } from './next-call/hopper.ts';
import { httpCards } from './next-call/http-cards.ts';
import { timed, underLoad, type Load } from './next-call/load.ts';

const quiet = (): void => undefined;
const seconds = 6;

const appOn = (database: Database) => ({
  clock: { now: () => new Date() },
  log: { info: quiet, warn: quiet, error: quiet },
  settings: settingsReader(database.prisma),
  unitOfWork: prismaUnitOfWork(database.prisma),
  reads: databaseReads(database.prisma),
});

/** A long report: reads the whole base again and again in one snapshot, until it is told to stop. */
async function longReport(database: Database): Promise<{ stop: () => Promise<void> }> {
  const client = await database.pool.connect();
  await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ');
  const told = new AbortController();
  const reading = (async () => {
    while (!told.signal.aborted)
      await client.query('SELECT time_zone, count(*), max(p.e164) FROM company c JOIN phone p ON p.company_id = c.id GROUP BY 1');
  })();
  return {
    stop: async () => {
      told.abort();
      await reading;
      await client.query('ROLLBACK');
      client.release();
    },
  };
}

interface Run {
  database: Database;
  department: BigDepartment;
  count: number;
  row: Bench['row'];
}

function tell(run: Run, name: string, load: Load, against?: { name: string; load: Load }): void {
  const compared = against ? { ratio: rounded(load.perSecond / against.load.perSecond, 3), against: against.name } : {};
  run.row({ case: name, metric: 'per second', value: rounded(load.perSecond), unit: '1/s', ...compared });
  run.row({ case: name, metric: 'p50', value: rounded(load.p50Ms, 2), unit: 'ms' });
  run.row({ case: name, metric: 'p99', value: rounded(load.p99Ms, 2), unit: 'ms' });
  if (load.turnedAway > 0) run.row({ case: name, metric: 'turned away', value: load.turnedAway, unit: 'times' });
}

/** Claims the next call and gives it back; milliseconds of the claim alone. */
async function claimAndRelease({ database }: Run, actor: Actor | undefined): Promise<number> {
  if (!actor) throw new Error('fewer reps than workers');
  const app = appOn(database);
  const startedMs = performance.now();
  const claim = await nextCall(app, actor);
  const waited = performance.now() - startedMs;
  if (!claim) throw new Error('the queue is empty');
  await releaseClaim(app, actor, claim.lead.id, 'bench');
  return waited;
}

async function sideBySide(run: Run): Promise<void> {
  const { database, department, count } = run;
  const hopper = await openHopper(database.pool);
  for (const workers of [1, 16, 64]) {
    let asked = 0;
    const update = () => {
      asked += 7919;
      const values = [1 + (asked % count), 'floor'];
      return timed(() => database.pool.query({ name: 'floor', text: 'UPDATE lead SET last_cause = $2 WHERE id = $1', values }));
    };
    const floor = await underLoad(workers, seconds, update);
    tell(run, `${workers} at once, UPDATE by primary key`, floor);
    const against = { name: 'UPDATE by primary key, as many at once', load: floor };
    const popped = await underLoad(workers, seconds, (worker) => timed(() => hopper.pop(worker)));
    tell(run, `${workers} at once, hopper of 2,000`, popped, against);
    for (const [name, group] of Object.entries({ spread: department.spread, shared: department.shared })) {
      const load = await underLoad(workers, seconds, (worker) => claimAndRelease(run, group[worker]));
      tell(run, `${workers} at once, next call, ${name}`, load, against);
    }
  }
}

async function besideAReport(run: Run): Promise<void> {
  const ask = (worker: number): Promise<number> => claimAndRelease(run, run.department.spread[worker]);
  const calm = await underLoad(16, seconds, ask);
  const report = await longReport(run.database);
  const disturbed = await underLoad(16, seconds, ask);
  await report.stop();
  tell(run, '16 at once, next call, during a long report', disturbed, { name: 'the same without the report', load: calm });
}

async function burst({ database, department, row }: Run): Promise<void> {
  const app = appOn(database);
  const actors = [...department.spread, ...department.shared];
  const name = `a burst of ${actors.length} reps`;
  const taken = new Set<number>();
  let lastMs = 0;
  const startedMs = performance.now();
  const answers = await Promise.allSettled(
    actors.map(async (actor) => {
      const claim = await nextCall(app, actor);
      if (claim) taken.add(claim.lead.id);
      lastMs = performance.now() - startedMs;
    }),
  );
  row({ case: name, metric: 'last served after', value: Math.round(lastMs), unit: 'ms' });
  row({ case: name, metric: 'different leads', value: taken.size, unit: 'leads' });
  row({ case: name, metric: 'turned away', value: answers.filter(({ status }) => status === 'rejected').length, unit: 'reps' });
  await database.pool.query(`UPDATE lead_claim SET lease_until = now() - interval '1 minute'`);
  for (let given = 1; given > 0;) given = await expireClaims(app);
}

/** The next call through the product's use case with `--leads` leads (1,000,000). */
export async function bench({ row, option }: Bench): Promise<void> {
  const count = Number(option('leads') ?? 1_000_000);
  const home = await mkdtemp(path.join(tmpdir(), 'next-call-bench-'));
  const postgres = await startPostgres({ folder: path.join(home, 'cluster') });
  const databaseUrl = postgres.url('postgres');
  await migrate(databaseUrl, quiet);
  const database = openDatabase(databaseUrl);
  try {
    const loadedFromMs = performance.now();
    const department = await bigDepartment(database, count);
    row({ case: `${count} leads`, metric: 'loaded in', value: Math.round((performance.now() - loadedFromMs) / 1000), unit: 's' });
    const run = { database, department, count, row };
    await sideBySide(run);
    await besideAReport(run);
    await burst(run);
    const cards = await httpCards({
      database,
      databaseUrl,
      dataDir: home,
      reps: department.spread.slice(0, 200),
      lookSeconds: 10,
      seconds: 20,
    });
    row({ case: 'a card over HTTP, 200 reps, 20 a second', metric: 'p50', value: rounded(percentile(cards, 0.5)), unit: 'ms' });
    row({ case: 'a card over HTTP, 200 reps, 20 a second', metric: 'p99', value: rounded(percentile(cards, 0.99)), unit: 'ms' });
  } finally {
    await database.close();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}
