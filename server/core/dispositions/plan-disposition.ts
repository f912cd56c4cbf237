import type { DealStep } from '../funnel/default-funnel.ts';
import { atLeast, stageOf } from '../funnel/default-funnel.ts';
import { nextOpening, workingDaysLater } from '../hours/calling-hours.ts';
import { addDays, addMinutes, localDay } from '../hours/local-time.ts';
import { promiseTimes } from '../promises/promise-times.ts';
import type { FailedOutcome, Retry } from '../retry/plan-retry.ts';
import { planRetry } from '../retry/plan-retry.ts';
import { talked } from './check-input.ts';
import type { DispositionFacts, DispositionRules, OutcomeInput } from './facts.ts';
import type { DispositionPlan, PlannedTask } from './plan.ts';
import { plannedAttempts, talkedToDecisionMaker } from './plan-attempts.ts';

/** What an outcome decides by itself; attempts and contacts follow from the same rules for all of them. */
type Following = Omit<DispositionPlan, 'withDecisionMaker' | 'talked' | 'attempts' | 'newDecisionMaker' | 'backToWork'>;

/**
 * Everything that follows from the outcome of a call (domain.md, "Dispositions" and "Calls create the records").
 * The input must have passed `checkInput`.
 */
export function planDisposition(facts: DispositionFacts, input: OutcomeInput, rules: DispositionRules): DispositionPlan {
  const following = owedOnly(facts, followingOf(facts, input, rules));
  const withDecisionMaker = talkedToDecisionMaker(facts, input);
  return {
    ...following,
    task: rules.override.createsTask || input.code === 'handOver' ? following.task : null,
    withDecisionMaker,
    talked: talked(facts) && input.code !== 'machine' && input.code !== 'noAnswer',
    attempts: plannedAttempts(facts, input, following.deal?.kind === 'lose'),
    backToWork: following.promise !== null && facts.company.status !== 'active',
    newDecisionMaker:
      withDecisionMaker && (input.newContact !== null || (input.contact !== null && input.contact.role !== 'decisionMaker')),
  };
}

/** Whoever forbade calls is owed none: an offer or a meeting of theirs makes no promise that nobody could keep. */
function owedOnly(facts: DispositionFacts, following: Following): Following {
  if (!facts.company.doNotCall || !following.promise) return following;
  return { ...following, promise: null, openPromise: closing(facts) };
}

function followingOf(facts: DispositionFacts, input: OutcomeInput, rules: DispositionRules): Following {
  switch (input.code) {
    case 'callBack':
      return {
        ...agreed(facts, input),
        deal: talkedToDecisionMaker(facts, input) ? atLeast(facts.deal, stageOf.decisionMakerReached) : null,
      };
    case 'gatekeeper':
      return input.promise ? agreed(facts, input) : failed(facts, 'gatekeeper', rules);
    case 'refused':
      return ended(facts, input, { notNowUntil: addDays(localDay(facts.now, facts.company.timeZone), rules.refusedRestDays) });
    case 'sendOffer':
      return offer(facts, input, rules);
    case 'meetingSet':
      return meeting(facts, input, rules);
    case 'notNow':
      return { ...nothing, openPromise: closing(facts), notNowUntil: input.notNowUntil, statusReason: input.reason, resetTries: true };
    case 'handOver':
      return handOver(facts, rules);
    case 'kill':
      return ended(facts, input, { kill: true });
    case 'wrongNumber':
    case 'invalidNumber':
      return { ...nothing, openPromise: keeping(facts), retirePhone: input.code, retry: nextNumber(facts, rules) };
    case 'noAnswer':
      return failed(facts, facts.call.endCause === 'unknown' ? 'unknown' : 'noAnswer', rules);
    case 'busy':
    case 'rejected':
    case 'machine':
    case 'providerError':
    case 'canceled':
      return failed(facts, input.code, rules);
    default:
      return input.code satisfies never;
  }
}

const nothing: Following = {
  deal: null,
  task: null,
  promise: null,
  openPromise: 'none',
  meeting: null,
  retry: null,
  resetTries: false,
  retirePhone: null,
  notNowUntil: null,
  statusReason: null,
  kill: false,
  handOver: false,
};

/** An open promise outlives a dial that failed. */
const keeping = (facts: DispositionFacts): 'keep' | 'none' => (facts.openPromise ? 'keep' : 'none');

/** A talk ends the promise: kept when a dial met it, otherwise nothing is owed any more. */
function closing(facts: DispositionFacts): 'fulfil' | 'withdraw' | 'none' {
  if (!facts.openPromise) return 'none';
  return facts.openPromise.dialled ? 'fulfil' : 'withdraw';
}

/** A new time takes the place of the old: kept when a dial met it, otherwise moved. */
const replacing = (facts: DispositionFacts): 'fulfil' | 'move' | 'none' =>
  closing(facts) === 'withdraw' ? 'move' : facts.openPromise ? 'fulfil' : 'none';

function agreed(facts: DispositionFacts, input: OutcomeInput): Following {
  return {
    ...nothing,
    promise: input.promise && { ...input.promise, origin: 'callback' },
    openPromise: replacing(facts),
    resetTries: talked(facts),
  };
}

function failed(facts: DispositionFacts, outcome: FailedOutcome, rules: DispositionRules): Following {
  return { ...nothing, openPromise: keeping(facts), retry: retryAfter(facts, outcome, rules) };
}

function retryAfter(facts: DispositionFacts, outcome: FailedOutcome, rules: DispositionRules): Retry {
  const { now, company, tries, openPromise, answers } = facts;
  const tried = { triesToday: tries.today, triesTotal: tries.total, triedMorning: tries.morning, triedAfternoon: tries.afternoon };
  return planRetry({ outcome, now, timeZone: company.timeZone, ...tried, promiseOpen: openPromise !== null, answers }, rules.retry, rules);
}

/** The next number of the company is tried at once: nobody there has been disturbed yet. The limits hold all the same. */
function nextNumber(facts: DispositionFacts, rules: DispositionRules): Retry {
  if (facts.otherPhones === 0) return { readyAt: facts.now, exhausted: 'noPhone' };
  const limited = facts.tries.today >= rules.retry.maxDialsPerDay || facts.tries.total >= rules.retry.maxDialsInAll;
  if (limited) return retryAfter(facts, 'noAnswer', rules);
  return { readyAt: nextOpening(facts.now, facts.company.timeZone, rules.hours, rules.holidays), exhausted: null };
}

function ended(facts: DispositionFacts, input: OutcomeInput, how: { kill: true } | { notNowUntil: string }): Following {
  const reason = input.reason ?? '';
  const deal = facts.deal ? ({ kind: 'lose', dealId: facts.deal.id, reason } as const) : null;
  return { ...nothing, ...how, deal, statusReason: reason, openPromise: closing(facts), resetTries: true };
}

function offer(facts: DispositionFacts, input: OutcomeInput, rules: DispositionRules): Following {
  const task: PlannedTask = { kind: 'sendOffer', dueAt: addMinutes(facts.now, rules.sendOfferTaskHours * 60), to: 'leastLoaded' };
  return {
    ...nothing,
    deal: atLeast(facts.deal, stageOf.offerSent),
    task,
    promise: { ...(input.promise ?? followUp(facts, rules)), origin: 'offer' },
    openPromise: replacing(facts),
    resetTries: true,
  };
}

/** When nothing else was said, the offer is followed up during the n-th working day after it. */
function followUp({ now, company }: DispositionFacts, rules: DispositionRules) {
  const day = workingDaysLater(localDay(now, company.timeZone), rules.offerFollowUpDays, rules.hours, rules.holidays);
  return promiseTimes(
    { kind: 'window', day, from: rules.hours.from, to: rules.hours.to },
    company.timeZone,
    rules.promiseGraceMinutes,
    rules.hours,
    rules.holidays,
  );
}

function meeting(facts: DispositionFacts, input: OutcomeInput, rules: DispositionRules): Following {
  if (!input.meeting) return nothing;
  const { startsAt, localTime } = input.meeting;
  // Unless another time was agreed, the meeting itself is the next contact.
  const atMeeting = promiseTimes(
    { kind: 'exact', localTime },
    facts.company.timeZone,
    rules.promiseGraceMinutes,
    rules.hours,
    rules.holidays,
  );
  return {
    ...nothing,
    deal: atLeast(facts.deal, stageOf.needRecognised),
    task: { kind: 'holdMeeting', dueAt: startsAt, to: 'rep' },
    meeting: { startsAt },
    promise: { ...(input.promise ?? atMeeting), origin: 'meeting' },
    openPromise: replacing(facts),
    resetTries: true,
  };
}

/** While the seller decides, nobody else calls the company. */
function handOver(facts: DispositionFacts, rules: DispositionRules): Following {
  const dueAt = addMinutes(facts.now, rules.handoffAcceptHours * 60);
  const deal: DealStep | null = atLeast(facts.deal, stageOf.needRecognised);
  return {
    ...nothing,
    deal,
    task: { kind: 'acceptHandoff', dueAt, to: 'seller' },
    handOver: true,
    openPromise: closing(facts),
    retry: { readyAt: nextOpening(dueAt, facts.company.timeZone, rules.hours, rules.holidays), exhausted: null },
    resetTries: true,
  };
}
