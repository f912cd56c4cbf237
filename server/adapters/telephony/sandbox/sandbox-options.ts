import type { Log } from '../../../app/ports/log.ts';
import type { CarrierFaults } from './faults.ts';
import type { Scheduler } from './scheduler.ts';

export interface SandboxOptions {
  /** Holds the folder `sandbox` with recordings that are growing or wait to be fetched. */
  dataFolder: string;
  /** The spoken clips with their manifest.json: server/adapters/telephony/sandbox/audio in the project. */
  audioFolder: string;
  log: Log;
  /** Decides, together with the number and the try, how each prospect behaves. */
  seed?: number;
  /** Ringing, thinking and patience are this many times faster than life; sound never is. */
  speed?: number;
  scheduler?: Scheduler;
  /** Faults of every call, besides those of the number dialled. */
  faults?: CarrierFaults;
}
