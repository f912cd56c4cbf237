import { defaultSettings } from '../../../server/contract/settings.ts';
import { verdictOfDial } from '../../../server/core/promises/promise-times.ts';
import { isWorkingDay, localTimeText, wallAt } from '../calendar.ts';
import type { CompanyState } from './company-state.ts';
import type { Ledger } from './ledger.ts';
import type { CallRow, PromiseRow } from './rows.ts';

const graceMillis = defaultSettings.promises.graceMinutes * 60_000;

export interface PromiseWish {
  repId: number;
  callId: number | null;
  contactId: number | null;
  origin: PromiseRow['origin'];
  madeMillis: number;
  note: string | null;
}

function openAt(millis: number, timeZone: string): boolean {
  const { day, minute } = wallAt(millis, timeZone);
  return isWorkingDay(day) && minute >= 9 * 60 && minute < 18 * 60;
}

function row(
  state: CompanyState,
  wish: PromiseWish,
  times: { kind: PromiseRow['kind']; starts: number; promised: number; deadline: number; outside: boolean },
): Omit<PromiseRow, 'id'> {
  const { timeZone } = state.company.place;
  return {
    companyId: state.company.id,
    contactId: wish.contactId,
    repId: wish.repId,
    madeInCallId: wish.callId,
    kind: times.kind,
    origin: wish.origin,
    localTime: localTimeText(times.promised, timeZone),
    timeZone,
    startsAt: new Date(times.starts),
    promisedAt: new Date(times.promised),
    deadlineAt: new Date(times.deadline),
    askedOutsideHours: times.outside,
    status: 'open',
    outcome: 'pending',
    dialledAt: null,
    closedAt: null,
    closedByCallId: null,
    note: wish.note,
    createdAt: new Date(wish.madeMillis),
  };
}

/** An exact time, with the department's grace on either side. */
export function promiseExactly(ledger: Ledger, state: CompanyState, wish: PromiseWish, promised: number): PromiseRow {
  const outside = !openAt(promised, state.company.place.timeZone);
  return ledger.promises.add(
    row(state, wish, { kind: 'exact', starts: promised - graceMillis, promised, deadline: promised + graceMillis, outside }),
  );
}

/** A window: "the morning", "this week"; it falls due at its end. */
export function promiseWindow(
  ledger: Ledger,
  state: CompanyState,
  wish: PromiseWish,
  window: { starts: number; ends: number; outside: boolean },
): PromiseRow {
  return ledger.promises.add(
    row(state, wish, { kind: 'window', starts: window.starts, promised: window.ends, deadline: window.ends, outside: window.outside }),
  );
}

/** The verdict of the first dial of a promise stays, whoever answered. */
export function dialPromise(promise: PromiseRow, dialledMillis: number): void {
  if (promise.dialledAt !== null) return;
  const dialledAt = new Date(dialledMillis);
  const verdict = verdictOfDial(promise, dialledAt);
  if (verdict === null) return;
  promise.dialledAt = dialledAt;
  promise.outcome = verdict;
}

/** A talk ends what was promised. */
export function closePromise(promise: PromiseRow, call: CallRow): void {
  promise.status = promise.dialledAt === null ? 'withdrawn' : 'fulfilled';
  promise.closedAt = call.disposedAt;
  promise.closedByCallId = call.id;
}
