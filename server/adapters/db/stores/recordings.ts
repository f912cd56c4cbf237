import type { RecordingStore, StoredRecordingRow } from '../../../app/ports/stores/recordings.ts';
import { scoresSchema } from '../../../contract/http/recordings.ts';
import type { Transaction } from '../client.ts';

async function locked(transaction: Transaction, key: { callId: number } | { id: number }): Promise<StoredRecordingRow | null> {
  const column = 'callId' in key ? { callId: key.callId, id: null } : { callId: null, id: key.id };
  await transaction.$queryRaw`SELECT 1 FROM recording WHERE call_id = ${column.callId}::int OR id = ${column.id}::int FOR UPDATE`;
  const row = await transaction.recording.findUnique({
    where: key,
    include: { call: { select: { repId: true, rep: { select: { teamId: true } } } } },
  });
  if (row === null) return null;
  const { id, callId, status, storageKey, sourcePath, sourcePartial, durationSeconds, call } = row;
  return {
    id,
    callId,
    status,
    storageKey,
    sourcePath,
    sourcePartial,
    durationSeconds: durationSeconds === null ? null : Number(durationSeconds),
    repId: call.repId,
    teamId: call.rep.teamId,
  };
}

const nameOf = async (transaction: Transaction, userId: number): Promise<{ id: number; name: string }> =>
  transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } });

export function recordingStore(transaction: Transaction): RecordingStore {
  return {
    lockOrCreate: async (callId, now) => {
      await transaction.$executeRaw`
        INSERT INTO recording (call_id, status, created_at) SELECT id, 'pending', ${now} FROM call WHERE id = ${callId}
        ON CONFLICT (call_id) DO NOTHING`;
      return locked(transaction, { callId });
    },
    lock: (id) => locked(transaction, { id }),
    change: async (id, { peaks, ...change }) => {
      await transaction.recording.update({
        where: { id },
        data: { ...change, ...(peaks === undefined ? {} : { peaks: peaks === null ? null : Uint8Array.from(peaks) }) },
      });
    },
    addComment: async ({ recordingId, authorId, atSecond, text, now }) => {
      const made = await transaction.recordingComment.create({ data: { recordingId, authorId, atSecond, text, createdAt: now } });
      return {
        id: made.id,
        author: await nameOf(transaction, authorId),
        atSecond: Number(made.atSecond),
        text,
        createdAt: made.createdAt.toISOString(),
      };
    },
    putScorecard: async ({ recordingId, authorId, scores, note, now }) => {
      const card = { scores, note, createdAt: now };
      const made = await transaction.scorecard.upsert({
        where: { recordingId_authorId: { recordingId, authorId } },
        create: { recordingId, authorId, ...card },
        update: card,
      });
      return {
        id: made.id,
        author: await nameOf(transaction, authorId),
        scores: scoresSchema.parse(made.scores),
        note,
        createdAt: now.toISOString(),
      };
    },
    logListen: async (recordingId, userId, now, since) => {
      const recent = await transaction.recordingListen.findFirst({
        where: { recordingId, userId, at: { gt: since } },
        select: { id: true },
      });
      if (recent !== null) return false;
      await transaction.recordingListen.create({ data: { recordingId, userId, at: now } });
      return true;
    },
  };
}
