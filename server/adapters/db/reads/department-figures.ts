import type { Pool } from 'pg';

/** What the whole department is doing at this moment, for whoever watches the machine. */
export interface DepartmentFigures {
  liveCalls: number;
  claimsHeld: number;
  promisesOverdue: number;
  recordingsWaiting: number;
  outboxWaiting: number;
  outboxOldestSeconds: number;
}

/** Each part is an index probe or a table that stays short; asked once a scrape. */
const figuresSql = `
  SELECT (SELECT count(*)::int FROM call WHERE state <> 'ended') AS "liveCalls",
         (SELECT count(*)::int FROM lead_claim) AS "claimsHeld",
         (SELECT count(*)::int FROM promise WHERE status = 'open' AND deadline_at < now()) AS "promisesOverdue",
         (SELECT count(*)::int FROM recording WHERE status = 'pending') AS "recordingsWaiting",
         (SELECT count(*)::int FROM outbox_event) AS "outboxWaiting",
         (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 FROM outbox_event) AS "outboxOldestSeconds"`;

/** @throws Error when the database is out of reach: a figure that nobody knows must not look like a nought */
export async function readDepartmentFigures(pool: Pool): Promise<DepartmentFigures> {
  const { rows } = await pool.query<DepartmentFigures>(figuresSql);
  const [figures] = rows;
  if (!figures) throw new Error('the figures of the department did not come');
  return figures;
}
