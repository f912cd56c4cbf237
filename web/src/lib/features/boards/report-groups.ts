import type { Grouping, kpiReport } from '$contract/http/kpi.ts';
import type { output } from 'zod';
import { formatLocalDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

export type ReportGroup = output<typeof kpiReport.reply>['groups'][number];

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
  return Number(group.key) === 0 ? m.morning_report_none() : group.label;
}
