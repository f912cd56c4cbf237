import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readDepartmentFigures, type DepartmentFigures } from '../adapters/db/reads/department-figures.ts';
import type { Database } from '../adapters/db/client.ts';
import type { AppContext } from '../app/context.ts';
import type { Reads } from '../app/ports/reads/index.ts';
import { readLedgerAlarm } from '../app/recordings/ledger-alarm.ts';

export interface Metrics {
  readonly contentType: string;
  /** Everything as Prometheus reads it. */
  scrape(): Promise<string>;
  /** One request of the API, by its route as declared: an id in the address makes no new line. */
  requestTook(labels: { method: string; route: string; status: number }, seconds: number): void;
}

/** What the figures need of the department besides its database. */
type FiguresApp = Pick<AppContext, 'clock' | 'log'> & { reads: Pick<Reads, 'recordings'> };

interface Figures extends DepartmentFigures {
  recordingsOverdue: number;
  recordingsOverdueSeconds: number;
}

const helpOfFigure: Record<keyof Figures, [name: string, help: string]> = {
  liveCalls: ['zagon_calls_live', 'Calls that are not over'],
  claimsHeld: ['zagon_queue_claims_held', 'Leads that a rep holds now'],
  promisesOverdue: ['zagon_promises_overdue', 'Open promises whose time has passed'],
  recordingsWaiting: ['zagon_recordings_waiting', 'Recordings that are not stored yet'],
  recordingsOverdue: ['zagon_recordings_overdue', 'Answered calls without a playable recording after the grace: more than 0 is an alarm'],
  recordingsOverdueSeconds: ['zagon_recordings_overdue_oldest_seconds', 'Time since the first of those calls ended'],
  outboxWaiting: ['zagon_outbox_waiting', 'Events committed and not yet sent to sockets and jobs'],
  outboxOldestSeconds: ['zagon_outbox_oldest_seconds', 'Age of the oldest event that waits'],
};

async function readFigures(database: Database, app: FiguresApp): Promise<Figures> {
  const [figures, alarm] = await Promise.all([readDepartmentFigures(database.pool), readLedgerAlarm(app)]);
  const overdueMillis = alarm.since === null ? 0 : app.clock.now().getTime() - new Date(alarm.since).getTime();
  return { ...figures, recordingsOverdue: alarm.calls, recordingsOverdueSeconds: overdueMillis / 1000 };
}

/** The figures of one process and, read at each scrape, of the department behind it. */
export function createMetrics(database: Database, app: FiguresApp): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'zagon_http_request_seconds',
    help: 'Time from a request of the API to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const known = new Gauge({ name: 'zagon_department_known', help: '1 when the figures of the department could be read', registers });
  const gauges = Object.entries(helpOfFigure).map(([figure, [name, help]]) => ({ figure, gauge: new Gauge({ name, help, registers }) }));

  const readDepartment = async (): Promise<void> => {
    try {
      const figures = new Map<string, number>(Object.entries({ ...(await readFigures(database, app)) }));
      for (const { figure, gauge } of gauges) gauge.set(figures.get(figure) ?? Number.NaN);
      known.set(1);
    } catch (error) {
      // The figures of the process itself are wanted most when the database is away.
      app.log.warn({ err: error }, 'the figures of the department could not be read');
      for (const { gauge } of gauges) gauge.set(Number.NaN);
      known.set(0);
    }
  };

  return {
    contentType: registry.contentType,
    scrape: async () => {
      await readDepartment();
      return registry.metrics();
    },
    requestTook: (labels, seconds) => {
      requests.observe(labels, seconds);
    },
  };
}
