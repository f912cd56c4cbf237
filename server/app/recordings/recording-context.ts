import type { AppContext } from '../context.ts';
import type { CarrierFiles } from '../ports/carrier-files.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { RecordingSound } from '../ports/recording-sound.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';

/** What the recordings' use cases need beyond the context. */
export interface RecordingContext extends AppContext {
  reads: Pick<Reads, 'recordings'>;
  recordingStorage: RecordingStorage;
  recordingSound: RecordingSound;
  carrierFiles: CarrierFiles;
}
