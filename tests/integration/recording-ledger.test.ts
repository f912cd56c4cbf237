import { rename, rm, truncate } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { callReads } from '../../server/adapters/db/reads/calls.ts';
import { listCalls } from '../../server/app/calls/read-calls.ts';
import { acceptLoss } from '../../server/app/recordings/accept-loss.ts';
import { ledgerWatch, readLedgerAlarm } from '../../server/app/recordings/ledger-alarm.ts';
import { recordingLedger } from '../../server/app/recordings/list-recordings.ts';
import { storeRecording } from '../../server/app/recordings/store-recording.ts';
import { sweepRecordings } from '../../server/app/recordings/sweep-recordings.ts';
import { takeRecording } from '../../server/app/recordings/take-recording.ts';
import { listCalls as listEndpoint } from '../../server/contract/http/calls.ts';
import { answeredCall } from '../support/review-department.ts';
import {
  actor,
  app,
  carrierFile,
  database,
  jobCount,
  noon,
  people,
  rowOf,
  setNow,
  storage,
  storedFile,
  stored,
  taken,
  reviewsRecordings,
} from '../support/review-setup.ts';

reviewsRecordings();

const head = () => actor('head', people.head);
const inMinutes = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);
/** The calls that the alarm opens. */
const overdueCalls = async (): Promise<number[]> => {
  const { items } = await listCalls(
    { ...app, reads: { calls: callReads(database.prisma) } },
    head(),
    listEndpoint.query.parse({ recording: 'overdue' }),
  );
  return items.map(({ id }) => id).sort((one, other) => one - other);
};
const alarmsTold = () => database.prisma.outboxEvent.findMany({ where: { topic: 'socket:recording:alarm' }, orderBy: { id: 'asc' } });

describe('the sweep', () => {
  it('starts lost jobs again, admits what is missing, and the ledger adds up', async () => {
    const lost = await taken();
    const gone = await taken();
    await rm(gone.filePath);
    const silent = await answeredCall(database, people.rep, people.companyId, noon);
    await stored();
    const jobsBefore = await jobCount();
    expect(await recordingLedger(app, actor('head', people.head), {})).toMatchObject({
      answeredCalls: 4,
      recordings: 3,
      playable: 1,
      pending: 2,
      unaccounted: 1,
    });
    setNow(new Date(noon.getTime() + 30 * 60_000));
    await sweepRecordings(app);
    expect(await jobCount()).toBe(jobsBefore + 1);
    expect(await rowOf(gone.callId)).toMatchObject({ status: 'missing', missingReason: 'sourceGone' });
    expect(await rowOf(silent)).toMatchObject({ status: 'missing', missingReason: 'neverArrived' });
    await storeRecording(app, lost.callId);
    const ledger = await recordingLedger(app, actor('head', people.head), {});
    expect(ledger).toMatchObject({ answeredCalls: 4, recordings: 4, playable: 2, missing: 2, pending: 0, unaccounted: 0 });
    expect(ledger.missingReasons).toHaveLength(2);
    expect(ledger.days).toMatchObject([{ day: '2026-11-24', answeredCalls: 4, playable: 2, missing: 2 }]);
  });

  it('erases after the retention, keeps the row and audits', async () => {
    const old = await stored(people.rep, new Date(noon.getTime() - 366 * 86_400_000));
    const young = await stored();
    const { storageKey } = await database.prisma.recording.findUniqueOrThrow({ where: { id: old } });
    await sweepRecordings(app);
    expect(await database.prisma.recording.findUnique({ where: { id: old } })).toMatchObject({
      status: 'erased',
      storageKey: null,
      peaks: null,
    });
    expect(await database.prisma.recording.findUnique({ where: { id: young } })).toMatchObject({ status: 'ready' });
    await expect(storage.open(storageKey ?? '')).rejects.toThrow('nothing is stored');
    expect(await database.prisma.auditEntry.findMany()).toMatchObject([
      { action: 'recording.erase', entityId: old, details: { why: 'retention' } },
    ]);
  });

  it('finishes an erasure that was killed before the file was gone', async () => {
    const id = await stored();
    await database.prisma.recording.update({ where: { id }, data: { status: 'erased' } });
    setNow(new Date(noon.getTime() + 180_000));
    await sweepRecordings(app);
    const row = await database.prisma.recording.findUniqueOrThrow({ where: { id } });
    expect(row.storageKey).toBeNull();
    expect(await storage.keysOf(row.callId)).toEqual([]);
  });
});

describe('the alarm of the ledger', () => {
  it('counts after the grace exactly the calls that it opens: those on the way, missing, without any row', async () => {
    await stored();
    const waiting = await taken();
    const silent = await answeredCall(database, people.otherRep, people.companyId, noon);
    expect(await readLedgerAlarm(app)).toEqual({ calls: 0, since: null });
    expect(await overdueCalls()).toEqual([]);
    setNow(inMinutes(60));
    const first = await database.prisma.call.findUniqueOrThrow({ where: { id: waiting.callId } });
    expect(await readLedgerAlarm(app)).toEqual({ calls: 2, since: first.endedAt?.toISOString() });
    expect(await overdueCalls()).toEqual([waiting.callId, silent]);
    await storeRecording(app, waiting.callId);
    await sweepRecordings(app);
    expect(await rowOf(silent)).toMatchObject({ status: 'missing' });
    expect(await readLedgerAlarm(app)).toMatchObject({ calls: 1 });
    expect(await overdueCalls()).toEqual([silent]);
  });

  it('is logged and told to heads and admins once each time that it changes', async () => {
    const watch = ledgerWatch();
    const logged = vi.spyOn(app.log, 'error');
    const { callId } = await taken();
    await watch(app);
    expect(await alarmsTold()).toEqual([]);
    setNow(inMinutes(60));
    await watch(app);
    await watch(app);
    expect(logged.mock.calls.map(([told]) => told)).toMatchObject([{ calls: 1 }]);
    await storeRecording(app, callId);
    await watch(app);
    expect((await alarmsTold()).map(({ payload }) => payload)).toMatchObject([
      { audience: 'watchers', payload: { calls: 1 } },
      { audience: 'watchers', payload: { calls: 0, since: null } },
    ]);
    logged.mockRestore();
  });

  it('is over for a loss that somebody accepted, and on again when the same recording came and went', async () => {
    const callId = await answeredCall(database, people.rep, people.companyId, noon);
    setNow(inMinutes(60));
    await sweepRecordings(app);
    const { id } = await rowOf(callId);
    await acceptLoss(app, head(), id);
    expect(await readLedgerAlarm(app)).toEqual({ calls: 0, since: null });
    expect(await overdueCalls()).toEqual([]);
    expect(await recordingLedger(app, head(), {})).toMatchObject({ missing: 1, accepted: 1 });
    expect(await database.prisma.auditEntry.count({ where: { action: 'recording.acceptLoss', entityId: id } })).toBe(1);
    const filePath = await carrierFile(callId);
    await takeRecording(app, { kind: 'ready', callId, filePath, durationSeconds: 2, partial: false });
    await expect(acceptLoss(app, head(), id)).rejects.toMatchObject({ status: 409, code: 'notMissing' });
    await rm(filePath);
    setNow(inMinutes(120));
    await sweepRecordings(app);
    expect(await overdueCalls()).toEqual([callId]);
    await expect(acceptLoss(app, head(), 999_999)).rejects.toMatchObject({ status: 404 });
  });
});

describe('a stored file', () => {
  it('that is gone is missing, and back when it is found again', async () => {
    const id = await stored();
    const row = await database.prisma.recording.update({ where: { id }, data: { status: 'partial' } });
    const path = storedFile(row.storageKey ?? '');
    await rename(path, `${path}.away`);
    setNow(inMinutes(60));
    await sweepRecordings(app);
    expect(await rowOf(row.callId)).toMatchObject({ status: 'missing', missingReason: 'fileGone', storageKey: row.storageKey });
    expect(await overdueCalls()).toEqual([row.callId]);
    await rename(`${path}.away`, path);
    setNow(inMinutes(26 * 60));
    await sweepRecordings(app);
    expect(await rowOf(row.callId)).toMatchObject({ status: 'partial', missingReason: null });
  });

  it('that became shorter is missing; one of a storage that is away as a whole is left in peace', async () => {
    const id = await stored();
    const row = await database.prisma.recording.findUniqueOrThrow({ where: { id } });
    await truncate(storedFile(row.storageKey ?? ''), 1000);
    setNow(inMinutes(60));
    const away = vi.spyOn(storage, 'health').mockResolvedValue({ ok: false, detail: 'away', freeBytes: null });
    await sweepRecordings(app);
    expect(await rowOf(row.callId)).toMatchObject({ status: 'ready', checkedAt: null });
    away.mockRestore();
    await sweepRecordings(app);
    expect(await rowOf(row.callId)).toMatchObject({ status: 'missing', missingReason: 'fileGone' });
  });
});
