import { openDatabase } from '../../../server/adapters/db/client.ts';
import { claimNext } from '../../../server/app/queue/next-call.ts';
import { percentile, type Bench } from '../lib/row.ts';
import { appOn } from './app.ts';
import type { BigDepartment } from './department.ts';
import { disposeAll } from './dispose-all.ts';

const bursts = 5;

/** All reps ask in the same moment, through the product's own small pool. The middle of five bursts is told, and the worst. */
export async function burst({
  databaseUrl,
  department,
  row,
}: {
  databaseUrl: string;
  department: BigDepartment;
  row: Bench['row'];
}): Promise<void> {
  const database = openDatabase(databaseUrl);
  try {
    const app = appOn(database);
    const actors = [...department.spread, ...department.shared];
    const lasted: number[] = [];
    let fewest = actors.length;
    let turnedAway = 0;
    for (let nth = 0; nth < bursts; nth += 1) {
      const startedMs = performance.now();
      const answers = await Promise.allSettled(actors.map((actor) => claimNext(app, actor)));
      lasted.push(performance.now() - startedMs);
      fewest = Math.min(
        fewest,
        new Set(answers.flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value?.leadId ?? []) : []))).size,
      );
      turnedAway += answers.filter(({ status }) => status === 'rejected').length;
      await disposeAll(database.pool);
    }
    const name = `a burst of ${actors.length} reps`;
    row({ case: name, metric: 'last served after, middle of 5', value: Math.round(percentile(lasted, 0.5)), unit: 'ms' });
    row({ case: name, metric: 'last served after, worst of 5', value: Math.round(Math.max(...lasted)), unit: 'ms' });
    row({ case: name, metric: 'different leads, fewest of 5', value: fewest, unit: 'leads' });
    if (turnedAway > 0) row({ case: name, metric: 'turned away, of all 5', value: turnedAway, unit: 'reps' });
  } finally {
    await database.close();
  }
}
