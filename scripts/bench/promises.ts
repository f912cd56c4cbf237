import { defaultSettings } from '../../server/contract/settings.ts';
import { simulateDepartment, type Department, type Outcome } from '../../server/core/simulation/department.ts';
import { callOrders } from '../../server/core/simulation/orders.ts';
import { percentile, rounded, type Bench } from './lib/row.ts';

const minuteMs = 60_000;
/** What a head would set who wants every promise kept: fewer cold dials for it. */
const longGuardMinutes = 8;

/** Only promises whose deadline lies in the simulated time are judged. */
function figuresOf(outcome: Outcome): { metric: string; value: number; unit: string }[] {
  const due = outcome.promises.filter(({ deadlineAt }) => deadlineAt <= outcome.endedAt);
  const lateMinutes = due.map(({ dialledAt, deadlineAt }) =>
    Math.max(0, ((dialledAt ?? outcome.endedAt).getTime() - deadlineAt.getTime()) / minuteMs),
  );
  const onTime = (kind: 'exact' | 'window'): number => {
    const ofKind = due.filter((promise) => promise.kind === kind);
    const kept = ofKind.filter(({ dialledAt, deadlineAt }) => dialledAt !== null && dialledAt <= deadlineAt);
    return rounded((100 * kept.length) / Math.max(1, ofKind.length), 2);
  };
  return [
    { metric: 'exact-time promises dialled within 5 minutes', value: onTime('exact'), unit: '%' },
    { metric: 'window promises dialled inside the window', value: onTime('window'), unit: '%' },
    { metric: 'lateness, 90th percentile', value: rounded(percentile(lateMinutes, 0.9)), unit: 'min' },
    { metric: 'latest of all', value: rounded(Math.max(0, ...lateMinutes) / 60), unit: 'h' },
    { metric: 'promises due', value: due.length, unit: 'promises' },
    { metric: 'hot companies reached', value: outcome.hotReached, unit: 'companies' },
    { metric: 'cold dials', value: outcome.coldDials, unit: 'dials' },
    { metric: 'utilisation', value: rounded((100 * outcome.busySeconds) / outcome.presentSeconds), unit: '%' },
    { metric: 'started to work', value: outcome.started, unit: 'companies' },
  ];
}

/** Four weeks of fifty reps, run with our order and with those of the market; every company has the same chances in each (`--seed`). */
export function bench({ row, option }: Bench): Promise<void> {
  const { callingHours, retry, promises, queue } = defaultSettings;
  const department: Department = {
    timeZone: 'Europe/Moscow',
    hours: callingHours,
    holidays: new Set(),
    retry,
    graceMinutes: promises.graceMinutes,
    perQuarterHour: promises.perQuarterHour,
    firstDay: '2026-11-02',
    workingDays: Number(option('days') ?? 20),
    reps: Number(option('reps') ?? 50),
    teamSize: 10,
    companiesPerRep: 500,
    absentShare: 0.04,
    talkSeconds: 150,
    wrapUpSeconds: 30,
    restSeconds: 12,
    guardMinutes: promises.guardMinutes,
    seed: Number(option('seed') ?? 1),
  };
  const rules = {
    hours: callingHours,
    holidays: new Map<string, ReadonlySet<string>>(),
    companyPauseMinutes: retry.companyPauseMinutes,
    consentRequired: queue.consentRequired,
    maxDialsPerDay: retry.maxDialsPerDay,
    customersBeforeHot: queue.customersBeforeHot,
  };
  const tell = (name: string, outcome: Outcome): void => {
    for (const figure of figuresOf(outcome)) row({ case: name, ...figure });
  };
  for (const order of callOrders) tell(order.name, simulateDepartment(department, order, rules));
  for (const order of callOrders.filter(({ guards }) => guards))
    tell(
      `${order.name}, guard of ${longGuardMinutes} minutes`,
      simulateDepartment({ ...department, guardMinutes: longGuardMinutes }, order, rules),
    );
  return Promise.resolve();
}
