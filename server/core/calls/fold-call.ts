import type { AnsweredBy, CallState, CarrierEvent, CarrierEventKind, EndCause } from './carrier-event.ts';
import type { PartyState } from './call-party.ts';
import { callStates, provesDial } from './carrier-event.ts';
import { announcementOf, type AnnouncementState } from './announcement.ts';

/** What the log of a call says about it. Instants are never before the intent. */
export interface FoldedCall {
  state: CallState;
  endCause: EndCause | null;
  /** Until when it waits for a line; null when it does not, or does no more. */
  waitsUntil: Date | null;
  /** Taken back while it waited: nobody was dialled. */
  takenBack: boolean;
  ringingAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Whole seconds from answer to end of a connected call; 0 for a machine and while the call lives. */
  talkSeconds: number;
  held: boolean;
  muted: boolean;
  /** Who was asked into the live call besides the prospect, in a word of `partyWord`. */
  party: { word: string; state: PartyState } | null;
  recordingPaused: boolean;
  /** How far the announcement of the recording came; null while none was begun. */
  announcement: Exclude<AnnouncementState, 'asked'> | null;
  /** The rep left a clip on the machine that answered. */
  messageLeft: boolean;
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
    waitsUntil: waitOf(log),
    takenBack: stateOf(log) === 'ended' && !log.some(({ body }) => provesDial(body)),
    ringingAt: log.find((event) => event.body.kind === 'ringing')?.at ?? null,
    answeredAt: answered?.at ?? null,
    endedAt: end?.at ?? null,
    talkSeconds: connected && end ? Math.floor((end.at.getTime() - answered.at.getTime()) / 1000) : 0,
    held: !end && lastOf(log, 'held', 'unheld') === 'held',
    muted: !end && lastOf(log, 'muted', 'unmuted') === 'muted',
    party: end ? null : partyOf(log),
    recordingPaused: !end && lastOf(log, 'recordingPaused', 'recordingResumed') === 'recordingPaused',
    announcement: announcementOf(log, end?.at ?? null),
    messageLeft: log.some(({ body }) => body.kind === 'messageLeft'),
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

/** Each wait replaces the one before; anything that proves a dial ends it. */
function waitOf(log: readonly CarrierEvent[]): Date | null {
  const last = log.findLast(({ body }) => body.kind === 'waiting');
  if (last?.body.kind !== 'waiting' || stateOf(log) !== 'intent') return null;
  return new Date(last.at.getTime() + last.body.seconds * 1000);
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
    case 'waiting':
    case 'answeredBy':
    case 'held':
    case 'unheld':
    case 'muted':
    case 'unmuted':
    case 'digits':
    case 'transferred':
    case 'partyAsked':
    case 'partyJoined':
    case 'partyMerged':
    case 'partyLeft':
    case 'recordingPaused':
    case 'recordingResumed':
    case 'announcementStarted':
    case 'announcementEnded':
    case 'messageLeft':
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

/** What became of whoever was asked in last; in which order it was told since then does not matter. */
function partyOf(log: readonly CarrierEvent[]): FoldedCall['party'] {
  const asked = log.findLastIndex(({ body }) => body.kind === 'partyAsked');
  const body = log[asked]?.body;
  if (body?.kind !== 'partyAsked') return null;
  const since = new Set(log.slice(asked + 1).map((event) => event.body.kind));
  if (since.has('partyLeft') || since.has('transferred')) return null;
  const state = since.has('partyMerged') ? 'merged' : since.has('partyJoined') ? 'joined' : 'asked';
  return { word: body.party, state };
}

/** Whether this party was talking with the rep when the prospect was handed on. */
export function hadJoined(events: readonly CarrierEvent[], word: string): boolean {
  const log = inCarrierOrder(events);
  const handedOn = log.find(({ body }) => body.kind === 'transferred');
  const party = partyOf(
    log.filter(({ at, body }) => body.kind !== 'transferred' && !(body.kind === 'partyLeft' && handedOn && at >= handedOn.at)),
  );
  return handedOn !== undefined && party?.word === word && party.state !== 'asked';
}

function lastOf<On extends CarrierEventKind, Off extends CarrierEventKind>(
  log: readonly CarrierEvent[],
  on: On,
  off: Off,
): On | Off | null {
  const event = log.findLast(({ body }) => body.kind === on || body.kind === off);
  if (!event) return null;
  return event.body.kind === on ? on : off;
}
