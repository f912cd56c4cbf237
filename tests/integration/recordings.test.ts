import { rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { localCarrierFiles } from '../../server/adapters/storage/disk/carrier-files.ts';
import { eraseOnRequest } from '../../server/app/recordings/erase-recording.ts';
import { fetchAgain } from '../../server/app/recordings/fetch-again.ts';
import { listRecordings, recordingCard } from '../../server/app/recordings/list-recordings.ts';
import { peaksOfRecording, playableFile } from '../../server/app/recordings/play-recording.ts';
import { addComment } from '../../server/app/recordings/review-recording.ts';
import { storeRecording } from '../../server/app/recordings/store-recording.ts';
import { sweepRecordings } from '../../server/app/recordings/sweep-recordings.ts';
import { takeRecording } from '../../server/app/recordings/take-recording.ts';
import { listRecordings as listEndpoint } from '../../server/contract/http/recordings.ts';
import { answeredCall } from '../support/review-department.ts';
import {
  actor,
  app,
  carrierFile,
  database,
  exists,
  jobCount,
  noon,
  setNow,
  people,
  rowOf,
  storage,
  stored,
  taken,
  reviewsRecordings,
} from '../support/review-setup.ts';

reviewsRecordings();

async function expectStoredOnce(callId: number): Promise<void> {
  await storeRecording(app, callId);
  const row = await rowOf(callId);
  expect(row.status).toBe('ready');
  expect(await storage.keysOf(callId)).toEqual([row.storageKey]);
  expect(await database.prisma.outboxEvent.count({ where: { topic: 'socket:recording:ready' } })).toBe(3);
}

describe('from the carrier to our storage', () => {
  it('is pending with a job at once, ready when stored, told to the rep, his team and the watchers, and the source is gone', async () => {
    const { callId, filePath } = await taken();
    expect(await rowOf(callId)).toMatchObject({ status: 'pending', sourcePath: filePath });
    expect(await jobCount()).toBe(1);
    await storeRecording(app, callId);
    const row = await rowOf(callId);
    expect(row).toMatchObject({ status: 'ready', sourcePath: null, mimeType: 'audio/ogg' });
    expect(row.sizeBytes).toBeLessThan(64_044 / 4);
    expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await exists(filePath)).toBe(false);
    const told = await database.prisma.outboxEvent.findMany({ where: { topic: 'socket:recording:ready' } });
    expect(told.map((event) => event.payload)).toMatchObject([
      { audience: { user: people.rep } },
      { audience: { team: 1 } },
      { audience: 'watchers' },
    ]);
  });

  it('changes nothing when heard or stored again', async () => {
    const { callId, filePath } = await taken();
    await storeRecording(app, callId);
    const before = await rowOf(callId);
    await takeRecording(app, { kind: 'ready', callId, filePath, durationSeconds: 2, partial: false });
    await takeRecording(app, { kind: 'missing', callId, reason: 'lost' });
    await storeRecording(app, callId);
    expect(await rowOf(callId)).toEqual(before);
  });

  it('survives a kill after the copy and before the row: one copy, and the source was there for the second try', async () => {
    const { callId, filePath } = await taken();
    await storage.put(callId, filePath);
    await storeRecording(app, callId);
    const row = await rowOf(callId);
    expect(row.status).toBe('ready');
    expect(await storage.keysOf(callId)).toEqual([row.storageKey]);
  });

  it('survives a kill after the row and before the source is removed: the sweeper removes it', async () => {
    const { callId, filePath } = await taken();
    const unable = { ...app, carrierFiles: { ...localCarrierFiles, discard: () => Promise.reject(new Error('killed')) } };
    await expect(storeRecording(unable, callId)).rejects.toThrow('killed');
    expect(await rowOf(callId)).toMatchObject({ status: 'ready', sourcePath: filePath });
    setNow(new Date(noon.getTime() + 180_000));
    await sweepRecordings(app);
    expect(await exists(filePath)).toBe(false);
    expect((await rowOf(callId)).sourcePath).toBeNull();
  });

  it('two workers at once leave one copy and announce once', async () => {
    const { callId } = await taken();
    await Promise.all([storeRecording(app, callId), storeRecording(app, callId)]);
    await storeRecording(app, callId);
    expect(await storage.keysOf(callId)).toEqual([(await rowOf(callId)).storageKey]);
    expect(await database.prisma.outboxEvent.count({ where: { topic: 'socket:recording:ready' } })).toBe(3);
  });

  it('the slower of two workers, overtaken before its copy, changes nothing', async () => {
    const { callId } = await taken();
    const put = storage.put.bind(storage);
    vi.spyOn(storage, 'put').mockImplementationOnce(async (...given) => {
      await storeRecording(app, callId);
      return put(...given);
    });
    await expectStoredOnce(callId);
  });

  it('the slower of two workers, overtaken before it compresses its source, changes nothing', async () => {
    const { callId } = await taken();
    const compress = app.recordingSound.compress.bind(app.recordingSound);
    vi.spyOn(app.recordingSound, 'compress').mockImplementationOnce(async (...given) => {
      await storeRecording(app, callId);
      return compress(...given);
    });
    await expectStoredOnce(callId);
  });

  it('never shows a part as the whole', async () => {
    const said = await taken(people.rep, noon, true);
    await storeRecording(app, said.callId);
    expect((await rowOf(said.callId)).status).toBe('partial');
    const callId = await answeredCall(database, people.rep, people.companyId, noon);
    await takeRecording(app, { kind: 'ready', callId, filePath: await carrierFile(callId), durationSeconds: 60, partial: false });
    await storeRecording(app, callId);
    expect(await rowOf(callId)).toMatchObject({ status: 'partial' });
  });

  it('says missing with a reason for what cannot be read, and keeps the file that may be all there is', async () => {
    const { callId, filePath } = await taken();
    await writeFile(filePath, 'not sound');
    await storeRecording(app, callId);
    expect(await rowOf(callId)).toMatchObject({ status: 'missing', missingReason: 'unreadable' });
    expect(await exists(filePath)).toBe(true);
    expect(await storage.keysOf(callId)).toEqual([]);
  });

  it('fetches a missing one again from the file that was kept, and says when that is gone', async () => {
    const head = actor('head', people.head);
    const { callId, filePath } = await taken();
    await writeFile(filePath, 'not sound');
    await storeRecording(app, callId);
    const { id } = await rowOf(callId);
    expect((await listRecordings(app, head, listEndpoint.query.parse({ status: 'missing' }))).items).toMatchObject([
      { id, sourceKept: true },
    ]);
    const jobsBefore = await jobCount();
    await fetchAgain(app, head, id);
    expect(await rowOf(callId)).toMatchObject({ status: 'pending', missingReason: null });
    expect(await jobCount()).toBe(jobsBefore + 1);
    await expect(fetchAgain(app, head, id)).rejects.toMatchObject({ status: 409, code: 'notMissing' });
    await storeRecording(app, callId);
    await rm(filePath);
    await expect(fetchAgain(app, head, id)).rejects.toMatchObject({ status: 409, code: 'sourceGone' });
    await expect(fetchAgain(app, head, 999_999)).rejects.toMatchObject({ status: 404 });
    expect(await database.prisma.auditEntry.count({ where: { action: 'recording.fetchAgain', entityId: id } })).toBe(1);
  });

  it('takes a file that arrives after it was given up', async () => {
    const callId = await answeredCall(database, people.rep, people.companyId, noon);
    await takeRecording(app, { kind: 'missing', callId, reason: 'the carrier kept no recording' });
    await takeRecording(app, { kind: 'ready', callId, filePath: await carrierFile(callId), durationSeconds: 2, partial: false });
    await storeRecording(app, callId);
    expect(await rowOf(callId)).toMatchObject({ status: 'ready', missingReason: null });
  });

  it('leaves the file of an unknown call alone', async () => {
    const filePath = await carrierFile(999);
    await takeRecording(app, { kind: 'ready', callId: 999, filePath, durationSeconds: 2, partial: false });
    expect((await stat(filePath)).size).toBe(64_044);
  });
});

describe('who may hear what', () => {
  it.each(['rep', 'lead', 'head', 'admin'] as const)('%s hears it', async (role) => {
    const id = await stored();
    expect((await playableFile(app, actor(role, people[role]), id)).id).toBe(id);
    expect((await listRecordings(app, actor(role, people[role]), listEndpoint.query.parse({}))).items).toHaveLength(1);
  });

  it.each([
    ['rep', 'otherRep'],
    ['lead', 'otherLead'],
  ] as const)('%s of another team finds nothing at all', async (role, who) => {
    const id = await stored();
    const stranger = actor(role, people[who]);
    const tries = [
      playableFile,
      recordingCard,
      peaksOfRecording,
      (...given: Parameters<typeof recordingCard>) => addComment(app, given[1], given[2], { atSecond: 1, text: 'x' }),
    ];
    for (const attempt of tries) {
      await expect(attempt(app, stranger, id)).rejects.toMatchObject({ status: 404 });
    }
    expect((await listRecordings(app, stranger, listEndpoint.query.parse({ repId: people.rep }))).items).toEqual([]);
  });

  it('an erased one is silent at once', async () => {
    const id = await stored();
    const admin = actor('admin', people.admin);
    await eraseOnRequest(app, admin, id);
    await expect(playableFile(app, admin, id)).rejects.toMatchObject({ status: 404 });
    await expect(eraseOnRequest(app, admin, id)).rejects.toMatchObject({ status: 404 });
  });
});
