import type { EndCause } from '../calls/carrier-event.ts';
import type { AttemptKind } from '../dispositions/plan.ts';

/** Everything that is counted (domain.md, "Defaults and definitions"); the names stand in the table of counters. */
export const metrics = [
  'dials',
  'providerErrors',
  'connects',
  'talkSeconds',
  'reachDecisionMaker.yes',
  'reachDecisionMaker.no',
  'setMeeting.yes',
  'setMeeting.no',
  'holdMeeting.yes',
  'holdMeeting.no',
  'close.yes',
  'close.no',
  'promises.onTime',
  'promises.late',
  'promises.broken',
  'wins',
  'started',
] as const;
export type Metric = (typeof metrics)[number];
export type Counts = Partial<Record<Metric, number>>;

/** What a count is kept by; 0 stands for none. `day` and `hour` are the rep's. */
export interface Dimensions {
  day: string;
  hour: number;
  repId: number;
  teamId: number;
  listId: number;
  channelId: number;
  sourceId: number;
}

export interface CountedCall {
  ended: boolean;
  direction: 'outbound' | 'inbound';
  /** Whether the intent reached the carrier. */
  dialled: boolean;
  endCause: EndCause | null;
  connected: boolean;
  talkSeconds: number;
}

/** What an ended call counts; a live one counts nothing yet. A provider error charges nobody. */
export function countsOfCall(call: CountedCall): Counts {
  if (!call.ended) return {};
  const talk: Counts = call.connected ? { connects: 1, talkSeconds: call.talkSeconds } : {};
  if (call.direction === 'inbound' || !call.dialled) return talk;
  return call.endCause === 'providerError' ? { ...talk, providerErrors: 1 } : { ...talk, dials: 1 };
}

export const countsOfAttempt = (attempt: { kind: AttemptKind; yes: boolean }): Counts => ({
  [`${attempt.kind}.${attempt.yes ? 'yes' : 'no'}` satisfies Metric]: 1,
});

export const countsOfPromise = (outcome: 'onTime' | 'late' | 'broken'): Counts => ({ [`promises.${outcome}` satisfies Metric]: 1 });

/** A win counts; one by started work also counts as started, for who closed and for who handed over. */
export const countsOfWin = (kind: string): Counts => (kind === 'workStarted' ? { wins: 1, started: 1 } : { wins: 1 });

/** What has to be added to get from one count to another; metrics that stay are left out. */
export function differenceOf(before: Counts, after: Counts): Counts {
  const changed = metrics
    .map((metric) => [metric, (after[metric] ?? 0) - (before[metric] ?? 0)] as const)
    .filter(([, value]) => value !== 0);
  return Object.fromEntries(changed);
}
