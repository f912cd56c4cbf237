import { Client, type Pool } from 'pg';

export const hopperSize = 2_000;

interface Hopper {
  pop: (repId: number) => Promise<boolean>;
  /** Answers milliseconds. */
  fill: () => Promise<number>;
}

/**
 * The way of the open-source market leader, in the same base: a table in memory holds the next two thousand leads, a filler tops it up
 * by sorting all that may be called, and a rep takes the first row that nobody else is taking. Rules are looked at when it is filled only.
 */
export async function openHopper(pool: Pool, databaseUrl: string): Promise<Hopper> {
  await pool.query(
    `CREATE UNLOGGED TABLE IF NOT EXISTS hopper (lead_id int PRIMARY KEY, list_id int NOT NULL, place serial, taken_by int)`,
  );
  await pool.query('CREATE INDEX IF NOT EXISTS hopper_place ON hopper (place) WHERE taken_by IS NULL');
  await pool.query('CREATE UNLOGGED TABLE IF NOT EXISTS hopper_done (lead_id int PRIMARY KEY)');
  return {
    fill: async () => {
      const startedMs = performance.now();
      // The product's connections give up after half a minute; sorting the whole base may take longer.
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query(
        `INSERT INTO hopper (lead_id, list_id)
         SELECT l.id, l.list_id FROM lead l JOIN call_list li ON li.id = l.list_id AND li.status = 'active'
         WHERE NOT EXISTS (SELECT FROM hopper h WHERE h.lead_id = l.id) AND NOT EXISTS (SELECT FROM hopper_done d WHERE d.lead_id = l.id)
         ORDER BY li.priority, l.tries_total, l.position LIMIT $1`,
        [hopperSize],
      );
      await client.end();
      return performance.now() - startedMs;
    },
    pop: async (repId) => {
      const { rowCount } = await pool.query({
        name: 'hopper-pop',
        text: `WITH first AS (SELECT lead_id FROM hopper WHERE taken_by IS NULL ORDER BY place LIMIT 1 FOR UPDATE SKIP LOCKED),
             taken AS (DELETE FROM hopper h USING first f WHERE h.lead_id = f.lead_id RETURNING h.lead_id),
             done AS (INSERT INTO hopper_done SELECT lead_id FROM taken)
             UPDATE lead SET last_cause = $1::text FROM taken t WHERE lead.id = t.lead_id RETURNING lead.id AS lead_id`,
        values: [`hopper ${repId}`],
      });
      return rowCount === 1;
    },
  };
}
