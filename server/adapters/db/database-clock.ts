import type { Pool } from 'pg';
import type { Clock } from '../../app/ports/clock.ts';
import type { Log } from '../../app/ports/log.ts';

const samples = 3;
const remeasureMilliseconds = 60_000;
/** More than any network adds: somebody should set this machine's clock right. */
const warnedSkewMilliseconds = 2_000;

export interface DatabaseClock extends Clock {
  /** Measures how far this machine's clock is off, and goes on measuring. */
  start(): Promise<void>;
  stop(): void;
}

interface Measurement {
  offsetMilliseconds: number;
  roundTripMilliseconds: number;
}

async function measure(pool: Pool, machineNow: () => number): Promise<Measurement> {
  const askedAt = machineNow();
  const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const answeredAt = machineNow();
  const databaseNow = rows[0]?.now.getTime() ?? Number.NaN;
  return { offsetMilliseconds: databaseNow - (askedAt + answeredAt) / 2, roundTripMilliseconds: answeredAt - askedAt };
}

/**
 * The database's clock decides: several machines then agree on when a promise is due and a lease is over, however wrong
 * the clock of one of them is. Between two measurements the machine's own clock carries on.
 */
export function databaseClock(pool: Pool, log: Log, machineNow: () => number = Date.now): DatabaseClock {
  let offsetMilliseconds = 0;
  let timer: NodeJS.Timeout | undefined;

  const remeasure = async (): Promise<void> => {
    const taken: Measurement[] = [];
    for (let sample = 0; sample < samples; sample += 1) taken.push(await measure(pool, machineNow));
    // The quickest answer is the one that says most exactly when it was given.
    const best = taken.reduce((left, right) => (right.roundTripMilliseconds < left.roundTripMilliseconds ? right : left));
    // What lies inside the round trip is no skew that anybody could know of.
    offsetMilliseconds = Math.abs(best.offsetMilliseconds) <= best.roundTripMilliseconds / 2 + 1 ? 0 : Math.round(best.offsetMilliseconds);
    if (Math.abs(offsetMilliseconds) > warnedSkewMilliseconds)
      log.warn({ offsetMilliseconds }, 'the clock of this machine differs from the database, whose clock is used');
  };

  return {
    now: () => new Date(machineNow() + offsetMilliseconds),
    start: async () => {
      await remeasure();
      timer = setInterval(() => {
        remeasure().catch((error: unknown) => {
          log.warn({ err: error }, 'the clock was not compared with the database; the last comparison stands');
        });
      }, remeasureMilliseconds);
      timer.unref();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}
