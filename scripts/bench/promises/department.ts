import { defaultSettings } from '../../../server/contract/settings.ts';
import type { QueueRules } from '../../../server/core/queue/facts.ts';
import type { Department } from '../../../server/core/simulation/run.ts';

const { callingHours, retry, promises, inbound, queue } = defaultSettings;

/** The rules of the queue, at their defaults. */
export const queueRules: QueueRules = {
  hours: callingHours,
  holidays: new Map(),
  companyPauseMinutes: retry.companyPauseMinutes,
  consentRequired: queue.consentRequired,
  maxDialsPerDay: retry.maxDialsPerDay,
  customersBeforeHot: queue.customersBeforeHot,
};

/** A department with the product's default settings. */
export function departmentOf(size: { reps: number; days: number; seed: number; guardPercent: number }): Department {
  return {
    timeZone: 'Europe/Moscow',
    hours: callingHours,
    holidays: new Set(),
    retry,
    ...{ graceMinutes: promises.graceMinutes, perQuarterHour: promises.perQuarterHour },
    ...{ guardMinutes: promises.guardMinutes, guardPercent: size.guardPercent, takeover: queue },
    ...{ firstDay: '2026-11-02', workingDays: size.days, reps: size.reps, seed: size.seed },
    ...{ teamSize: 10, companiesPerRep: 1_500, freshPerDay: 1.5, callBackMinutes: inbound.callBackMinutes },
    ...{ absentShare: 0.04, lateShare: 0.05, lateMinutes: 20, lunchMinutes: 45 },
    ...{ talkSeconds: 150, wrapUpSeconds: 30, restSeconds: 12 },
  };
}
