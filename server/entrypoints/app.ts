import type { HashToken } from '../app/auth/session-token.ts';
import type { AppContext } from '../app/context.ts';
import type { DaySimulator } from '../app/ports/day-simulator.ts';
import type { IceServers } from '../app/ports/ice-servers.ts';
import type { ImportFiles } from '../app/ports/import-files.ts';
import type { CarrierFiles } from '../app/ports/carrier-files.ts';
import type { NextCalls } from '../app/ports/next-calls.ts';
import type { Passwords } from '../app/ports/passwords.ts';
import type { Reads } from '../app/ports/reads/index.ts';
import type { RecordingSound } from '../app/ports/recording-sound.ts';
import type { RecordingStorage } from '../app/ports/recording-storage.ts';
import type { SessionStore, SignInStore } from '../app/ports/stores/sessions.ts';
import type { TrainingCallers } from '../app/ports/training-callers.ts';
import type { Telephony } from '../app/ports/telephony.ts';

/** Everything the entrypoints hand to use cases; put together in compose.ts. */
export interface App extends AppContext {
  passwords: Passwords;
  hashToken: HashToken;
  sessions: SessionStore;
  signIns: SignInStore;
  telephony: Telephony;
  iceServers: IceServers;
  /** Null with a real carrier. */
  training: TrainingCallers | null;
  recordingStorage: RecordingStorage;
  recordingSound: RecordingSound;
  carrierFiles: CarrierFiles;
  importFiles: ImportFiles;
  reads: Reads;
  nextCalls: NextCalls;
  daySimulator: DaySimulator;
}
