import type { DispositionCode } from '../../../server/contract/http/calls.ts';
import type { Random } from '../random.ts';
import type { EndCause } from './rows.ts';

export type Outcome = Exclude<DispositionCode, 'canceled'>;

/** What cold dials come to, in parts of a thousand. */
const coldDial = { noAnswer: 260, busy: 85, machine: 55, rejected: 40, invalidNumber: 18, providerError: 8, talk: 534 } as const;
/** A prospect who agreed a time answers more often. */
const agreedDial = { noAnswer: 130, busy: 60, machine: 15, rejected: 15, providerError: 5, talk: 775 } as const;

const coldTalk = {
  gatekeeper: 500,
  callBack: 150,
  refused: 165,
  notNow: 60,
  sendOffer: 48,
  meetingSet: 36,
  wrongNumber: 26,
  kill: 10,
  handOver: 5,
} as const;
const agreedTalk = { gatekeeper: 150, callBack: 330, refused: 215, notNow: 90, sendOffer: 115, meetingSet: 90, handOver: 10 } as const;
const offerTalk = { gatekeeper: 110, callBack: 330, refused: 225, notNow: 80, meetingSet: 235, handOver: 20 } as const;
const hotTalk = { gatekeeper: 70, callBack: 760, refused: 130, handOver: 40 } as const;
const customerTalk = { gatekeeper: 120, callBack: 780, notNow: 100 } as const;

/** How one dial of a company ends, by how far it has come. */
export function drawOutcome(random: Random, at: { stage: number; agreed: boolean; customer: boolean }): Outcome {
  const dialled = at.agreed ? random.weighted(agreedDial) : random.weighted(coldDial);
  if (dialled !== 'talk') return dialled;
  if (at.customer) return random.weighted(customerTalk);
  if (at.stage >= 4) return random.weighted(hotTalk);
  if (at.stage === 3) return random.weighted(offerTalk);
  return at.agreed ? random.weighted(agreedTalk) : random.weighted(coldTalk);
}

const notTalked: Readonly<Partial<Record<Outcome, EndCause>>> = {
  noAnswer: 'noAnswer',
  busy: 'busy',
  machine: 'machine',
  rejected: 'rejected',
  invalidNumber: 'invalidNumber',
  providerError: 'providerError',
};

/** The carrier's word for it; every talk ends as completed. */
export const causeOf = (outcome: Outcome): EndCause => notTalked[outcome] ?? 'completed';

const talkLength: Readonly<Partial<Record<Outcome, readonly [number, number]>>> = {
  callBack: [45, 190],
  gatekeeper: [18, 70],
  refused: [30, 140],
  sendOffer: [120, 260],
  meetingSet: [140, 265],
  notNow: [50, 160],
  wrongNumber: [8, 30],
  handOver: [150, 265],
  kill: [15, 60],
};

/** Seconds from answer to end; nothing when nobody talked. */
export function drawTalkSeconds(random: Random, outcome: Outcome): number {
  const range = talkLength[outcome];
  return range ? random.integer(range[0], range[1]) : 0;
}

const ringLength: Readonly<Partial<Record<Outcome, readonly [number, number]>>> = {
  noAnswer: [28, 30],
  machine: [12, 16],
  rejected: [4, 9],
  busy: [1, 2],
  invalidNumber: [1, 2],
  providerError: [1, 1],
};

/** Seconds from dialling to answer or end. */
export function drawRingSeconds(random: Random, outcome: Outcome): number {
  const [lowest, highest] = ringLength[outcome] ?? [3, 16];
  return random.integer(lowest, highest);
}

/** Whether the talk was with a decision maker; a call back is agreed with one in most cases. */
export function withDecisionMaker(random: Random, outcome: Outcome): boolean {
  if (outcome === 'callBack') return random.chance(0.7);
  if (outcome === 'refused' || outcome === 'notNow') return random.chance(0.8);
  return outcome === 'sendOffer' || outcome === 'meetingSet' || outcome === 'handOver';
}
