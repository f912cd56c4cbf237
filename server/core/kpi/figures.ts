import type { Metric } from './metrics.ts';
import { metrics } from './metrics.ts';

export interface YesNo {
  yes: number;
  no: number;
}

/** The figures of boards and reports. */
export interface Figures {
  dials: number;
  providerErrors: number;
  connects: number;
  talkSeconds: number;
  attempts: { reachDecisionMaker: YesNo; setMeeting: YesNo; holdMeeting: YesNo; close: YesNo };
  promises: { onTime: number; late: number; broken: number };
  wins: number;
  started: number;
}

export interface Counter {
  metric: string;
  value: number;
}

/** Sums counters into figures. @throws RangeError on a metric nobody counts: a figure is never left out silently */
export function figuresOf(counters: readonly Counter[]): Figures {
  const sums = new Map<Metric, number>(metrics.map((metric) => [metric, 0]));
  for (const { metric, value } of counters) {
    const known = metrics.find((candidate) => candidate === metric);
    if (!known) throw new RangeError(`Not a metric: ${metric}`);
    sums.set(known, (sums.get(known) ?? 0) + value);
  }
  const of = (metric: Metric): number => sums.get(metric) ?? 0;
  return {
    dials: of('dials'),
    providerErrors: of('providerErrors'),
    connects: of('connects'),
    talkSeconds: of('talkSeconds'),
    attempts: {
      reachDecisionMaker: { yes: of('reachDecisionMaker.yes'), no: of('reachDecisionMaker.no') },
      setMeeting: { yes: of('setMeeting.yes'), no: of('setMeeting.no') },
      holdMeeting: { yes: of('holdMeeting.yes'), no: of('holdMeeting.no') },
      close: { yes: of('close.yes'), no: of('close.no') },
    },
    promises: { onTime: of('promises.onTime'), late: of('promises.late'), broken: of('promises.broken') },
    wins: of('wins'),
    started: of('started'),
  };
}
