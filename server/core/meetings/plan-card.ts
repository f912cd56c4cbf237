import type { DealStep, OpenDeal } from '../funnel/default-funnel.ts';
import { atLeast, stageOf } from '../funnel/default-funnel.ts';
import { faultOfPromise, type PromiseTimes } from '../promises/promise-times.ts';

/** What is known when a meeting gets its card. */
export interface MeetingFacts {
  now: Date;
  startsAt: Date;
  /** The company's open deal. */
  deal: OpenDeal | null;
  /** The deal that the meeting was set for has been won or lost meanwhile. */
  dealClosed: boolean;
  /** The company's open promise; `ofMeeting` when it is the meeting itself, `dialled` once a dial met it. */
  openPromise: { ofMeeting: boolean; dialled: boolean } | null;
}

export interface MeetingCard {
  status: 'held' | 'failed';
  /** What was said, or why it failed. */
  card: string | null;
  nextStep: PromiseTimes | null;
}

/** Everything that follows from a meeting's card, to be written in one transaction. */
export interface MeetingPlan {
  /** The attempt `holdMeeting`. */
  yes: boolean;
  deal: DealStep | null;
  /** What becomes of the promise that was open. */
  openPromise: 'keep' | 'fulfil' | 'move';
}

/** What keeps a card from being taken, by the name of its field; null when nothing does. A meeting may be called off ahead of its time, not held. */
export function faultOfCard(
  { now, startsAt }: Pick<MeetingFacts, 'now' | 'startsAt'>,
  { status, card, nextStep }: MeetingCard,
): { field: string; code: string } | null {
  if (status === 'held' && startsAt > now) return { field: 'status', code: 'notYet' };
  if (status === 'held' && (card ?? '') === '') return { field: 'card', code: 'required' };
  const fault = nextStep && faultOfPromise(nextStep, now);
  return fault ? { field: 'nextStep', code: fault } : null;
}

/** What a meeting's card makes (domain.md, `holdMeeting`): held brings the deal to its stage; failed leaves the obligation open. */
export function planCard(facts: MeetingFacts, { status, nextStep }: MeetingCard): MeetingPlan {
  const held = status === 'held';
  return {
    yes: held,
    deal: held && !facts.dealClosed ? atLeast(facts.deal, stageOf.meetingHeld) : null,
    openPromise: openPromiseAfter(facts, held, nextStep !== null),
  };
}

function openPromiseAfter({ openPromise }: MeetingFacts, held: boolean, hasNextStep: boolean): MeetingPlan['openPromise'] {
  if (!openPromise) return 'keep';
  if (held && openPromise.ofMeeting) return 'fulfil';
  if (!hasNextStep) return 'keep';
  return openPromise.dialled ? 'fulfil' : 'move';
}
