import type { RecordingPage, RecordingReads } from '../../../app/ports/reads/recordings.ts';
import type { Scope } from '../../../app/ports/reads/scope.ts';
import { dispositionCodeSchema } from '../../../contract/http/calls.ts';
import { scoresSchema, type RecordingCard, type RecordingRow } from '../../../contract/http/recordings.ts';
import { recordingGaps } from '../../../core/calls/recording-gaps.ts';
import type { Prisma } from '../client.ts';
import { dateOfDay } from '../days.ts';
import { filesToCheck, ledgerAlarm, recordingLedger } from './recording-ledger.ts';

/** Calls within a scope, for `where`. */
export const callIn = (scope: Scope): { repId?: number; rep?: { teamId: number } } => {
  if (scope.kind === 'own') return { repId: scope.userId };
  return scope.kind === 'team' ? { rep: { teamId: scope.teamId } } : {};
};

const person = { select: { id: true, name: true } } as const;
const callShape = {
  select: {
    intentAt: true,
    endCause: true,
    dispositionCode: true,
    talkSeconds: true,
    rep: person,
    company: person,
    contact: { select: { name: true } },
    list: { select: { name: true } },
  },
} as const;
const rowShape = { call: callShape, scorecards: true, _count: { select: { comments: true, listens: true } } } as const;

type Stored = Awaited<ReturnType<typeof findRows>>[number];

const findRows = (prisma: Prisma, where: object, take?: number) =>
  prisma.recording.findMany({
    where,
    take,
    include: rowShape,
    omit: { peaks: true },
    orderBy: [{ call: { intentAt: 'desc' } }, { id: 'desc' }],
  });

/** Mean of all points of all cards. */
function meanScore(cards: Stored['scorecards']): number | null {
  const points = cards.flatMap((card) => Object.values(scoresSchema.parse(card.scores)));
  return points.length === 0 ? null : points.reduce((sum, value) => sum + value, 0) / points.length;
}

const rowView = (row: Stored): RecordingRow => ({
  id: row.id,
  callId: row.callId,
  status: row.status,
  missingReason: row.missingReason,
  lossAccepted: row.lossAcceptedAt !== null,
  sourceKept: row.sourcePath !== null,
  durationSeconds: row.durationSeconds === null ? null : Number(row.durationSeconds),
  intentAt: row.call.intentAt.toISOString(),
  rep: row.call.rep,
  company: row.call.company,
  contactName: row.call.contact?.name ?? null,
  listName: row.call.list?.name ?? null,
  endCause: row.call.endCause,
  dispositionCode: row.call.dispositionCode === null ? null : dispositionCodeSchema.parse(row.call.dispositionCode),
  talkSeconds: row.call.talkSeconds,
  comments: row._count.comments,
  scorecards: row.scorecards.length,
  score: meanScore(row.scorecards),
  listens: row._count.listens,
});

const someOrNone = (wanted: boolean | undefined): object | undefined =>
  wanted === undefined ? undefined : wanted ? { some: {} } : { none: {} };

function whereOf(page: RecordingPage): object {
  const { after } = page;
  return {
    // Nothing is left to hear of an erased one; who asks for them sees them.
    status: page.status ?? { not: 'erased' },
    comments: someOrNone(page.commented),
    scorecards: someOrNone(page.scored),
    AND: [
      { call: callIn(page.scope) },
      {
        call: {
          repId: page.repId,
          rep: page.teamId === undefined ? undefined : { teamId: page.teamId },
          listId: page.listId,
          dispositionCode: page.outcome,
          talkSeconds: page.minTalkSeconds === undefined ? undefined : { gte: page.minTalkSeconds },
          day: { gte: page.from && dateOfDay(page.from), lte: page.to && dateOfDay(page.to) },
        },
      },
      after ? { OR: [{ call: { intentAt: { lt: after.intentAt } } }, { call: { intentAt: after.intentAt }, id: { lt: after.id } }] } : {},
    ],
  };
}

export function recordingReads(prisma: Prisma): RecordingReads {
  return {
    page: async (page) => (await findRows(prisma, whereOf(page), page.limit + 1)).map(rowView),
    card: async (id, scope) => {
      const [row] = await findRows(prisma, { id, call: callIn(scope) });
      if (!row) return null;
      const comments = await prisma.recordingComment.findMany({
        where: { recordingId: id },
        orderBy: [{ atSecond: 'asc' }, { id: 'asc' }],
      });
      const listens = await prisma.recordingListen.findMany({ where: { recordingId: id }, orderBy: { id: 'desc' }, take: 100 });
      const people = await namesOf(
        prisma,
        [...comments, ...row.scorecards].map((made) => made.authorId).concat(listens.map((listen) => listen.userId)),
      );
      return {
        ...rowView(row),
        comments: comments.map((comment) => ({
          id: comment.id,
          author: people(comment.authorId),
          atSecond: Number(comment.atSecond),
          text: comment.text,
          createdAt: comment.createdAt.toISOString(),
        })),
        scorecards: row.scorecards.map((card) => ({
          id: card.id,
          author: people(card.authorId),
          scores: scoresSchema.parse(card.scores),
          note: card.note,
          createdAt: card.createdAt.toISOString(),
        })),
        listens: listens.map((listen) => ({ person: people(listen.userId), at: listen.at.toISOString() })),
        gaps: await gapsOf(prisma, row.callId),
        readyAt: row.readyAt?.toISOString() ?? null,
        erasedAt: row.erasedAt?.toISOString() ?? null,
      };
    },
    file: async (id, scope) => {
      const row = await prisma.recording.findFirst({ where: { id, call: callIn(scope) } });
      return row && { ...row, durationSeconds: row.durationSeconds === null ? null : Number(row.durationSeconds) };
    },
    ...recordingUpkeep(prisma),
  };
}

/** Where the rep paused it, by the call's own log. */
async function gapsOf(prisma: Prisma, callId: number): Promise<RecordingCard['gaps']> {
  const { answeredAt, endedAt, events } = await prisma.call.findUniqueOrThrow({
    where: { id: callId },
    select: {
      answeredAt: true,
      endedAt: true,
      events: { where: { kind: { in: ['recordingPaused', 'recordingResumed', 'announcementEnded'] } }, select: { kind: true, at: true } },
    },
  });
  if (!answeredAt || !endedAt) return [];
  // A recording begins with the answer, or when the prospect has heard of it.
  const beganAt = events.find(({ kind }) => kind === 'announcementEnded')?.at ?? answeredAt;
  const marks = events.filter(({ kind }) => kind !== 'announcementEnded');
  return recordingGaps(marks, { beganAt, endedAt });
}

async function namesOf(prisma: Prisma, ids: number[]): Promise<(id: number) => { id: number; name: string }> {
  const people = await prisma.user.findMany({ where: { id: { in: [...new Set(ids)] } }, ...person });
  return (id) => people.find((one) => one.id === id) ?? { id, name: '' };
}

function recordingUpkeep(
  prisma: Prisma,
): Pick<RecordingReads, 'ledger' | 'overdue' | 'filesToCheck' | 'unfinished' | 'callsWithoutRecording' | 'expired'> {
  return {
    ledger: (from, to) => recordingLedger(prisma, from, to),
    overdue: (which) => ledgerAlarm(prisma, which),
    filesToCheck: (seenBefore, limit) => filesToCheck(prisma, seenBefore, limit),
    unfinished: async (createdBefore, limit) => {
      const rows = await prisma.recording.findMany({
        where: {
          createdAt: { lt: createdBefore },
          OR: [
            { status: 'pending' },
            { status: { in: ['ready', 'partial', 'erased'] }, sourcePath: { not: null } },
            { status: 'erased', storageKey: { not: null } },
          ],
        },
        orderBy: { id: 'asc' },
        take: limit,
        select: { callId: true, status: true, sourcePath: true },
      });
      return rows.map(({ callId, status, sourcePath }) => ({ callId, pending: status === 'pending', sourcePath }));
    },
    callsWithoutRecording: async (endedFrom, endedUntil, limit) => {
      const calls = await prisma.call.findMany({
        where: {
          state: 'ended',
          answeredAt: { not: null },
          endedAt: { gte: endedFrom, lt: endedUntil },
          recording: null,
          OR: [{ announcement: null }, { announcement: { not: 'cutShort' } }],
        },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return calls.map((call) => call.id);
    },
    expired: async (calledBefore, limit) => {
      const rows = await prisma.recording.findMany({
        where: { status: { in: ['ready', 'partial', 'pending'] }, call: { intentAt: { lt: calledBefore } } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
  };
}
