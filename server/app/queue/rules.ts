import type { Settings } from '../../contract/settings.ts';
import { isOpen } from '../../core/hours/calling-hours.ts';
import { dayBounds, localDay } from '../../core/hours/local-time.ts';
import type { QueueRules, QueueView } from '../../core/queue/facts.ts';
import type { QueueQuestion, QueueStore } from '../ports/stores/queue.ts';

/** Version of the order's rules, stored with every choice so that an old one can still be understood. */
export const ruleVersion = 1;

/** The part of the settings that the order depends on. */
export const queueRules = (settings: Settings, holidays: readonly string[]): QueueRules => ({
  hours: settings.callingHours,
  holidays: new Set(holidays),
  maxDialsPerDay: settings.retry.maxDialsPerDay,
  customersBeforeHot: settings.queue.customersBeforeHot,
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

/** What a rep may see of the queue at an instant: his lists of that day, absent colleagues, zones in calling hours. */
export async function lookAtQueue(queue: QueueStore, settings: Settings, rep: Rep, at: Date): Promise<QueueSight> {
  const today = localDay(at, rep.timeZone);
  // One after another: a transaction is one connection.
  const listIds = await queue.listsOf(rep.id, today);
  const absentRepIds = settings.queue.teamTakesOverAbsent ? await queue.absentColleagues(rep.id, today) : [];
  const zones = await queue.zones();
  const holidays = await queue.holidays();
  const rules = queueRules(settings, holidays);
  return {
    rules,
    view: { now: at, repId: rep.id, repTimeZone: rep.timeZone, listIds: new Set(listIds), absentRepIds: new Set(absentRepIds) },
    question: {
      repId: rep.id,
      listIds,
      absentRepIds,
      openZones: zones.filter((zone) => isOpen(at, zone, rules.hours, rules.holidays)),
      at,
      todayStart: dayBounds(today, rep.timeZone).start,
      repTimeZone: rep.timeZone,
    },
  };
}
