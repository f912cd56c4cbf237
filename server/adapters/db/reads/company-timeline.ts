import type { TimelineItem } from '../../../contract/http/company-card.ts';
import type { Transaction } from '../client.ts';
import { isoOf, promiseParts, promiseView } from './views.ts';

/** So many lines of each kind at most: the card shows the recent past, the company's own page the rest. */
const linesOfEachKind = 20;

const person = { select: { id: true, name: true } } as const;
const newest = { take: linesOfEachKind } as const;

const linesOf: Record<TimelineItem['kind'], (transaction: Transaction, companyId: number) => Promise<TimelineItem[]>> = {
  call: callLines,
  promise: promiseLines,
  note: noteLines,
  stage: stageLines,
  meeting: meetingLines,
  visit: visitLines,
  handoff: handoffLines,
  deal: dealLines,
  task: taskLines,
  win: winLines,
};

/** A company's history, newest first, of the kinds of lines that it has. */
export async function timelineOf(
  transaction: Transaction,
  companyId: number,
  kinds: readonly TimelineItem['kind'][],
): Promise<TimelineItem[]> {
  const parts = await Promise.all(kinds.map((kind) => linesOf[kind](transaction, companyId)));
  return parts.flat().sort((one, other) => (one.at < other.at ? 1 : -1));
}

async function callLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const people = await transaction.contact.findMany({ where: { companyId }, select: { id: true } });
  const parts = { include: { rep: person, company: person, contact: { select: { name: true } }, recording: { select: { id: true } } } };
  const order = { orderBy: { intentAt: 'desc' }, ...newest } as const;
  const own = await transaction.call.findMany({ where: { companyId }, ...parts, ...order });
  // A person brings his history along when he moves here.
  const brought = await transaction.call.findMany({
    where: { contactId: { in: people.map(({ id }) => id) }, companyId: { not: companyId } },
    ...parts,
    ...order,
  });
  const rows = [...own, ...brought];
  return rows.map((row) => ({
    kind: 'call' as const,
    at: isoOf(row.intentAt),
    callId: row.id,
    rep: row.rep,
    contactName: row.contact?.name ?? null,
    direction: row.direction,
    endCause: row.endCause,
    dispositionCode: row.dispositionCode,
    talkSeconds: row.talkSeconds,
    note: row.note,
    recordingId: row.recording?.id ?? null,
    company: row.companyId === companyId ? null : row.company,
  }));
}

async function promiseLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.promise.findMany({
    where: { companyId },
    include: promiseParts,
    orderBy: { createdAt: 'desc' },
    ...newest,
  });
  return rows.map((row) => ({ kind: 'promise' as const, at: isoOf(row.createdAt), promise: promiseView(row) }));
}

/** Notes of calls stand with their calls. */
async function noteLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.note.findMany({ where: { companyId, callId: null }, orderBy: { at: 'desc' }, ...newest });
  const authorIds = rows.flatMap((row) => row.authorId ?? []);
  const authors = authorIds.length === 0 ? [] : await transaction.user.findMany({ where: { id: { in: authorIds } }, ...person });
  return rows.map((row) => ({
    kind: 'note' as const,
    at: isoOf(row.at),
    author: authors.find((author) => author.id === row.authorId) ?? null,
    text: row.text,
  }));
}

async function stageLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.dealMove.findMany({
    where: { deal: { companyId } },
    include: { deal: { select: { funnel: { select: { stages: { select: { position: true, name: true } } } } } } },
    orderBy: { at: 'desc' },
    ...newest,
  });
  return rows.map((row) => {
    const name = (position: number): string =>
      row.deal.funnel.stages.find((stage) => stage.position === position)?.name ?? String(position);
    return {
      kind: 'stage' as const,
      at: isoOf(row.at),
      from: row.fromPosition === null ? null : name(row.fromPosition),
      to: name(row.toPosition),
      back: row.fromPosition !== null && row.toPosition < row.fromPosition,
    };
  });
}

async function meetingLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.meeting.findMany({ where: { companyId }, orderBy: { startsAt: 'desc' }, ...newest });
  return rows.map((row) => ({
    kind: 'meeting' as const,
    at: isoOf(row.startsAt),
    meetingId: row.id,
    status: row.status,
    place: row.place,
  }));
}

async function visitLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.visit.findMany({
    where: { companyId },
    include: { contact: { select: { name: true } } },
    orderBy: { at: 'desc' },
    ...newest,
  });
  return rows.map((row) => ({
    kind: 'visit' as const,
    at: isoOf(row.at),
    contactName: row.contact?.name ?? null,
    result: row.result,
    note: row.note,
  }));
}

async function handoffLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.handoff.findMany({ where: { companyId }, orderBy: { openedAt: 'desc' }, ...newest });
  if (rows.length === 0) return [];
  const sellers = await transaction.user.findMany({ where: { id: { in: rows.map((row) => row.sellerId) } }, ...person });
  return rows.map((row) => ({
    kind: 'handoff' as const,
    at: isoOf(row.openedAt),
    handoffId: row.id,
    seller: sellers.find((seller) => seller.id === row.sellerId) ?? { id: row.sellerId, name: '' },
    status: row.status,
  }));
}

async function dealLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.deal.findMany({
    where: { companyId, status: { not: 'open' }, closedAt: { not: null } },
    orderBy: { closedAt: 'desc' },
    ...newest,
  });
  return rows.flatMap((row) =>
    row.closedAt === null || row.status === 'open'
      ? []
      : [
          {
            kind: 'deal' as const,
            at: isoOf(row.closedAt),
            dealId: row.id,
            title: row.title,
            status: row.status,
            reason: row.lostReason,
          },
        ],
  );
}

async function taskLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.task.findMany({
    where: { companyId },
    include: { assignee: person },
    orderBy: { createdAt: 'desc' },
    ...newest,
  });
  return rows.map((row) => ({
    kind: 'task' as const,
    at: isoOf(row.doneAt ?? row.createdAt),
    taskId: row.id,
    title: row.title,
    assignee: row.assignee,
    dueAt: isoOf(row.dueAt),
    done: row.doneAt !== null,
  }));
}

async function winLines(transaction: Transaction, companyId: number): Promise<TimelineItem[]> {
  const rows = await transaction.win.findMany({ where: { companyId }, include: { rep: person }, orderBy: { at: 'desc' }, ...newest });
  return rows.map((row) => ({ kind: 'win' as const, at: isoOf(row.at), win: row.kind, rep: row.rep }));
}
