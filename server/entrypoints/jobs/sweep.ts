import { holdMeetings } from '../../app/calls/hold-meetings.ts';
import { resumeImports } from '../../app/imports/run-import.ts';
import { expirePresence } from '../../app/presence/set-presence.ts';
import { announceDuePromises } from '../../app/promises/announce-due-promises.ts';
import { markBrokenPromises } from '../../app/promises/mark-broken-promises.ts';
import { expireClaims } from '../../app/queue/keep-claim.ts';
import { eraseExpired } from '../../app/recordings/erase-recording.ts';
import { ledgerWatch } from '../../app/recordings/ledger-alarm.ts';
import { sweepRecordings } from '../../app/recordings/sweep-recordings.ts';
import { learnFromCalls } from '../../app/schedule/learn-from-calls.ts';
import { endLapsedSupervision } from '../../app/supervision/keep-supervision.ts';
import type { App } from '../app.ts';

/** An import of so long ago that nobody works on lost its job. */
const importSilentMinutes = 1;

/** What each sweep does: whatever a lost job or a killed process left behind is found in PostgreSQL again. */
const sweeps = (): Record<string, (app: App) => Promise<unknown>> => ({
  claims: expireClaims,
  presence: expirePresence,
  supervision: endLapsedSupervision,
  duePromises: announceDuePromises,
  brokenPromises: markBrokenPromises,
  meetings: holdMeetings,
  recordings: sweepRecordings,
  retention: eraseExpired,
  ledger: ledgerWatch(),
  learning: learnFromCalls,
  imports: (app) => resumeImports(app, importSilentMinutes),
  sessions: (app) => app.sessions.removeExpired(app.clock.now()),
});

/** Runs all sweeps; one that fails does not keep the others from running, and is told. */
export function sweeper(app: App): () => Promise<void> {
  const all = Object.entries(sweeps());
  return async () => {
    for (const [name, run] of all) {
      try {
        await run(app);
      } catch (error) {
        app.log.error({ err: error, sweep: name }, 'a sweep failed; it runs again in half a minute');
      }
    }
  };
}
