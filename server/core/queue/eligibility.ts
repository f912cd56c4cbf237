import { isOpen, nextOpening } from '../hours/calling-hours.ts';
import { dayBounds } from '../hours/local-time.ts';
import type { LeadFacts, QueueRules, QueueView } from './facts.ts';

/** What keeps a lead out of a rep's queue, as domain.md lists it. */
export type ExclusionCode =
  | 'held'
  | 'ownedByAnother'
  | 'closedHours'
  | 'doNotCall'
  | 'killed'
  | 'notNow'
  | 'retryPause'
  | 'promiseLater'
  | 'attemptsToday'
  | 'exhausted'
  | 'notInList'
  | 'listPaused'
  | 'noPhone';

/** `until` is when it passes by itself; null when somebody must do something. */
export interface ExclusionFact {
  code: ExclusionCode;
  until: Date | null;
}

/** What keeps a lead out for good, whoever asks and whenever, until the facts change. */
function standing(facts: LeadFacts): ExclusionFact[] {
  const found: ExclusionFact[] = [];
  const add = (code: ExclusionCode, when: boolean): void => {
    if (when) found.push({ code, until: null });
  };
  add('killed', facts.status === 'killed');
  add('doNotCall', facts.doNotCall);
  add('noPhone', !facts.hasPhone);
  add('exhausted', facts.exhausted);
  add('notNow', facts.status === 'notNow' && facts.notNowUntil === null);
  add('notInList', facts.repId === null && facts.list === null);
  add('listPaused', facts.repId === null && facts.list !== null && !facts.list.active);
  return found;
}

/** What passes by itself: each with the instant from which it no longer holds. */
export function waits(facts: LeadFacts, rules: Pick<QueueRules, 'maxDialsPerDay'>): { code: ExclusionCode; until: Date }[] {
  const found: { code: ExclusionCode; until: Date }[] = [];
  if (facts.promise) found.push({ code: 'promiseLater', until: facts.promise.startsAt });
  if (facts.retryAt) found.push({ code: 'retryPause', until: facts.retryAt });
  if (facts.status === 'notNow' && facts.notNowUntil !== null) {
    found.push({ code: 'notNow', until: dayBounds(facts.notNowUntil, facts.timeZone).start });
  }
  if (facts.triesOn !== null && facts.triesToday >= rules.maxDialsPerDay) {
    found.push({ code: 'attemptsToday', until: dayBounds(facts.triesOn, facts.timeZone).end });
  }
  return found;
}

/** Whether it can be in any queue at all, now or later. */
export const isCallable = (facts: LeadFacts): boolean => standing(facts).length === 0;

/** A promise that the prospect asked for outside the hours may be dialled inside its window whatever the clock says. */
function hoursAllow(facts: LeadFacts, view: QueueView, rules: QueueRules): boolean {
  const promise = facts.promise;
  if (promise?.askedOutsideHours && view.now >= promise.startsAt && view.now <= promise.deadlineAt) return true;
  return isOpen(view.now, facts.timeZone, rules.hours, rules.holidays);
}

/** Another's lead stays his, unless he is absent and his promise is overdue: then the team takes it. */
function isMine(facts: LeadFacts, view: QueueView): boolean {
  if (facts.repId === null || facts.repId === view.repId) return true;
  return view.absentRepIds.has(facts.repId) && facts.promise !== null && facts.promise.deadlineAt < view.now;
}

/** Everything that keeps the lead out of this rep's queue at this instant; empty when it is in. */
export function exclusionsOf(facts: LeadFacts, view: QueueView, rules: QueueRules): ExclusionFact[] {
  const found = standing(facts);
  for (const wait of waits(facts, rules)) if (wait.until > view.now) found.push(wait);
  if (facts.heldBy !== null) found.push({ code: 'held', until: null });
  if (!isMine(facts, view)) found.push({ code: 'ownedByAnother', until: null });
  const list = facts.list;
  if (facts.repId === null && list?.active && !view.listIds.has(list.id)) found.push({ code: 'notInList', until: null });
  if (!hoursAllow(facts, view, rules)) {
    found.push({ code: 'closedHours', until: nextOpening(view.now, facts.timeZone, rules.hours, rules.holidays) });
  }
  return found;
}
