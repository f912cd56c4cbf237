import type { AnsweredBy, CallState, CarrierEvent, EndCause } from './carrier-event.ts';
import { callStates } from './carrier-event.ts';

/** What the log of a call says about it. Instants are never before the intent. */
export interface FoldedCall {
  state: CallState;
  endCause: EndCause | null;
  ringingAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Whole seconds from answer to end of a connected call; 0 for a machine and while the call lives. */
  talkSeconds: number;
  held: boolean;
  muted: boolean;
  answeredBy: AnsweredBy | null;
  /** Answered by a human, as far as anyone can tell. */
  connected: boolean;
}

/**
 * Folds what a carrier said into the state of the call.
 * It depends on the set of events only: in whatever order, however often and with whatever missing they came in,
 * and one event more never moves the state back (faults.md). An end with a known cause outranks an unknown one;
 * of several the earliest counts. An answer counts when the carrier's clock puts it before the end.
 * @param intentAt when we decided to dial; a carrier's clock that runs behind is raised to it
 */
export function foldCall(events: readonly CarrierEvent[], intentAt: Date): FoldedCall {
  const log = inCarrierOrder(events).map((event) => ({ ...event, at: later(event.at, intentAt) }));
  const end = endOf(log);
  const answered = log.find((event) => event.body.kind === 'answered' && (!end || event.at <= end.at));
  const answeredBy = farEnd(log);
  const connected = answered !== undefined && answeredBy !== 'machine' && end?.cause !== 'machine';
  return {
    state: stateOf(log),
    endCause: end?.cause ?? null,
    ringingAt: log.find((event) => event.body.kind === 'ringing')?.at ?? null,
    answeredAt: answered?.at ?? null,
    endedAt: end?.at ?? null,
    talkSeconds: connected && end ? Math.floor((end.at.getTime() - answered.at.getTime()) / 1000) : 0,
    held: !end && lastOf(log, 'held', 'unheld') === 'held',
    muted: !end && lastOf(log, 'muted', 'unmuted') === 'muted',
    answeredBy,
    connected,
  };
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);

/** Copies of one delivery share a key; the key also orders what the carrier stamped alike. */
function inCarrierOrder(events: readonly CarrierEvent[]): CarrierEvent[] {
  const byKey = new Map<string, CarrierEvent>();
  for (const event of [...events].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    if (!byKey.has(event.eventKey)) byKey.set(event.eventKey, event);
  }
  return [...byKey.values()].sort((one, other) => one.at.getTime() - other.at.getTime() || compare(one.eventKey, other.eventKey));
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function endOf(log: readonly CarrierEvent[]): { at: Date; cause: EndCause } | null {
  const ends = log.flatMap(({ at, body }) => (body.kind === 'ended' ? [{ at, cause: body.cause }] : []));
  return ends.find(({ cause }) => cause !== 'unknown') ?? ends[0] ?? null;
}

function stateOf(log: readonly CarrierEvent[]): CallState {
  const furthest = log.reduce((rank, event) => Math.max(rank, callStates.indexOf(impliedState(event))), 0);
  return callStates[furthest] ?? 'intent';
}

/** The state that an event proves the call to have reached. */
function impliedState({ body }: CarrierEvent): CallState {
  switch (body.kind) {
    case 'dialing':
    case 'ringing':
    case 'answered':
    case 'ended':
      return body.kind;
    case 'answeredBy':
    case 'held':
    case 'unheld':
    case 'muted':
    case 'unmuted':
    case 'digits':
    case 'transferred':
    case 'voicemail':
    case 'unknown':
      return 'intent';
    default:
      return body satisfies never;
  }
}

/** The last word of the carrier on who answered; a definite one outranks "unknown". */
function farEnd(log: readonly CarrierEvent[]): AnsweredBy | null {
  const said = log.flatMap(({ body }) => (body.kind === 'answeredBy' ? [body.by] : []));
  return said.findLast((by) => by !== 'unknown') ?? said.at(-1) ?? null;
}

function lastOf(
  log: readonly CarrierEvent[],
  on: 'held' | 'muted',
  off: 'unheld' | 'unmuted',
): 'held' | 'muted' | 'unheld' | 'unmuted' | null {
  const event = log.findLast(({ body }) => body.kind === on || body.kind === off);
  if (!event) return null;
  return event.body.kind === on ? on : off;
}
