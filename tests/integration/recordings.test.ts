import express from 'express';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { playlistReads } from '../../server/adapters/db/reads/playlists.ts';
import { recordingReads } from '../../server/adapters/db/reads/recordings.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { localCarrierFiles } from '../../server/adapters/storage/disk/carrier-files.ts';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import type { Actor } from '../../server/app/actor.ts';
import { addPlaylistItem, createPlaylist, getPlaylist, orderPlaylist, removePlaylistItem } from '../../server/app/playlists/playlists.ts';
import { eraseOnRequest } from '../../server/app/recordings/erase-recording.ts';
import { listRecordings, recordingCard, recordingLedger } from '../../server/app/recordings/list-recordings.ts';
import { logListen, peaksOfRecording, playableFile } from '../../server/app/recordings/play-recording.ts';
import type { RecordingContext } from '../../server/app/recordings/recording-context.ts';
import { addComment, saveScorecard } from '../../server/app/recordings/review-recording.ts';
import { storeRecording } from '../../server/app/recordings/store-recording.ts';
import { sweepRecordings } from '../../server/app/recordings/sweep-recordings.ts';
import { takeRecording } from '../../server/app/recordings/take-recording.ts';
import { listRecordings as listEndpoint } from '../../server/contract/http/recordings.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';
import { problemMiddleware } from '../../server/entrypoints/http/kit/problems.ts';
import { sendAudio } from '../../server/entrypoints/http/recording-audio.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { answeredCall, seedReviewDepartment, type ReviewDepartment } from '../support/review-department.ts';

const noon = new Date('2026-11-24T09:00:00Z');
let fresh: FreshDatabase;
let database: Database;
let people: ReviewDepartment;
let folder: string;
let storage: DiskRecordingStorage;
let now: Date;
let app: RecordingContext & { reads: { recordings: ReturnType<typeof recordingReads>; playlists: ReturnType<typeof playlistReads> } };

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  people = await seedReviewDepartment(database);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  now = noon;
  folder = await mkdtemp(join(tmpdir(), 'review-'));
  storage = new DiskRecordingStorage(join(folder, 'recordings'));
  const { prisma } = database;
  app = {
    clock: { now: () => now },
    log: quiet,
    settings: settingsReader(prisma),
    unitOfWork: prismaUnitOfWork(prisma),
    reads: { recordings: recordingReads(prisma), playlists: playlistReads(prisma) },
    recordingStorage: storage,
    carrierFiles: localCarrierFiles,
  };
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.pool.query('TRUNCATE recording, call, outbox_event, playlist, audit_entry RESTART IDENTITY CASCADE');
});

function actor(role: Actor['role'], id: number): Actor {
  const teamId = id === people.rep || id === people.lead ? 1 : id === people.otherRep || id === people.otherLead ? 2 : null;
  return { id, name: role, role, teamId, timeZone: 'Europe/Moscow', locale: 'ru' };
}

/** Two seconds: the rep loud in the first, the prospect in the second. */
async function carrierFile(callId: number): Promise<string> {
  const samples = Buffer.alloc(2 * 8000 * 4);
  for (let frame = 0; frame < 16_000; frame += 1)
    samples.writeInt16LE(frame % 2 === 0 ? 25_600 : -25_600, frame * 4 + (frame < 8000 ? 0 : 2));
  const path = join(folder, `call-${callId}.wav`);
  await writeFile(path, Buffer.concat([pcm16WavHeader(2, 8000, samples.length), samples]));
  return path;
}

const exists = (path: string): Promise<boolean> => localCarrierFiles.exists(path);
const rowOf = (callId: number) => database.prisma.recording.findUniqueOrThrow({ where: { callId } });
const jobCount = () => database.prisma.outboxEvent.count({ where: { topic: 'job:recording.store' } });

async function taken(repId = people.rep, at = noon, partial = false): Promise<{ callId: number; filePath: string }> {
  const callId = await answeredCall(database, repId, people.companyId, at);
  const filePath = await carrierFile(callId);
  await takeRecording(app, { kind: 'ready', callId, filePath, durationSeconds: 2, partial });
  return { callId, filePath };
}

async function stored(repId = people.rep, at = noon): Promise<number> {
  const { callId } = await taken(repId, at);
  await storeRecording(app, callId);
  return (await rowOf(callId)).id;
}

describe('from the carrier to our storage', () => {
  it('is pending with a job at once, ready when stored, told to the rep, his team and the watchers, and the source is gone', async () => {
    const { callId, filePath } = await taken();
    expect(await rowOf(callId)).toMatchObject({ status: 'pending', sourcePath: filePath });
    expect(await jobCount()).toBe(1);
    await storeRecording(app, callId);
    const row = await rowOf(callId);
    expect(row).toMatchObject({ status: 'ready', sourcePath: null, sizeBytes: 64_044 });
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
    now = new Date(noon.getTime() + 180_000);
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
    now = new Date(noon.getTime() + 30 * 60_000);
    await sweepRecordings(app);
    expect(await jobCount()).toBe(jobsBefore + 1);
    expect(await rowOf(gone.callId)).toMatchObject({ status: 'missing', missingReason: 'sourceGone' });
    expect(await rowOf(silent)).toMatchObject({ status: 'missing', missingReason: 'neverArrived' });
    await storeRecording(app, lost.callId);
    const ledger = await recordingLedger(app, actor('head', people.head), {});
    expect(ledger).toMatchObject({ answeredCalls: 4, recordings: 4, playable: 2, missing: 2, pending: 0, unaccounted: 0 });
    expect(ledger.missingReasons).toHaveLength(2);
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
    now = new Date(noon.getTime() + 180_000);
    await sweepRecordings(app);
    const row = await database.prisma.recording.findUniqueOrThrow({ where: { id } });
    expect(row.storageKey).toBeNull();
    expect(await storage.keysOf(row.callId)).toEqual([]);
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

describe('review', () => {
  it('filters and pages without losing or doubling any', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 5; index += 1)
      ids.push(await stored(people.rep, new Date(noon.getTime() - Math.floor(index / 2) * 60_000)));
    const lead = actor('lead', people.lead);
    await addComment(app, lead, ids[1] ?? 0, { atSecond: 1.5, text: 'здесь упустил' });
    await saveScorecard(app, lead, ids[2] ?? 0, {
      scores: { greeting: 5, reachingDecisionMaker: 4, findingNeed: 3, objections: 2, nextStep: 1 },
    });
    await saveScorecard(app, lead, ids[2] ?? 0, {
      scores: { greeting: 4, reachingDecisionMaker: 4, findingNeed: 4, objections: 4, nextStep: 4 },
    });
    const found = async (query: object) => (await listRecordings(app, lead, listEndpoint.query.parse(query))).items.map((row) => row.id);
    expect(await found({ commented: 'true' })).toEqual([ids[1]]);
    expect(await found({ scored: 'true' })).toEqual([ids[2]]);
    expect(await found({ minTalkSeconds: '61' })).toEqual([]);
    expect((await recordingCard(app, lead, ids[2] ?? 0)).score).toBe(4);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listRecordings(app, lead, listEndpoint.query.parse({ limit: 2, ...(cursor ? { cursor } : {}) }));
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.toSorted((left, right) => left - right)).toEqual(ids);
  });

  it('refuses a comment after the end', async () => {
    const id = await stored();
    await expect(addComment(app, actor('lead', people.lead), id, { atSecond: 3, text: 'x' })).rejects.toMatchObject({
      code: 'afterTheEnd',
    });
  });

  it('keeps moments in the order they are played, and from those who may not hear them', async () => {
    const [first, second, foreign] = [await stored(), await stored(), await stored(people.otherRep)];
    const lead = actor('lead', people.lead);
    const { id } = await createPlaylist(app, lead, 'Разбор');
    for (const recordingId of [first, second]) await addPlaylistItem(app, lead, id, { recordingId, fromSecond: 0, toSecond: 1.5 });
    await expect(addPlaylistItem(app, lead, id, { recordingId: foreign, fromSecond: 0, toSecond: 1 })).rejects.toMatchObject({
      status: 404,
    });
    await expect(getPlaylist(app, actor('lead', people.otherLead), id)).rejects.toMatchObject({ status: 404 });
    const itemIds = (await getPlaylist(app, lead, id)).items.map((item) => item.id);
    const turned = await orderPlaylist(app, lead, id, itemIds.toReversed());
    expect(turned.items.map((item) => item.recordingId)).toEqual([second, first]);
    expect(turned.seconds).toBe(3);
    const left = await removePlaylistItem(app, lead, id, itemIds[0] ?? 0);
    expect(left.items.map((item) => item.recordingId)).toEqual([second]);
  });
});

describe('the sound over HTTP', () => {
  async function server(recordingId: number) {
    const http = express();
    const lead = actor('lead', people.lead);
    http.get('/audio', async (httpRequest, response) => {
      const file = await playableFile(app, lead, recordingId);
      await logListen(app, lead, recordingId);
      await sendAudio(storage, file, httpRequest, response);
    });
    http.use(problemMiddleware);
    return http;
  }

  it('gives ranges, the whole, heads and 304, for a private cache that asks', async () => {
    const http = await server(await stored());
    const whole = await request(http).get('/audio').expect(200);
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/wav',
      'accept-ranges': 'bytes',
      'content-length': '64044',
      'cache-control': 'private, no-cache',
    });
    const part = await request(http).get('/audio').set('Range', 'bytes=44-143').expect(206);
    expect(part.headers['content-range']).toBe('bytes 44-143/64044');
    expect(Buffer.compare(part.body as Buffer, (whole.body as Buffer).subarray(44, 144))).toBe(0);
    const last = await request(http).get('/audio').set('Range', 'bytes=-10').expect(206);
    expect(last.headers['content-range']).toBe('bytes 64034-64043/64044');
    await request(http).get('/audio').set('Range', 'bytes=64044-').expect(416).expect('content-range', 'bytes */64044');
    await request(http).get('/audio').set('Range', 'bytes=0-9').set('If-Range', '"another"').expect(200);
    await request(http).head('/audio').expect(200).expect('content-length', '64044');
    await request(http)
      .get('/audio')
      .set('If-None-Match', whole.headers.etag ?? '')
      .expect(304);
  });

  it('counts the ranges of one sitting as one listen', async () => {
    const id = await stored();
    const http = await server(id);
    await request(http).get('/audio').set('Range', 'bytes=0-9').expect(206);
    await request(http).get('/audio').set('Range', 'bytes=10-19').expect(206);
    expect(await database.prisma.recordingListen.count({ where: { recordingId: id } })).toBe(1);
  });

  it('gives the waveform of each side, measured when it was not yet', async () => {
    const id = await stored();
    await database.prisma.recording.update({ where: { id }, data: { peaks: null } });
    const { durationSeconds, channels } = await peaksOfRecording(app, actor('lead', people.lead), id);
    expect(durationSeconds).toBe(2);
    expect(channels.map((channel) => [channel.maximum[10], channel.maximum[90]])).toEqual([
      [100, 0],
      [0, 100],
    ]);
    expect((await database.prisma.recording.findUniqueOrThrow({ where: { id } })).peaks).toHaveLength(400);
  });
});
