import type { Figures } from './figures.ts';

/** Daily norms of a rep. */
export interface DailyNorms {
  dials: number;
  connects: number;
  talkMinutes: number;
  reachDecisionMaker: number;
  setMeeting: number;
  holdMeeting: number;
  close: number;
}

export interface ScoreRules {
  /** The share of started work, per cent; the setting refuses less than 60. */
  startedPercent: number;
  startedPerMonth: number;
  winsPerWeek: number;
}

/** Working days of a month and of a week, by which monthly and weekly plans become daily ones. */
const WORKING_DAYS_OF_MONTH = 21;
const WORKING_DAYS_OF_WEEK = 5;

/** Started work never weighs less, whatever the rules say (domain.md). */
const LEAST_STARTED_PERCENT = 60;

/**
 * A rep's score, 0 to 100: companies that started to work against the plan weigh at least 60 %, the rest is the mean of
 * how far wins and attempts reached their norms. No part gives more than its share. Null when no working day is looked at.
 */
export function scoreOf(figures: Figures, norms: DailyNorms, workingDays: number, rules: ScoreRules): number | null {
  if (workingDays <= 0) return null;
  const startedShare = Math.max(LEAST_STARTED_PERCENT, rules.startedPercent);
  const { attempts } = figures;
  const others = [
    reached(figures.wins, (rules.winsPerWeek / WORKING_DAYS_OF_WEEK) * workingDays),
    reached(figures.dials, norms.dials * workingDays),
    reached(figures.talkSeconds, norms.talkMinutes * 60 * workingDays),
    reached(attempts.reachDecisionMaker.yes, norms.reachDecisionMaker * workingDays),
    reached(attempts.setMeeting.yes, norms.setMeeting * workingDays),
    reached(attempts.holdMeeting.yes, norms.holdMeeting * workingDays),
  ];
  const started = reached(figures.started, (rules.startedPerMonth / WORKING_DAYS_OF_MONTH) * workingDays);
  const rest = others.reduce((sum, part) => sum + part, 0) / others.length;
  return Math.round((startedShare * started + (100 - startedShare) * rest) * 10) / 10;
}

const reached = (value: number, norm: number): number => (norm <= 0 ? 1 : Math.min(1, value / norm));
