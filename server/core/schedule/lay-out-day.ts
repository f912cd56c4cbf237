import { mayStartBefore, meanAndSpread, type CallLength } from './durations.ts';
import { afterCall, afterLiveCall, freeNow, shareAfter, type FreeAt } from './free-at.ts';

/** A call that was, or is still going on. */
export interface DoneCall {
  callId: number;
  companyId: number;
  start: Date;
  /** Null while live. */
  end: Date | null;
}

/** An obligation with its time, or a lead of the queue without one. */
export interface PlannedLead {
  leadId: number;
  companyId: number;
  promise: { startsAt: Date; promisedAt: Date; deadlineAt: Date } | null;
}

export interface Slot {
  start: Date;
  end: Date;
  companyId: number;
  callId: number | null;
  leadId: number | null;
  state: 'done' | 'live' | 'planned';
  /** How probable it is that this promise is dialled after its deadline, as the day stands; null of what was not promised. */
  lateRisk: number | null;
  /** It is kept less surely than the head asks for. */
  atRisk: boolean;
}

export interface DayInput {
  now: Date;
  /** Nothing is planned beyond. */
  dayEnd: Date;
  /** What one call takes with its wrap-up, as it was learned. */
  length: CallLength;
  /** How surely a promise must be kept, in per cent; the promise guard's. */
  surePercent: number;
  done: readonly DoneCall[];
  /** In queue order; promises of later today among them. */
  planned: readonly PlannedLead[];
}

const slotOfCall = (call: DoneCall, now: Date): Slot => ({
  start: call.start,
  end: call.end ?? now,
  companyId: call.companyId,
  callId: call.callId,
  leadId: null,
  state: call.end ? 'done' : 'live',
  lateRisk: null,
  atRisk: false,
});

/** Guard against small differences of summed weights. */
const rounding = 1e-9;

type Promised = PlannedLead & { promise: NonNullable<PlannedLead['promise']> };

/** The timeline while it is being filled: where its mean stands, and how far it may have slipped. */
class Filling {
  readonly slots: Slot[] = [];
  readonly #input: DayInput;
  readonly #others: PlannedLead[];
  readonly #callMs: number;
  #cursorMs: number;
  #free: FreeAt;

  constructor(input: DayInput, others: PlannedLead[]) {
    const { now, done, length } = input;
    this.#input = input;
    this.#others = others;
    const { meanSeconds } = meanAndSpread(length);
    this.#callMs = meanSeconds * 1000;
    const live = done.find((call) => call.end === null);
    const lasted = live && (now.getTime() - live.start.getTime()) / 1000;
    this.#free = lasted === undefined ? freeNow(now) : afterLiveCall(now, lasted, length, meanSeconds);
    this.#cursorMs = this.#free.reduce((sum, { ms, weight }) => sum + ms * weight, 0);
  }

  #place(lead: PlannedLead, startMs: number, lateRisk: number | null): void {
    this.slots.push({
      start: new Date(startMs),
      end: new Date(startMs + this.#callMs),
      companyId: lead.companyId,
      callId: null,
      leadId: lead.leadId,
      state: 'planned',
      lateRisk,
      atRisk: lateRisk !== null && lateRisk > 1 - this.#input.surePercent / 100 + rounding,
    });
    this.#cursorMs = startMs + this.#callMs;
  }

  /** Calls that nobody was promised, until a promise begins or the day ends; none that would run into the promise. */
  fillUntil(limitMs: number, dueMs: number | null): void {
    const { length, surePercent } = this.#input;
    const starts = (ms: number): boolean => dueMs === null || mayStartBefore(length, (dueMs - ms) / 1000, surePercent, 0);
    while (this.#cursorMs + this.#callMs <= limitMs) {
      const next = this.#others.shift();
      if (!next) return;
      this.#place(next, this.#cursorMs, null);
      this.#free = afterCall(this.#free, length, 0, starts);
    }
  }

  promise(lead: Promised): void {
    const { startsAt, deadlineAt } = lead.promise;
    const startMs = Math.max(this.#cursorMs, startsAt.getTime());
    if (startMs >= this.#input.dayEnd.getTime()) return;
    this.#place(lead, startMs, shareAfter(this.#free, deadlineAt.getTime()));
    this.#free = afterCall(this.#free, this.#input.length, startsAt.getTime());
  }
}

/**
 * The two passes of the queue on the rep's timeline: promises at their times, oldest deadline first, and between them the rest
 * in queue order. A gap too short for a whole call before the next promise stays empty (the promise guard). Each promise carries how
 * probably it comes too late, by the learned lengths of the calls before it, the one that is going on among them.
 */
export function layOutDay(input: DayInput): Slot[] {
  const { now, dayEnd, done, planned } = input;
  const promised = planned
    .flatMap((lead): Promised[] => (lead.promise ? [{ ...lead, promise: lead.promise }] : []))
    .sort((left, right) => left.promise.deadlineAt.getTime() - right.promise.deadlineAt.getTime());
  const filling = new Filling(
    input,
    planned.filter((lead) => !lead.promise),
  );
  for (const lead of promised) {
    filling.fillUntil(Math.min(lead.promise.startsAt.getTime(), dayEnd.getTime()), lead.promise.promisedAt.getTime());
    filling.promise(lead);
  }
  filling.fillUntil(dayEnd.getTime(), null);
  return [...done.map((call) => slotOfCall(call, now)), ...filling.slots];
}
