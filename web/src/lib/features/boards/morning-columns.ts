import type { KpiFigures, Norms } from '$contract/http/kpi.ts';
import { m } from '$lib/paraglide/messages.js';
import { callsBehind } from './links.ts';
import type { Days, FigureScope } from './links.ts';

/** One figure of the morning: what it is called, where it is read from, against which norm, where its rows are. */
export interface MorningFigure {
  id: string;
  header: () => string;
  label: () => string;
  value: (figures: KpiFigures) => number;
  norm: (norms: Norms) => number;
  /** The rows behind it; null where they are no calls. */
  href: (days: Days, scope: FigureScope) => string | null;
}

const noNorm = (): number => 0;

/** Seconds of talk as the whole minutes that the norm is told in. */
export const talkMinutes = (figures: KpiFigures): number => Math.round(figures.talkSeconds / 60);

/** The figures in the order of the trade: from dialing to started work. */
export const morningFigures: readonly MorningFigure[] = [
  {
    id: 'dials',
    header: m.boards_column_dials,
    label: m.boards_column_dials,
    value: (figures) => figures.dials,
    norm: (norms) => norms.dials,
    href: (days, scope) => callsBehind('dials', days, scope),
  },
  {
    id: 'connects',
    header: m.boards_column_connects,
    label: m.boards_column_connects,
    value: (figures) => figures.connects,
    norm: (norms) => norms.connects,
    href: (days, scope) => callsBehind('connects', days, scope),
  },
  {
    id: 'talk',
    header: m.boards_column_talk,
    label: m.boards_talk_long,
    value: talkMinutes,
    norm: (norms) => norms.talkMinutes,
    href: (days, scope) => callsBehind('connects', days, scope),
  },
  {
    id: 'reached',
    header: m.boards_column_reached,
    label: m.boards_reached_long,
    value: (figures) => figures.attempts.reachDecisionMaker.yes,
    norm: (norms) => norms.reachDecisionMaker,
    href: (days, scope) => callsBehind('reachDecisionMaker', days, scope),
  },
  {
    id: 'meetings',
    header: m.boards_column_meetings,
    label: m.boards_meetings_long,
    value: (figures) => figures.attempts.setMeeting.yes,
    norm: (norms) => norms.setMeeting,
    href: (days, scope) => callsBehind('setMeeting', days, scope),
  },
  // A meeting held and a deal closed are written by hand as well: no list of calls has all of them.
  {
    id: 'held',
    header: m.boards_column_held,
    label: m.boards_held_long,
    value: (figures) => figures.attempts.holdMeeting.yes,
    norm: (norms) => norms.holdMeeting,
    href: () => null,
  },
  {
    id: 'started',
    header: m.boards_column_started,
    label: m.boards_started_long,
    value: (figures) => figures.started,
    norm: noNorm,
    href: () => null,
  },
];

/** The norms of several people together. */
export function sumOfNorms(norms: readonly Norms[]): Norms {
  const sum = (read: (one: Norms) => number): number => norms.reduce((total, one) => total + read(one), 0);
  return {
    dials: sum((one) => one.dials),
    connects: sum((one) => one.connects),
    talkMinutes: sum((one) => one.talkMinutes),
    reachDecisionMaker: sum((one) => one.reachDecisionMaker),
    setMeeting: sum((one) => one.setMeeting),
    holdMeeting: sum((one) => one.holdMeeting),
    close: sum((one) => one.close),
  };
}
