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
export type LinkedFigure = 'dials' | 'providerErrors' | 'connects' | 'reachDecisionMaker' | 'setMeeting' | 'holdMeeting' | 'close';

/** The page that shows exactly the records behind a figure; attempts count those that ended yes, those that no call ends have their own list. */
export function callsBehind(figure: LinkedFigure, days: Days, scope: FigureScope = {}): string {
  if (figure === 'holdMeeting' || figure === 'close') return `/attempts${queryText({ ...scope, ...days, kind: figure, yes: 'true' })}`;
  const isAttempt = figure === 'reachDecisionMaker' || figure === 'setMeeting';
  return `/calls${queryText({ ...scope, ...days, metric: figure, yes: isAttempt ? 'true' : undefined })}`;
}
