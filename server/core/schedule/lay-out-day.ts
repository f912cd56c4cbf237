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
  /** A promise that, as the day stands, will be dialled after its deadline. */
  atRisk: boolean;
}

export interface DayInput {
  now: Date;
  /** Nothing is planned beyond. */
  dayEnd: Date;
  /** What one call takes with its wrap-up, learned from the rep's own calls. */
  callSeconds: number;
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
  atRisk: false,
});

/**
 * The two passes of the queue on the rep's timeline: promises at their times, oldest deadline first, and between them the rest
 * in queue order. A gap too short for a whole call before the next promise stays empty (the promise guard).
 */
export function layOutDay({ now, dayEnd, callSeconds, done, planned }: DayInput): Slot[] {
  const callMs = callSeconds * 1000;
  const promised = planned
    .flatMap((lead) => (lead.promise ? [{ ...lead, promise: lead.promise }] : []))
    .sort((left, right) => left.promise.deadlineAt.getTime() - right.promise.deadlineAt.getTime());
  const others = planned.filter((lead) => !lead.promise);
  const slots = done.map((call) => slotOfCall(call, now));
  let cursor = now.getTime();
  const place = (lead: PlannedLead, startMs: number): void => {
    const atRisk = lead.promise !== null && startMs > lead.promise.deadlineAt.getTime();
    slots.push({
      start: new Date(startMs),
      end: new Date(startMs + callMs),
      companyId: lead.companyId,
      callId: null,
      leadId: lead.leadId,
      state: 'planned',
      atRisk,
    });
    cursor = startMs + callMs;
  };
  const fillUntil = (limitMs: number): void => {
    while (cursor + callMs <= limitMs) {
      const next = others.shift();
      if (!next) return;
      place(next, cursor);
    }
  };
  for (const lead of promised) {
    fillUntil(Math.min(lead.promise.startsAt.getTime(), dayEnd.getTime()));
    const startMs = Math.max(cursor, lead.promise.startsAt.getTime());
    if (startMs < dayEnd.getTime()) place(lead, startMs);
  }
  fillUntil(dayEnd.getTime());
  return slots;
}
