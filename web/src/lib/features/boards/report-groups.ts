import type { kpiReport } from '$contract/http/kpi.ts';
import type { output } from 'zod';
import { formatLocalDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { callsBehind } from './links.ts';
import type { Days, LinkedFigure } from './links.ts';

export type ReportGroup = output<typeof kpiReport.reply>['groups'][number];

export const groupings = ['rep', 'team', 'list', 'channel', 'source', 'hour', 'day'] as const;
export type Grouping = (typeof groupings)[number];

const names: Record<Grouping, () => string> = {
  rep: m.morning_group_rep,
  team: m.morning_group_team,
  list: m.morning_group_list,
  channel: m.morning_group_channel,
  source: m.morning_group_source,
  hour: m.morning_group_hour,
  day: m.morning_group_day,
};

/** What a report is grouped by, in a word. */
export const groupingName = (grouping: Grouping): string => names[grouping]();

/** A group as the table and the chart name it. */
export function groupName(group: ReportGroup, grouping: Grouping): string {
  if (grouping === 'hour') return `${group.key.padStart(2, '0')}:00`;
  if (grouping === 'day') return formatLocalDate(group.key);
  return group.label === '' ? m.morning_report_none() : group.label;
}

/** Where the rows of one group's figure are; null when the list of calls cannot be narrowed to the group. */
export function callsOfGroup(figure: LinkedFigure, group: ReportGroup, grouping: Grouping, days: Days): string | null {
  const id = Number(group.key);
  switch (grouping) {
    case 'rep':
      return callsBehind(figure, days, { repId: id });
    case 'team':
      return id > 0 ? callsBehind(figure, days, { teamId: id }) : null;
    case 'list':
      return id > 0 ? callsBehind(figure, days, { listId: id }) : null;
    case 'day':
      return callsBehind(figure, { from: group.key, to: group.key });
    case 'channel':
    case 'source':
    case 'hour':
      return null;
    default:
      return grouping satisfies never;
  }
}
