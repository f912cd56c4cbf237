import { unchanged } from '../../server/core/dispositions/catalogue.ts';
import type { OutcomeCode } from '../../server/core/dispositions/codes.ts';
import type { DispositionFacts, DispositionRules, OutcomeInput } from '../../server/core/dispositions/facts.ts';
import { promiseTimes } from '../../server/core/promises/promise-times.ts';
import { defaultSettings } from '../../server/contract/settings.ts';

export const moscow = 'Europe/Moscow';
/** A Tuesday, 11:00 in Moscow. */
export const now = new Date('2026-11-24T08:00:00Z');
const { callingHours, retry, promises, dispositions } = defaultSettings;
export const rules: DispositionRules = {
  hours: callingHours,
  holidays: new Set(),
  retry,
  promiseGraceMinutes: promises.graceMinutes,
  sendOfferTaskHours: dispositions.sendOfferTaskHours,
  offerFollowUpDays: dispositions.offerFollowUpDays,
  handoffAcceptHours: dispositions.handoffAcceptHours,
  refusedRestDays: dispositions.refusedRestDays,
  override: unchanged,
};

export const agreed = (localTime: string) =>
  promiseTimes({ kind: 'exact', localTime }, moscow, rules.promiseGraceMinutes, rules.hours, rules.holidays);

/** A talk with a human of a cold company. */
export function talk(more: Partial<DispositionFacts> = {}): DispositionFacts {
  return {
    now,
    call: { direction: 'outbound', endCause: 'completed', answeredBy: 'human', connected: true, isDial: true, phoneId: 1 },
    company: { id: 7, name: 'Север', timeZone: moscow, decisionMakerReachedToday: false, status: 'active', doNotCall: false },
    tries: { today: 1, total: 1, morning: 1, afternoon: 0 },
    deal: null,
    openPromise: null,
    answers: [],
    otherPhones: 1,
    ...more,
  };
}

/** A dial that ended without one. */
export const silent = (endCause: DispositionFacts['call']['endCause'], more: Partial<DispositionFacts> = {}): DispositionFacts =>
  talk({
    call: {
      direction: 'outbound',
      endCause,
      answeredBy: null,
      connected: false,
      isDial: endCause !== 'providerError' && endCause !== 'canceled',
      phoneId: 1,
    },
    ...more,
  });

const decisionMaker = { id: 3, role: 'decisionMaker' } as const;
export const said = (code: OutcomeCode, more: Partial<OutcomeInput> = {}): OutcomeInput => ({
  code,
  contact: decisionMaker,
  newContact: null,
  withDecisionMaker: null,
  meetingNotThePurpose: false,
  promise: null,
  meeting: null,
  reason: null,
  notNowUntil: null,
  sellerId: null,
  note: null,
  ...more,
});
