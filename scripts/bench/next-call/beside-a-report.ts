import { Client } from 'pg';
import { openDatabase } from '../../../server/adapters/db/client.ts';
import { atPace, tell, underLoad, type Load } from './load.ts';
import { asking, type Stage } from './side-by-side.ts';

const connections = 16;

/** A long report in a session of its own: it reads the whole base again and again in one snapshot, until it is told to stop. */
async function longReport(databaseUrl: string): Promise<{ stop: () => Promise<void> }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
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
      await client.end();
    },
  };
}

/** A dump or a forgotten window: a snapshot that stays open without doing anything. What was taken since then cannot be cleared away. */
async function openSnapshot(databaseUrl: string): Promise<{ stop: () => Promise<void> }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM call_list');
  return {
    stop: async () => {
      await client.query('ROLLBACK');
      await client.end();
    },
  };
}

/** Three times what a thousand reps ask for who need a minute each. */
const pace = 50;

/**
 * The next call of everybody on one list, the worst case, while another session reads for long: at the pace of a large department, and as
 * fast as it goes, which leaves in seconds what a department leaves in hours.
 */
export async function besideAReport({ databaseUrl, department, seconds, row }: Stage): Promise<void> {
  const database = openDatabase(databaseUrl, { poolSize: connections });
  try {
    const round = asking(database, department.shared, 'claim');
    const paced = (): Promise<Load> => atPace(pace, 10, round);
    const flatOut = (): Promise<Load> => underLoad(connections, seconds, round);
    const calm = { paced: await paced(), flatOut: await flatOut() };
    tell(row, `${pace} a second: next call, shared, undisturbed`, calm.paced);
    for (const [name, begin] of Object.entries({ 'an open snapshot': openSnapshot, 'a long report': longReport })) {
      const other = await begin(databaseUrl);
      try {
        tell(row, `${pace} a second: next call, shared, beside ${name}`, await paced());
        const against = { name: 'the same without it', load: calm.flatOut };
        tell(row, `${connections} at once: next call, shared, beside ${name}`, await flatOut(), against);
      } finally {
        await other.stop();
      }
    }
  } finally {
    await database.close();
  }
}
