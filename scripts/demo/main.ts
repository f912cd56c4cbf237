import { migrate } from '../../server/adapters/db/migrate.ts';
import { loadDemo } from './load.ts';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** As of which instant the department is; now when absent. */
const [instant] = process.argv.slice(2);

try {
  await migrate(required('DATABASE_URL'), log);
  await loadDemo({
    databaseUrl: required('DATABASE_URL'),
    dataDir: required('DATA_DIR'),
    now: instant === undefined ? new Date() : new Date(instant),
    seed: 1,
    log,
  });
} catch (error) {
  process.stderr.write(`The demo department was not loaded: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
