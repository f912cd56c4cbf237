import type { FigureName, KpiFigures, Norms } from '$contract/http/kpi.ts';
import { m } from '$lib/paraglide/messages.js';
import { figureOf } from './links.ts';

/** One figure of the boards: what it is called, which one it is, against which norm. */
export interface MorningFigure {
  id: string;
  header: () => string;
  label: () => string;
  name: FigureName;
  value: (figures: KpiFigures) => number;
  norm: (norms: Norms) => number;
}

/** Seconds of talk as the whole minutes that the norm is told in. */
export const talkMinutes = (figures: KpiFigures): number => Math.round(figures.talkSeconds / 60);

const figure = (
  id: string,
  name: FigureName,
  words: { header: () => string; label?: () => string },
  norm: (norms: Norms) => number = () => 0,
): MorningFigure => ({
  id,
  name,
  header: words.header,
  label: words.label ?? words.header,
  norm,
  value: name === 'talkSeconds' ? talkMinutes : (figures) => figureOf(figures, name),
});

/** The figures in the order of the trade: from dialing to started work. */
export const morningFigures: readonly MorningFigure[] = [
  figure('dials', 'dials', { header: m.boards_column_dials }, (norms) => norms.dials),
  figure('connects', 'connects', { header: m.boards_column_connects }, (norms) => norms.connects),
  figure('talk', 'talkSeconds', { header: m.boards_column_talk, label: m.boards_talk_long }, (norms) => norms.talkMinutes),
  figure(
    'reached',
    'reachDecisionMaker.yes',
    { header: m.boards_column_reached, label: m.boards_reached_long },
    (norms) => norms.reachDecisionMaker,
  ),
  figure('meetings', 'setMeeting.yes', { header: m.boards_column_meetings, label: m.boards_meetings_long }, (norms) => norms.setMeeting),
  figure('held', 'holdMeeting.yes', { header: m.boards_column_held, label: m.boards_held_long }, (norms) => norms.holdMeeting),
  figure('started', 'started', { header: m.boards_column_started, label: m.boards_started_long }),
];

/** Those of the live board, where a row is one line. */
export const boardFigures = morningFigures.filter(({ id }) => ['dials', 'connects', 'reached', 'meetings'].includes(id));

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
