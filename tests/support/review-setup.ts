import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { playlistReads } from '../../server/adapters/db/reads/playlists.ts';
import { recordingReads } from '../../server/adapters/db/reads/recordings.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { opusRecordings } from '../../server/adapters/sound/recording-sound.ts';
import { localCarrierFiles } from '../../server/adapters/storage/disk/carrier-files.ts';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import type { Actor } from '../../server/app/actor.ts';
import type { RecordingContext } from '../../server/app/recordings/recording-context.ts';
import { storeRecording } from '../../server/app/recordings/store-recording.ts';
import { takeRecording } from '../../server/app/recordings/take-recording.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';
import { freshDatabase, type FreshDatabase } from './database.ts';
import { answeredCall, seedReviewDepartment, type ReviewDepartment } from './review-department.ts';

export const noon = new Date('2026-11-24T09:00:00Z');
let fresh: FreshDatabase;
export let database: Database;
export let people: ReviewDepartment;
let folder: string;
export let storage: DiskRecordingStorage;
let now: Date;

/** Moves the fixed clock. */
export function setNow(instant: Date): void {
  now = instant;
}

export let app: RecordingContext & {
  reads: { recordings: ReturnType<typeof recordingReads>; playlists: ReturnType<typeof playlistReads> };
};

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Each file that reviews has a department of its own, an empty storage and nothing recorded before each test. */
export function reviewsRecordings(): void {
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
      settings: settingsReader(database.pool),
      unitOfWork: prismaUnitOfWork(prisma),
      reads: { recordings: recordingReads(prisma), playlists: playlistReads(prisma) },
      recordingStorage: storage,
      recordingSound: { ...opusRecordings },
      carrierFiles: localCarrierFiles,
    };
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await database.pool.query('TRUNCATE recording, call, outbox_event, playlist, audit_entry RESTART IDENTITY CASCADE');
  });
}

export function actor(role: Actor['role'], id: number): Actor {
  const teamId = id === people.rep || id === people.lead ? 1 : id === people.otherRep || id === people.otherLead ? 2 : null;
  return { id, name: role, role, teamId, timeZone: 'Europe/Moscow', locale: 'ru' };
}

/** Two seconds: the rep loud in the first, the prospect in the second. */
export async function carrierFile(callId: number): Promise<string> {
  const samples = Buffer.alloc(2 * 8000 * 4);
  for (let frame = 0; frame < 16_000; frame += 1)
    samples.writeInt16LE(frame % 2 === 0 ? 25_600 : -25_600, frame * 4 + (frame < 8000 ? 0 : 2));
  const path = join(folder, `call-${callId}.wav`);
  await writeFile(path, Buffer.concat([pcm16WavHeader(2, 8000, samples.length), samples]));
  return path;
}

/** Where the storage keeps the file of this key. */
export const storedFile = (storageKey: string): string => join(folder, 'recordings', storageKey);

export const exists = (path: string): Promise<boolean> => localCarrierFiles.exists(path);
export const rowOf = (callId: number) => database.prisma.recording.findUniqueOrThrow({ where: { callId } });
export const jobCount = () => database.prisma.outboxEvent.count({ where: { topic: 'job:recording.store' } });

export async function taken(repId = people.rep, at = noon, partial = false): Promise<{ callId: number; filePath: string }> {
  const callId = await answeredCall(database, repId, people.companyId, at);
  const filePath = await carrierFile(callId);
  await takeRecording(app, { kind: 'ready', callId, filePath, durationSeconds: 2, partial });
  return { callId, filePath };
}

export async function stored(repId = people.rep, at = noon): Promise<number> {
  const { callId } = await taken(repId, at);
  await storeRecording(app, callId);
  return (await rowOf(callId)).id;
}
