import { addMinutes, dayBounds } from '../hours/local-time.ts';
import { isCalendarOpen, nextCalendarOpening } from './calendar.ts';
import { consentAllows } from './consent.ts';
import type { LeadFacts, PlaceRules, QueueRules, QueueView } from './facts.ts';

/** What keeps a lead out of a rep's queue, as domain.md lists it. */
export type ExclusionCode =
  | 'held'
  | 'ownedByAnother'
  | 'closedHours'
  | 'doNotCall'
  | 'killed'
  | 'notNow'
  | 'retryPause'
  | 'companyPause'
  | 'promiseLater'
  | 'attemptsToday'
  | 'exhausted'
  | 'notInList'
  | 'listPaused'
  | 'noPhone'
  | 'noConsent';

/** `until` is when it passes by itself; null when somebody must do something. */
export interface ExclusionFact {
  code: ExclusionCode;
  until: Date | null;
}

/** What keeps a lead out for good, whoever asks and whenever, until the facts change. */
function standing(facts: LeadFacts, rules: Pick<PlaceRules, 'consentRequired'>): ExclusionFact[] {
  const found: ExclusionFact[] = [];
  const add = (code: ExclusionCode, when: boolean): void => {
    if (when) found.push({ code, until: null });
  };
  add('killed', facts.status === 'killed');
  add('doNotCall', facts.doNotCall);
  add('noPhone', !facts.hasPhone);
  add('noConsent', facts.hasPhone && !consentAllows(facts.consent, rules.consentRequired));
  add('exhausted', facts.exhausted);
  add('notNow', facts.status === 'notNow' && facts.notNowUntil === null);
  add('notInList', facts.repId === null && facts.list === null);
  add('listPaused', facts.repId === null && facts.list !== null && !facts.list.active);
  return found;
}

/** What passes by itself: each with the instant from which it no longer holds. */
export function waits(
  facts: LeadFacts,
  rules: Pick<PlaceRules, 'maxDialsPerDay' | 'companyPauseMinutes'>,
): { code: ExclusionCode; until: Date }[] {
  const found: { code: ExclusionCode; until: Date }[] = [];
  if (facts.promise) found.push({ code: 'promiseLater', until: facts.promise.startsAt });
  if (facts.retryAt) found.push({ code: 'retryPause', until: facts.retryAt });
  // Who called and was missed waits for us: his own call is no reason to make him wait longer.
  if (facts.lastCallAt && rules.companyPauseMinutes > 0 && !facts.promise?.missedCall) {
    found.push({ code: 'companyPause', until: addMinutes(facts.lastCallAt, rules.companyPauseMinutes) });
  }
  if (facts.status === 'notNow' && facts.notNowUntil !== null) {
    found.push({ code: 'notNow', until: dayBounds(facts.notNowUntil, facts.timeZone).start });
  }
  if (facts.triesOn !== null && facts.triesToday >= rules.maxDialsPerDay) {
    found.push({ code: 'attemptsToday', until: dayBounds(facts.triesOn, facts.timeZone).end });
  }
  return found;
}

/** Whether it can be in any queue at all, now or later. */
export const isCallable = (facts: LeadFacts, rules: Pick<PlaceRules, 'consentRequired'>): boolean => standing(facts, rules).length === 0;

/** A promise that the prospect asked for outside the hours may be dialled inside its window whatever the clock says. */
function hoursAllow(facts: LeadFacts, view: QueueView, rules: QueueRules): boolean {
  const promise = facts.promise;
  if (promise?.askedOutsideHours && view.now >= promise.startsAt && view.now <= promise.deadlineAt) return true;
  return isCalendarOpen(facts, view.now, rules);
}

/** Another's lead stays his, unless his promise is overdue and he is absent, or late beyond the setting: then the team takes it. */
function isMine(facts: LeadFacts, view: QueueView): boolean {
  if (facts.repId === null || facts.repId === view.repId) return true;
  const before = view.takeover.get(facts.repId);
  return before !== undefined && facts.promise !== null && facts.promise.deadlineAt < before;
}

/** Everything that keeps the lead out of this rep's queue at this instant; empty when it is in. */
export function exclusionsOf(facts: LeadFacts, view: QueueView, rules: QueueRules): ExclusionFact[] {
  const found = standing(facts, rules);
  for (const wait of waits(facts, rules)) if (wait.until > view.now) found.push(wait);
  if (facts.heldBy !== null) found.push({ code: 'held', until: null });
  if (!isMine(facts, view)) found.push({ code: 'ownedByAnother', until: null });
  const list = facts.list;
  if (facts.repId === null && list?.active && !view.listIds.has(list.id)) found.push({ code: 'notInList', until: null });
  if (!hoursAllow(facts, view, rules)) {
    found.push({ code: 'closedHours', until: nextCalendarOpening(facts, view.now, rules) });
  }
  return found;
}
