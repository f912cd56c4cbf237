import { openDatabase, type Database } from '../../../server/adapters/db/client.ts';
import type { Actor } from '../../../server/app/actor.ts';
import { claimNext, nextCall } from '../../../server/app/queue/next-call.ts';
import type { Bench } from '../lib/row.ts';
import { appOn } from './app.ts';
import type { BigDepartment } from './department.ts';
import { disposeAll } from './dispose-all.ts';
import { hopperSize, openHopper } from './hopper.ts';
import { tell, underLoad, type Load, type Round } from './load.ts';

const connectionCounts = [1, 16, 64];
const nothing = (): Promise<void> => Promise.resolve();

export interface Stage {
  databaseUrl: string;
  department: BigDepartment;
  leads: number;
  seconds: number;
  row: Bench['row'];
}

function updatesByKey({ pool }: Database, leads: number): Round {
  let asked = 0;
  const ask = async (): Promise<boolean> => {
    asked += 7919;
    const values = [1 + (asked % leads), 'floor'];
    return (await pool.query({ name: 'floor', text: 'UPDATE lead SET last_cause = $2 WHERE id = $1', values })).rowCount === 1;
  };
  return { size: 2_000, ask, between: nothing, warmUps: 1 };
}

/** Every rep of the group asks once in a round; then all of them have their outcome. */
export function asking(database: Database, group: readonly Actor[], ask: 'claim' | 'card'): Round {
  const app = appOn(database);
  return {
    size: group.length,
    ask: async (index) => {
      const actor = group[index];
      if (!actor) throw new Error('fewer reps than were asked for');
      return (await (ask === 'claim' ? claimNext(app, actor) : nextCall(app, actor))) !== null;
    },
    between: () => disposeAll(database.pool),
    warmUps: 1,
  };
}

/** One full hopper is emptied; filling it, which the leader does beside the calls, is told apart. */
async function hopperLoad({ row, databaseUrl }: Stage, { pool }: Database, connections: number): Promise<Load> {
  const hopper = await openHopper(pool, databaseUrl);
  const filledMs = await hopper.fill();
  row({ case: `hopper of ${hopperSize}`, metric: 'filled in', value: Math.round(filledMs), unit: 'ms' });
  // A worker that finds the row of another taken looks again, so that it may come up empty at the end.
  return underLoad(connections, 0.001, { size: hopperSize * 0.9, ask: (index) => hopper.pop(index), between: nothing, warmUps: 0 });
}

/** The floor, the hopper, and the next call with each kind of hand-out, by as many connections as workers. */
export async function sideBySide(stage: Stage): Promise<void> {
  const { department, leads, row, seconds, databaseUrl } = stage;
  for (const connections of connectionCounts) {
    const database = openDatabase(databaseUrl, { poolSize: connections });
    try {
      const floor = await underLoad(connections, seconds, updatesByKey(database, leads));
      tell(row, `${connections} at once: UPDATE by primary key`, floor);
      const against = { name: 'UPDATE by primary key, as many at once', load: floor };
      tell(row, `${connections} at once: hopper`, await hopperLoad(stage, database, connections), against);
      for (const [name, group] of Object.entries({ spread: department.spread, shared: department.shared })) {
        const load = await underLoad(connections, seconds, asking(database, group, 'claim'));
        tell(row, `${connections} at once: next call, ${name}`, load, against);
      }
      const cards = await underLoad(connections, seconds, asking(database, department.spread, 'card'));
      tell(row, `${connections} at once: next call with its card`, cards, against);
    } finally {
      await database.close();
    }
  }
}
