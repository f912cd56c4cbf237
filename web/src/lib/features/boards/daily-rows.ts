import type { BoardRow, KpiFigures, dailyCheck } from '$contract/http/kpi.ts';
import type { output } from 'zod';

export type DailyCheck = output<typeof dailyCheck.reply>;
type CheckRow = DailyCheck['rows'][number];

/** A rep's line of the morning: the day looked at, and the working day before it. */
export interface DailyRow extends CheckRow {
  before: KpiFigures | null;
}

/** The rows of a day with those of the day before; the live board's figures, when given, are newer than the check's. */
export function dailyRows(check: DailyCheck, before: DailyCheck | null, live: readonly BoardRow[]): DailyRow[] {
  const liveFigures = new Map(live.map((row) => [row.rep.id, row.figures]));
  const figuresBefore = new Map(before?.rows.map((row) => [row.rep.id, row.figures]));
  return check.rows.map((row) => ({
    ...row,
    figures: liveFigures.get(row.rep.id) ?? row.figures,
    before: figuresBefore.get(row.rep.id) ?? null,
  }));
}

type Readable = readonly { figures: KpiFigures }[];

/** The figures of several reps together. */
export function totalOf(rows: Readable): KpiFigures {
  const sum = (read: (figures: KpiFigures) => number): number => rows.reduce((total, row) => total + read(row.figures), 0);
  const yesNo = (kind: keyof KpiFigures['attempts']): KpiFigures['attempts'][typeof kind] => ({
    yes: sum((figures) => figures.attempts[kind].yes),
    no: sum((figures) => figures.attempts[kind].no),
  });
  return {
    dials: sum((figures) => figures.dials),
    providerErrors: sum((figures) => figures.providerErrors),
    connects: sum((figures) => figures.connects),
    talkSeconds: sum((figures) => figures.talkSeconds),
    attempts: {
      reachDecisionMaker: yesNo('reachDecisionMaker'),
      setMeeting: yesNo('setMeeting'),
      holdMeeting: yesNo('holdMeeting'),
      close: yesNo('close'),
    },
    promises: {
      onTime: sum((figures) => figures.promises.onTime),
      late: sum((figures) => figures.promises.late),
      broken: sum((figures) => figures.promises.broken),
    },
    wins: sum((figures) => figures.wins),
    started: sum((figures) => figures.started),
  };
}

/** Who should be at work and has not dialled; today nobody is missed before the working day has begun. */
export const hasNotBegun = (row: DailyRow, isToday: boolean, shareOfDay: number): boolean =>
  !row.absent && row.firstDialAt === null && row.figures.dials === 0 && (!isToday || shareOfDay > 0);
