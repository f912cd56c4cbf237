/** Why a rep is asked: he holds the company's card, the company is his, or he is of that one's team. */
export type Relation = 'holder' | 'owner' | 'team';

/** Somebody who could answer an arriving call, as he is now. */
export interface Answerer {
  repId: number;
  relation: Relation;
  /** Says that he is ready, and his console still refreshes it. */
  ready: boolean;
  /** In a call, or in one that still wants its outcome. */
  inCall: boolean;
  absent: boolean;
  /** Inside the calling hours of his own zone. */
  inHours: boolean;
  /** He waved this call on. */
  declined: boolean;
  /** Since when this call rings for him; null when it did not yet. */
  rangAt: Date | null;
}

/** The settings that ringing obeys. */
export interface RingRules {
  ownerRingSeconds: number;
  teamRing: boolean;
  teamRingSeconds: number;
  ringOutsideHours: boolean;
  voicemail: boolean;
}

/** What becomes of the caller now. `until` is when to decide again though nothing else has changed. */
export type RingStep =
  | { kind: 'ring'; stage: 'first' | 'team'; repIds: number[]; until: Date }
  | { kind: 'voicemail' }
  | { kind: 'turnAway' };

interface Waiting {
  /** Someone is in a call with the company already: it could not be answered, only disturbed. */
  companyInCall: boolean;
  answerers: readonly Answerer[];
}

/**
 * For whom an arriving call rings at this instant: first for who holds the card, then for whose company it is, then for the whole
 * team with him, then nobody is left. Decided anew at every change, so that who becomes free in the meantime is rung, and who has
 * declined, gone or begun another call is not.
 */
export function decideRing({ companyInCall, answerers }: Waiting, rules: RingRules, now: Date): RingStep {
  const end: RingStep = rules.voicemail ? { kind: 'voicemail' } : { kind: 'turnAway' };
  if (companyInCall) return end;
  const able = answerers.filter((answerer) => mayRing(answerer, rules));
  const teamSince = earliest(answerers.filter(({ relation }) => relation === 'team').map(({ rangAt }) => rangAt));
  if (teamSince === null) {
    const first = firstOf(able, rules, now);
    if (first) return { kind: 'ring', stage: 'first', repIds: [first.answerer.repId], until: first.until };
  }
  const team = rules.teamRing && able.some(({ relation }) => relation === 'team');
  const until = later(teamSince ?? now, rules.teamRingSeconds);
  if (!team || now >= until) return end;
  return { kind: 'ring', stage: 'team', repIds: able.map(({ repId }) => repId).sort((one, other) => one - other), until };
}

const mayRing = ({ ready, inCall, absent, inHours, declined }: Answerer, rules: RingRules): boolean =>
  ready && !inCall && !absent && !declined && (inHours || rules.ringOutsideHours);

/** The holder before the owner, each for his own time. */
function firstOf(able: readonly Answerer[], rules: RingRules, now: Date): { answerer: Answerer; until: Date } | null {
  for (const relation of ['holder', 'owner'] as const) {
    const answerer = able.find((candidate) => candidate.relation === relation);
    const until = later(answerer?.rangAt ?? now, rules.ownerRingSeconds);
    if (answerer && now < until) return { answerer, until };
  }
  return null;
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((first, instant) => (first === null || (instant !== null && instant < first) ? instant : first), null);
}

const later = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);
