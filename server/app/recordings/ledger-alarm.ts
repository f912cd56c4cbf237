import type { LedgerAlarm } from '../../contract/http/recordings.ts';
import type { AppContext } from '../context.ts';
import type { OverdueRecordings } from '../ports/reads/recordings.ts';
import type { RecordingContext } from './recording-context.ts';
import { arrivalMinutes } from './sweep-recordings.ts';

const minuteMillis = 60_000;
/** What the carrier still owed when its time was over has been settled or admitted by the next sweeps. */
const graceMinutes = arrivalMinutes + 5;
/** Older calls were settled long ago, or came with the department's history. */
const lookBackDays = 30;

/** The answered calls that should be playable at this instant: when they ended. */
export const overdueAt = (now: Date): OverdueRecordings => ({
  endedFrom: new Date(now.getTime() - lookBackDays * 24 * 60 * minuteMillis),
  endedBefore: new Date(now.getTime() - graceMinutes * minuteMillis),
});

/** How many answered calls have neither a playable nor an erased recording after the grace, and since when. */
export const readLedgerAlarm = (app: Pick<RecordingContext, 'reads'> & Pick<AppContext, 'clock'>): Promise<LedgerAlarm> =>
  app.reads.recordings.overdue(overdueAt(app.clock.now()));

/** Tells heads and admins how the ledger stands. */
export async function announceAlarm(app: RecordingContext, alarm: LedgerAlarm): Promise<void> {
  await app.unitOfWork.run((stores) => stores.outbox.announce({ event: 'recording:alarm', audience: 'watchers', payload: alarm }));
}

/** The sweep's part: logs and tells heads and admins each time that the alarm is another than this process told last. */
export function ledgerWatch(): (app: RecordingContext) => Promise<void> {
  let told: LedgerAlarm = { calls: 0, since: null };
  return async (app) => {
    const alarm = await readLedgerAlarm(app);
    if (alarm.calls === told.calls && alarm.since === told.since) return;
    await announceAlarm(app, alarm);
    if (alarm.calls === 0) app.log.info({}, 'the ledger of recordings balances again');
    else app.log.error({ ...alarm }, 'the ledger of recordings does not balance: answered calls without a playable recording');
    told = alarm;
  };
}
