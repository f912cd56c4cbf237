import { officeZone, wallAt } from '../calendar.ts';
import { users } from '../people.ts';
import type { CompanyState } from './company-state.ts';
import type {
  AttemptRow,
  CallRow,
  DealMoveRow,
  DealRow,
  Dimensions,
  HandoffRow,
  MeetingRow,
  NoteRow,
  PromiseRow,
  TaskRow,
  VisitRow,
  WinRow,
} from './rows.ts';

const teamOf = new Map(users.map((user) => [user.id, user.teamId]));

/** Adds rows and numbers them from 1. */
function numbered<Row extends { id: number }>() {
  const rows: Row[] = [];
  const add = (fields: Omit<Row, 'id'>): Row => {
    // Omit over a type parameter loses that the rest plus `id` is the row again. Not copied: there are hundreds of thousands.
    const row = Object.assign(fields, { id: rows.length + 1 }) as unknown as Row;
    rows.push(row);
    return row;
  };
  return { rows, add };
}

/** Everything that happened, as the tables will hold it. */
export class Ledger {
  readonly calls = numbered<CallRow>();
  readonly attempts = numbered<AttemptRow>();
  readonly promises = numbered<PromiseRow>();
  readonly deals = numbered<DealRow>();
  readonly moves = numbered<DealMoveRow>();
  readonly meetings = numbered<MeetingRow>();
  readonly tasks = numbered<TaskRow>();
  readonly handoffs = numbered<HandoffRow>();
  readonly wins = numbered<WinRow>();
  readonly notes = numbered<NoteRow>();
  readonly visits = numbered<VisitRow>();

  /** Numbers the calls anew in the order of their time, as a department that lived through them would have numbered them. */
  numberCallsByTime(): void {
    const byTime = this.calls.rows.sort((left, right) => left.intentAt.getTime() - right.intentAt.getTime());
    const newIds = new Map(byTime.map((call, index) => [call.id, index + 1]));
    for (const call of byTime) call.id = newIds.get(call.id) ?? call.id;
    const renumber = <Key extends string>(rows: readonly Partial<Record<Key, number | null>>[], key: Key): void => {
      for (const row of rows) {
        const id: number | null | undefined = row[key];
        if (typeof id === 'number') row[key] = newIds.get(id) ?? id;
      }
    };
    for (const { rows } of [this.attempts, this.moves, this.tasks, this.handoffs, this.wins, this.notes])
      renumber<'callId'>(rows, 'callId');
    renumber<'madeInCallId'>(this.promises.rows, 'madeInCallId');
    renumber<'closedByCallId'>(this.promises.rows, 'closedByCallId');
    renumber<'setInCallId'>(this.meetings.rows, 'setInCallId');
  }

  /** What a thing counts under: its person's day and hour, and where the company came from. */
  dimensions(state: CompanyState, userId: number, millis: number): Dimensions {
    const wall = wallAt(millis, officeZone);
    return {
      repId: userId,
      teamId: teamOf.get(userId) ?? null,
      listId: state.listId,
      channelId: state.company.channelId,
      sourceId: state.company.sourceId,
      day: wall.day,
      hour: Math.floor(wall.minute / 60),
    };
  }

  attempt(
    kind: AttemptRow['kind'],
    yes: boolean,
    of: { state: CompanyState; userId: number; millis: number; callId?: number; dealId?: number; meetingId?: number },
  ): void {
    this.attempts.add({
      ...this.dimensions(of.state, of.userId, of.millis),
      kind,
      yes,
      at: new Date(of.millis),
      companyId: of.state.company.id,
      callId: of.callId ?? null,
      dealId: of.dealId ?? null,
      meetingId: of.meetingId ?? null,
    });
  }

  win(kind: WinRow['kind'], key: string, of: { state: CompanyState; userId: number; millis: number; callId?: number | undefined }): void {
    this.wins.add({
      ...this.dimensions(of.state, of.userId, of.millis),
      kind,
      key: `${kind}:${key}`,
      companyId: of.state.company.id,
      callId: of.callId ?? null,
      dealId: of.state.deal?.id ?? null,
      at: new Date(of.millis),
    });
  }
}
