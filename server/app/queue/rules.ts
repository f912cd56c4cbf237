import type { Settings } from '../../contract/settings.ts';
import { addMinutes, dayBounds, localDay } from '../../core/hours/local-time.ts';
import { agedBefore } from '../../core/queue/ageing.ts';
import type { PlaceRules, QueueRules, QueueView } from '../../core/queue/facts.ts';
import { takeoverOf } from '../../core/queue/takeover.ts';
import type { Desk, QueueQuestion, QueueStore } from '../ports/stores/queue.ts';
import { openCalendars } from './open-calendars.ts';

/** Version of the order's rules, stored with every choice so that an old one can still be understood. */
export const ruleVersion = 3;

/** The part of the settings that places depend on. */
export const placeRules = ({ queue, retry }: Settings): PlaceRules => ({
  maxDialsPerDay: retry.maxDialsPerDay,
  companyPauseMinutes: retry.companyPauseMinutes,
  consentRequired: queue.consentRequired,
  customersBeforeHot: queue.customersBeforeHot,
});

export interface Rep {
  id: number;
  timeZone: string;
}

export interface QueueSight {
  view: QueueView;
  rules: QueueRules;
  question: QueueQuestion;
}

/** Whose promises the rep may take over at an instant. */
function colleaguesHelped({ colleagues }: Desk, settings: Settings, at: Date, dayEnd: Date): Map<number, Date> {
  const nearlyLate = addMinutes(at, settings.queue.takeOverBeforeLateMinutes);
  const seen = colleagues.map(({ id, absent, engagedUntilDeadline }) => ({
    id,
    absent,
    engaged: engagedUntilDeadline !== null && engagedUntilDeadline < nearlyLate,
  }));
  return takeoverOf(seen, at, dayEnd, settings.queue);
}

/** What a rep may see of the queue at an instant: his lists of that day, colleagues whose promises the team takes, calendars in calling hours. */
export function sightOf(desk: Desk, settings: Settings, rep: Rep, at: Date): QueueSight {
  const today = localDay(at, rep.timeZone);
  const day = dayBounds(today, rep.timeZone);
  const takeover = colleaguesHelped(desk, settings, at, day.end);
  const rules: QueueRules = { ...placeRules(settings), hours: settings.callingHours, holidays: desk.hours.holidays };
  const aged = agedBefore(settings.queue.ageingDays, today, rep.timeZone);
  return {
    rules,
    view: { now: at, repId: rep.id, repTimeZone: rep.timeZone, listIds: new Set(desk.listIds), takeover, agedBefore: aged },
    question: {
      repId: rep.id,
      funnelPools: [-rep.id, ...desk.listIds],
      takeover,
      openCalendars: openCalendars(desk.hours, settings.callingHours, at),
      at,
      todayStart: day.start,
      agedBefore: aged,
      repTimeZone: rep.timeZone,
    },
  };
}

/** The same, read now. */
export const lookAtQueue = async (queue: QueueStore, settings: Settings, rep: Rep, at: Date): Promise<QueueSight> =>
  sightOf(await queue.desk(rep.id, localDay(at, rep.timeZone), at), settings, rep, at);
