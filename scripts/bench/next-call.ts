import { openDatabase } from '../../server/adapters/db/client.ts';
import { percentile, rounded, type Bench } from './lib/row.ts';
import { openBase } from './next-call/base.ts';
import { besideAReport } from './next-call/beside-a-report.ts';
import { burst } from './next-call/burst.ts';
import { departmentOf } from './next-call/department.ts';
import { httpCards } from './next-call/http-cards.ts';
import { sideBySide } from './next-call/side-by-side.ts';

/**
 * The next call through the product's use case, with `--leads` leads (1,000,000), each load for `--seconds` (6).
 * `--keep folder` leaves the loaded base there for the next run.
 */
export async function bench({ row: told, option }: Bench): Promise<void> {
  const leads = Number(option('leads') ?? 1_000_000);
  const seconds = Number(option('seconds') ?? 6);
  const base = await openBase(leads, option('keep'));
  const size = `${leads / 1_000_000} M leads`;
  const row: Bench['row'] = (figure) => {
    told({ ...figure, case: `${size}; ${figure.case}` });
  };
  try {
    if (base.loadedInSeconds !== null) row({ case: 'the base', metric: 'loaded in', value: base.loadedInSeconds, unit: 's' });
    const { databaseUrl } = base;
    const database = openDatabase(databaseUrl);
    const department = await departmentOf(database);
    const stage = { databaseUrl, department, leads, seconds, row };
    // First: what the loads below leave to be vacuumed and flushed is no department's day.
    const reps = department.spread.slice(0, 200);
    const cards = await httpCards({ database, databaseUrl, dataDir: base.dataDir, reps, lookSeconds: 10, seconds: 40 });
    const name = 'a card over HTTP, 200 reps, 20 a second';
    row({ case: name, metric: 'p50', value: rounded(percentile(cards, 0.5)), unit: 'ms' });
    row({ case: name, metric: 'p99', value: rounded(percentile(cards, 0.99)), unit: 'ms' });
    await database.close();
    await sideBySide(stage);
    await burst(stage);
    await besideAReport(stage);
  } finally {
    await base.close();
  }
}
