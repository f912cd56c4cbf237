import type { FigureName, Grouping, KpiFigures } from '$contract/http/kpi.ts';
import { queryText } from '../../api-path.ts';

/** Whose figures: one rep's, several people's together, one group's of a report. A number of 0 stands for "none". */
export interface FigureScope {
  repId?: number | undefined;
  repIds?: string | undefined;
  teamId?: number | undefined;
  listId?: number | undefined;
  channelId?: number | undefined;
  sourceId?: number | undefined;
  hour?: number | undefined;
}

export interface Days {
  from: string;
  to: string;
}

/** The page of a figure and what it narrows by, beside whose and when. */
function pageOf(figure: FigureName): { path: string; by: Record<string, string> } {
  switch (figure) {
    case 'dials':
    case 'providerErrors':
    case 'connects':
      return { path: '/calls', by: { metric: figure } };
    case 'talkSeconds':
      return { path: '/calls', by: { metric: 'connects' } };
    case 'reachDecisionMaker.yes':
    case 'reachDecisionMaker.no':
      return { path: '/calls', by: { metric: 'reachDecisionMaker', yes: String(figure.endsWith('.yes')) } };
    case 'setMeeting.yes':
    case 'setMeeting.no':
      return { path: '/calls', by: { metric: 'setMeeting', yes: String(figure.endsWith('.yes')) } };
    // A meeting held and a deal closed are written by hand as well: no list of calls has all of them.
    case 'holdMeeting.yes':
    case 'holdMeeting.no':
      return { path: '/attempts', by: { kind: 'holdMeeting', yes: String(figure.endsWith('.yes')) } };
    case 'close.yes':
    case 'close.no':
      return { path: '/attempts', by: { kind: 'close', yes: String(figure.endsWith('.yes')) } };
    case 'promises.onTime':
      return { path: '/promises', by: { outcome: 'onTime' } };
    case 'promises.late':
      return { path: '/promises', by: { outcome: 'late' } };
    case 'promises.broken':
      return { path: '/promises', by: { outcome: 'broken' } };
    case 'wins':
      return { path: '/wins', by: {} };
    case 'started':
      return { path: '/wins', by: { kind: 'workStarted' } };
    default:
      return figure satisfies never;
  }
}

/** The page that shows exactly the records behind a figure. */
export function rowsBehind(figure: FigureName, days: Days, scope: FigureScope = {}): string {
  const { path, by } = pageOf(figure);
  return `${path}${queryText({ ...scope, ...days, ...by })}`;
}

/** Whose and when the figures of one group are; a key of 0 stands for records that have no list, no channel. */
export function scopeOfGroup(group: { key: string }, grouping: Grouping, days: Days): { scope: FigureScope; days: Days } {
  const id = Number(group.key);
  switch (grouping) {
    case 'rep':
      return { scope: { repId: id }, days };
    case 'team':
      return { scope: { teamId: id }, days };
    case 'list':
      return { scope: { listId: id }, days };
    case 'channel':
      return { scope: { channelId: id }, days };
    case 'source':
      return { scope: { sourceId: id }, days };
    case 'hour':
      return { scope: { hour: id }, days };
    case 'day':
      return { scope: {}, days: { from: group.key, to: group.key } };
    default:
      return grouping satisfies never;
  }
}

/** A figure by its name. */
export function figureOf(figures: KpiFigures, name: FigureName): number {
  const { attempts, promises } = figures;
  switch (name) {
    case 'dials':
    case 'providerErrors':
    case 'connects':
    case 'talkSeconds':
    case 'wins':
    case 'started':
      return figures[name];
    case 'reachDecisionMaker.yes':
      return attempts.reachDecisionMaker.yes;
    case 'reachDecisionMaker.no':
      return attempts.reachDecisionMaker.no;
    case 'setMeeting.yes':
      return attempts.setMeeting.yes;
    case 'setMeeting.no':
      return attempts.setMeeting.no;
    case 'holdMeeting.yes':
      return attempts.holdMeeting.yes;
    case 'holdMeeting.no':
      return attempts.holdMeeting.no;
    case 'close.yes':
      return attempts.close.yes;
    case 'close.no':
      return attempts.close.no;
    case 'promises.onTime':
      return promises.onTime;
    case 'promises.late':
      return promises.late;
    case 'promises.broken':
      return promises.broken;
    default:
      return name satisfies never;
  }
}
