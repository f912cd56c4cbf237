import type { DealView, PromiseView } from '../../../contract/http/company-card.ts';
import { dayOfDate } from '../days.ts';
import type { Prisma as Queries } from '../generated/client.ts';

/** What a promise needs beside its own row to be shown. */
export const promiseParts = { rep: { select: { id: true, name: true } } } satisfies Queries.PromiseInclude;
type PromiseRow = Queries.PromiseGetPayload<{ include: typeof promiseParts }>;

export const dealParts = {
  owner: { select: { id: true, name: true } },
  stage: true,
  funnel: { select: { _count: { select: { stages: true } } } },
} satisfies Queries.DealInclude;
type DealRow = Queries.DealGetPayload<{ include: typeof dealParts }>;

export const isoOf = (instant: Date): string => instant.toISOString();
export const isoOrNull = (instant: Date | null): string | null => instant?.toISOString() ?? null;

export function promiseView(row: PromiseRow): PromiseView {
  return {
    id: row.id,
    companyId: row.companyId,
    contactId: row.contactId,
    rep: row.rep,
    kind: row.kind,
    origin: row.origin,
    localTime: row.localTime,
    timeZone: row.timeZone,
    startsAt: isoOf(row.startsAt),
    promisedAt: isoOf(row.promisedAt),
    deadlineAt: isoOf(row.deadlineAt),
    status: row.status,
    outcome: row.outcome,
    overCapacity: row.overCapacity,
    note: row.note,
    moveReason: row.moveReason,
  };
}

export function dealView(row: DealRow): DealView {
  return {
    id: row.id,
    title: row.title,
    companyId: row.companyId,
    owner: row.owner,
    stage: { id: row.stage.id, position: row.stage.position, name: row.stage.name, heat: row.stage.heat, normDays: row.stage.normDays },
    stages: row.funnel._count.stages,
    amount: row.amount === null ? null : row.amount.toNumber(),
    status: row.status,
    stageSince: isoOf(row.stageSince),
    openedAt: isoOf(row.openedAt),
    closedAt: isoOrNull(row.closedAt),
    startedOn: dayOfDate(row.startedOn),
  };
}
