import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import { opusRecordings } from '../../server/adapters/sound/recording-sound.ts';
import { loadClipLibrary } from '../../server/adapters/telephony/sandbox/clip-library.ts';
import { renderDemoConversation } from '../../server/adapters/telephony/sandbox/demo-conversation.ts';
import { keptTypes, type RecordingPeaks } from '../../server/app/ports/recording-sound.ts';
import type { Scores } from '../../server/contract/http/recordings.ts';
import type { CallRow } from './history/rows.ts';
import { leadIdOfTeam, reps } from './people.ts';
import type { Random } from './random.ts';
import { reviewComments } from './words/script.ts';

const recordingsPerRep = 7;
const renderedAtOnce = 7;
const peakBuckets = 800;

export interface ReviewRows {
  recordings: { id: number; callId: number; durationSeconds: number }[];
  comments: object[];
  scorecards: object[];
  playlists: object[];
  playlistItems: object[];
}

/** One byte each: minimum and maximum of every bucket, the left channel whole, then the right. */
function peakBytes({ channels }: RecordingPeaks): string {
  const bytes = channels.flatMap(({ minimum, maximum }) =>
    [...minimum].flatMap((value, bucket) => [value & 255, (maximum[bucket] ?? 0) & 255]),
  );
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}

/** The latest talks of a length worth hearing, in turn over the reps, so that the review has everybody. */
function talksWorthHearing(calls: readonly CallRow[]): CallRow[] {
  const recent = calls
    .filter((call) => call.talkSeconds >= 28 && call.talkSeconds <= 52 && call.dispositionCode !== 'gatekeeper')
    .slice(-600);
  const newestFirst = recent.toReversed();
  return reps.flatMap((rep) => newestFirst.filter((call) => call.repId === rep.id).slice(0, recordingsPerRep));
}

/**
 * Renders the recordings of recent calls into the storage and makes their rows. A load that was killed before its rows were written
 * leaves files under the calls' numbers; they are removed first.
 */
export async function makeRecordings(calls: readonly CallRow[], dataDir: string, audioDir: string): Promise<ReviewRows['recordings']> {
  const storage = new DiskRecordingStorage(path.join(dataDir, 'recordings'));
  const clips = await loadClipLibrary(audioDir);
  const workDir = await mkdtemp(path.join(tmpdir(), 'demo-recordings-'));
  const talks = talksWorthHearing(calls);
  const rows: ReviewRows['recordings'] = [];
  const renderOne = async (call: CallRow, index: number): Promise<void> => {
    for (const leftOver of await storage.keysOf(call.id)) await storage.remove(leftOver);
    const filePath = path.join(workDir, `${call.id}.wav`);
    await writeFile(filePath, renderDemoConversation(clips, call.id, call.talkSeconds));
    const stored = await storage.put(call.id, filePath);
    const kept = { mimeType: keptTypes.wav, ...(await storage.open(stored.storageKey)) };
    const peaks = peakBytes(await opusRecordings.peaks(kept, peakBuckets));
    rows[index] = {
      id: index + 1,
      callId: call.id,
      durationSeconds: call.talkSeconds,
      ...{ status: 'ready', ...stored, mimeType: keptTypes.wav, peaks, createdAt: call.endedAt, readyAt: call.endedAt },
    };
    await rm(filePath);
  };
  try {
    // Several at once: most of the time of one is the disk's, which makes each file durable.
    for (let start = 0; start < talks.length; start += renderedAtOnce) {
      await Promise.all(talks.slice(start, start + renderedAtOnce).map((call, offset) => renderOne(call, start + offset)));
    }
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return rows;
}

/** Past talks without a rendered sound count as erased ones: every answered call is accounted for, and none is called lost. */
export function erasedRecordings(recorded: ReviewRows['recordings'], calls: readonly CallRow[], now: Date): object[] {
  const withSound = new Set(recorded.map((recording) => recording.callId));
  return calls
    .filter((call) => call.answeredAt !== null && !withSound.has(call.id))
    .map((call, index) => ({ id: recorded.length + index + 1, callId: call.id, status: 'erased', createdAt: call.endedAt, erasedAt: now }));
}

/** What the leads have made of them: remarks at a second, scorecards, the list for the next group review. */
export function makeReview(
  random: Random,
  recordings: ReviewRows['recordings'],
  calls: readonly CallRow[],
  now: Date,
): Omit<ReviewRows, 'recordings'> {
  const teamOfCall = new Map(calls.map((call) => [call.id, call.teamId]));
  const authorOf = (callId: number): number => leadIdOfTeam[teamOfCall.get(callId) ?? 1] ?? 7;
  const reviewed = recordings.filter((_, index) => index % 4 === 0);
  const comments = reviewed.flatMap((recording) =>
    Array.from({ length: random.integer(1, 2) }, () => ({
      recordingId: recording.id,
      authorId: authorOf(recording.callId),
      atSecond: random.integer(2, Math.max(3, recording.durationSeconds - 5)),
      text: random.pick(reviewComments),
      createdAt: now,
    })),
  );
  const mark = (): number => random.integer(2, 5);
  const scorecards = reviewed.map((recording) => ({
    recordingId: recording.id,
    authorId: authorOf(recording.callId),
    scores: { greeting: mark(), reachingDecisionMaker: mark(), findingNeed: mark(), objections: mark(), nextStep: mark() } satisfies Scores,
    note: random.chance(0.5) ? 'Разобрать вместе на следующей неделе.' : null,
    createdAt: now,
  }));
  const playlistItems = reviewed.slice(0, 6).map((recording, position) => ({
    playlistId: 1,
    recordingId: recording.id,
    position,
    fromSecond: 0,
    toSecond: Math.min(30, recording.durationSeconds),
    note: random.pick(reviewComments),
  }));
  return {
    comments,
    scorecards,
    playlists: [{ id: 1, name: 'Разбор полётов: возражения недели', createdById: 7, createdAt: now }],
    playlistItems,
  };
}
