import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { currentClaim, nextCall } from '../../server/contract/http/queue.ts';
import { callingDepartment } from '../support/calling-department.ts';
import { freshDatabase } from '../support/database.ts';
import { ServerProcess } from '../support/server-process.ts';

const skewed = (minutes: number) => ({
  NODE_OPTIONS: `--import ${pathToFileURL('tests/support/skewed-clock.mjs').href}`,
  SKEW_MINUTES: String(minutes),
});

it.each([-180, 180])('a machine whose clock is %i minutes off goes by the clock of the database', async (minutes) => {
  const base = await freshDatabase();
  const department = await callingDepartment(base.url, { reps: 1, companies: 3 });
  const server = await ServerProcess.start({ databaseUrl: base.url, env: skewed(minutes) });

  const rep = await department.signIn(server.url, 'rep1@test.local');
  const claim = await rep.get(nextCall);
  const { now } = (await department.database.pool.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0] ?? { now: null };
  const ageSeconds = (Number(now) - Date.parse(claim.claimedAt)) / 1000;
  expect(ageSeconds).toBeGreaterThanOrEqual(-0.1);
  expect(ageSeconds).toBeLessThan(30);
  // The lease was not over before it began, and does not outlive the day either.
  expect((await rep.get(currentClaim)).lead.id).toBe(claim.lead.id);
  expect(Date.parse(claim.leaseUntil) - Date.parse(claim.claimedAt)).toBeLessThan(3_600_000);
  expect(server.log.some((line) => line.includes('differs from the database'))).toBe(true);

  await server.end();
  await department.close();
  await base.drop();
});
