import type { Settings } from '../../contract/settings.ts';
import { addMinutes, dayBounds, localDay } from '../../core/hours/local-time.ts';
import { agedBefore } from '../../core/queue/ageing.ts';
import { calendarName, isCalendarOpen } from '../../core/queue/calendar.ts';
import type { PlaceRules, QueueRules, QueueView } from '../../core/queue/facts.ts';
import type { QueueQuestion, QueueStore } from '../ports/stores/queue.ts';

/** Version of the order's rules, stored with every choice so that an old one can still be understood. */
export const ruleVersion = 2;

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

/** Whose promises the rep may take over: absent colleagues' overdue ones, and by a setting those that a colleague is late with. */
async function takeoverOf(queue: QueueStore, settings: Settings, rep: Rep, at: Date): Promise<Map<number, Date>> {
  const { teamTakesOverAbsent, takeOverLateMinutes } = settings.queue;
  if (!teamTakesOverAbsent && takeOverLateMinutes === 0) return new Map();
  const late = addMinutes(at, -takeOverLateMinutes);
  const colleagues = await queue.colleagues(rep.id, localDay(at, rep.timeZone));
  return new Map(
    colleagues.flatMap(({ id, absent }): [number, Date][] => {
      if (absent && teamTakesOverAbsent) return [[id, at]];
      return takeOverLateMinutes > 0 ? [[id, late]] : [];
    }),
  );
}

/** What a rep may see of the queue at an instant: his lists of that day, colleagues whose promises the team takes, calendars in calling hours. */
export async function lookAtQueue(queue: QueueStore, settings: Settings, rep: Rep, at: Date): Promise<QueueSight> {
  const today = localDay(at, rep.timeZone);
  // One after another: a transaction is one connection.
  const listIds = await queue.listsOf(rep.id, today);
  const takeover = await takeoverOf(queue, settings, rep, at);
  const calendars = await queue.calendars();
  const holidays = await queue.holidays();
  const rules: QueueRules = { ...placeRules(settings), hours: settings.callingHours, holidays };
  const aged = agedBefore(settings.queue.ageingDays, today, rep.timeZone);
  return {
    rules,
    view: { now: at, repId: rep.id, repTimeZone: rep.timeZone, listIds: new Set(listIds), takeover, agedBefore: aged },
    question: {
      repId: rep.id,
      funnelPools: [-rep.id, ...listIds],
      takeover,
      openCalendars: calendars.filter((calendar) => isCalendarOpen(calendar, at, rules)).map(calendarName),
      at,
      todayStart: dayBounds(today, rep.timeZone).start,
      agedBefore: aged,
      repTimeZone: rep.timeZone,
    },
  };
}
