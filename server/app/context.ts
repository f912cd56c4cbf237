import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { SettingsReader } from './ports/settings.ts';
import type { UnitOfWork } from './ports/unit-of-work.ts';

/** What every use case is given; parts that only some need (telephony, storage, reads) are named by those use cases. */
export interface AppContext {
  clock: Clock;
  log: Log;
  settings: SettingsReader;
  unitOfWork: UnitOfWork;
}
