import { missCauses } from '../../../server/core/simulation/misses.ts';
import type { Outcome } from '../../../server/core/simulation/run.ts';
import { percentile, rounded } from '../lib/row.ts';

const minuteMs = 60_000;

export interface Figure {
  metric: string;
  value: number;
  unit: string;
}

/** What a department's weeks come to; only promises whose deadline lies in them are judged. */
export function figuresOf(outcome: Outcome): Figure[] {
  const due = outcome.promises;
  const lateMinutes = due.map(({ dialledAt, deadlineAt }) =>
    Math.max(0, ((dialledAt ?? outcome.endedAt).getTime() - deadlineAt.getTime()) / minuteMs),
  );
  const late = lateMinutes.filter((minutes) => minutes > 0);
  const onTime = (kind: (typeof due)[number]['kind']): number => {
    const ofKind = due.filter((promise) => promise.kind === kind);
    const kept = ofKind.filter(({ dialledAt, deadlineAt }) => dialledAt !== null && dialledAt <= deadlineAt);
    return rounded((100 * kept.length) / Math.max(1, ofKind.length), 2);
  };
  return [
    { metric: 'exact-time promises dialled within 5 minutes', value: onTime('exact'), unit: '%' },
    { metric: 'promises of a part of the day or the week kept', value: onTime('window'), unit: '%' },
    { metric: 'fresh requests called within their minutes', value: onTime('fresh'), unit: '%' },
    { metric: 'lateness of all promises, 90th percentile', value: rounded(percentile(lateMinutes, 0.9)), unit: 'min' },
    { metric: 'lateness of the late ones, 90th percentile', value: rounded(percentile(late, 0.9)), unit: 'min' },
    { metric: 'latest of all', value: rounded(lateMinutes.reduce((most, minutes) => Math.max(most, minutes), 0) / 60), unit: 'h' },
    { metric: 'promises due', value: due.length, unit: 'promises' },
    { metric: 'dialled by a colleague', value: due.filter(({ helped }) => helped).length, unit: 'promises' },
    { metric: 'hot companies reached', value: outcome.hotReached, unit: 'companies' },
    { metric: 'cold dials', value: outcome.coldDials, unit: 'dials' },
    { metric: 'utilisation', value: rounded((100 * outcome.busySeconds) / outcome.presentSeconds), unit: '%' },
    { metric: 'started to work', value: outcome.started, unit: 'companies' },
  ];
}

/** Why exact times were missed, in promises. */
export const missesOf = ({ promises }: Outcome): Figure[] =>
  missCauses.map((cause) => ({
    metric: `exact times missed: ${cause}`,
    value: promises.filter(({ kind, miss }) => kind === 'exact' && miss === cause).length,
    unit: 'promises',
  }));
