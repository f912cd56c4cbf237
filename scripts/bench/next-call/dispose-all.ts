import type { Pool } from 'pg';

/**
 * Outcomes for everybody who is held, as a department makes them: nine of ten come back in two hours, every tenth asked to be called
 * within a minute. In one statement each, because this is no part of what is measured.
 */
export async function disposeAll(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`
      CREATE TEMP TABLE dialled ON COMMIT DROP AS
      SELECT k.lead_id, k.rep_id, k.zone, l.company_id, l.list_id, random() < 0.1 AS promised, random() * interval '1 minute' AS after
      FROM lead_claim k JOIN lead l ON l.id = k.lead_id`);
    await client.query('DELETE FROM lead_claim');
    await client.query(
      `UPDATE promise p SET status = 'fulfilled', closed_at = now() FROM dialled d WHERE p.company_id = d.company_id AND p.status = 'open'`,
    );
    await client.query(`
      INSERT INTO promise (company_id, rep_id, kind, local_time, time_zone, starts_at, promised_at, deadline_at)
      SELECT company_id, rep_id, 'exact', '', 'Europe/Moscow', now(), now() + after, now() + after + interval '5 minutes' FROM dialled WHERE promised`);
    await client.query(`
      UPDATE lead l SET tries_total = l.tries_total + 1, retry_at = CASE WHEN NOT d.promised THEN now() + interval '2 hours' END
      FROM dialled d WHERE l.id = d.lead_id`);
    // Where the facts say: a promise in the rep's own pool, the others parked in their list until the pause is over.
    await client.query(`
      INSERT INTO lead_queue (lead_id, pool, zone, rank, sort_key, ready_at, parked)
      SELECT d.lead_id, CASE WHEN promised THEN -d.rep_id ELSE d.list_id END, d.zone, CASE WHEN promised THEN 0 ELSE 500 + li.priority END,
        CASE WHEN promised THEN (extract(epoch FROM now() + after + interval '5 minutes') * 1000)::bigint
          ELSE (l.tries_total::bigint << 32) + l.position END,
        CASE WHEN promised THEN now() ELSE now() + interval '2 hours' END, NOT promised
      FROM dialled d JOIN lead l ON l.id = d.lead_id JOIN call_list li ON li.id = d.list_id`);
    await client.query('TRUNCATE outbox_event');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
