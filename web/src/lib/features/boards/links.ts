import { queryText } from '$lib/api-path.ts';

/** Whose figures: one rep's, one team's, or everybody's. */
export interface FigureScope {
  repId?: number | undefined;
  teamId?: number | undefined;
  listId?: number | undefined;
}

export interface Days {
  from: string;
  to: string;
}

/** A figure whose rows the list of calls can show. */
export type LinkedFigure =
  | 'dials'
  | 'providerErrors'
  | 'connects'
  | 'reachDecisionMaker'
  | 'setMeeting'
  | 'holdMeeting'
  | 'close';

/** The list of calls that shows exactly the records behind a figure; attempts count those that ended yes. */
export function callsBehind(figure: LinkedFigure, days: Days, scope: FigureScope = {}): string {
  const isAttempt = figure === 'reachDecisionMaker' || figure === 'setMeeting' || figure === 'holdMeeting' || figure === 'close';
  return `/calls${queryText({ ...scope, ...days, metric: figure, yes: isAttempt ? 'true' : undefined })}`;
}
