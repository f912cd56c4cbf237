import { listCalls } from '$contract/http/calls.ts';
import type { CountedBy } from '$contract/http/counted-by.ts';
import { listRecordings } from '$contract/http/recordings.ts';
import type { input, output, z } from 'zod';
import { outcomeName } from '$lib/features/admin/outcome-name.ts';
import { formatDuration, formatLocalDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { causeWord } from './call-words.ts';

const callFilters = listCalls.query.omit({ cursor: true, limit: true });
const recordingFilters = listRecordings.query.omit({ cursor: true, limit: true });
export type CallFilters = output<typeof callFilters>;
export type CallFilterInput = input<typeof callFilters>;
export type RecordingFilterInput = input<typeof recordingFilters>;
export type RecordingFilters = output<typeof recordingFilters>;

/** What an address narrows to; a word in it that is no filter, or no value of one, is left out. */
export function readFilters<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, search: URLSearchParams): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = search.get(name);
    if (value !== null && value !== '' && isSchema(field) && field.safeParse(value).success) given[name] = value;
  }
  return given;
}
const isSchema = (field: unknown): field is z.ZodType => typeof field === 'object' && field !== null && 'safeParse' in field;

/** The query to ask with, and the same read by the contract. */
export function callFiltersOf(search: URLSearchParams): { asked: CallFilterInput; read: CallFilters } {
  const asked = readFilters(callFilters, search);
  const parsed = callFilters.parse(asked);
  return { asked, read: parsed };
}
export function recordingFiltersOf(search: URLSearchParams): { asked: RecordingFilterInput; read: RecordingFilters } {
  const asked = readFilters(recordingFilters, search);
  const parsed = recordingFilters.parse(asked);
  return { asked, read: parsed };
}

export interface Chip {
  /** Names of the filters that it stands for, divided by commas. */
  id: string;
  label: string;
}

/** Names that only the server knows. */
export interface FilterNames {
  rep?: string | undefined;
  team?: string | undefined;
  list?: string | undefined;
  company?: string | undefined;
  channel?: string | undefined;
  source?: string | undefined;
}

const metrics: Record<NonNullable<CallFilters['metric']>, () => string> = {
  dials: m.calls_metric_dials,
  connects: m.calls_metric_connects,
  providerErrors: m.calls_metric_providerErrors,
  reachDecisionMaker: m.calls_metric_reachDecisionMaker,
  setMeeting: m.calls_metric_setMeeting,
};

function metricChip(filters: CallFilters): Chip[] {
  if (!filters.metric) return [];
  const metric = metrics[filters.metric]();
  if (filters.yes === undefined) return [{ id: 'metric', label: metric }];
  return [{ id: 'metric,yes', label: filters.yes === 'true' ? m.calls_metric_yes({ metric }) : m.calls_metric_no({ metric }) }];
}

function dayChip({ from, to }: { from?: string | undefined; to?: string | undefined }): Chip[] {
  if (from && to) {
    const label =
      from === to
        ? m.calls_filter_day({ day: formatLocalDate(from) })
        : m.calls_filter_days({ from: formatLocalDate(from), to: formatLocalDate(to) });
    return [{ id: 'from,to', label }];
  }
  if (from) return [{ id: 'from', label: m.calls_filter_since({ from: formatLocalDate(from) }) }];
  return to ? [{ id: 'to', label: m.calls_filter_until({ to: formatLocalDate(to) }) }] : [];
}

/** One of the dimensions that figures are counted by; 0 asks for the records that have none. */
function dimensionChip(
  id: string,
  value: number | undefined,
  words: { none: () => string; named: (name: string) => string },
  name?: string,
): Chip[] {
  if (value === undefined) return [];
  return [{ id, label: value === 0 ? words.none() : words.named(name ?? `№ ${value}`) }];
}

/** What a figure is counted by, as a sentence: whose, of which list, channel, hour and days. */
export function countedChips(filters: Partial<CountedBy>, names: FilterNames): Chip[] {
  const { teamId, listId, channelId, sourceId, hour } = filters;
  return [
    ...(filters.repId ? [{ id: 'repId', label: m.calls_filter_rep({ name: names.rep ?? `№ ${filters.repId}` }) }] : []),
    ...(filters.repIds ? [{ id: 'repIds', label: m.calls_filter_reps({ count: filters.repIds.length }) }] : []),
    ...dimensionChip('teamId', teamId, { none: m.calls_filter_no_team, named: (name) => m.calls_filter_team({ name }) }, names.team),
    ...dimensionChip('listId', listId, { none: m.calls_filter_no_list, named: (name) => m.calls_filter_list({ name }) }, names.list),
    ...dimensionChip(
      'channelId',
      channelId,
      { none: m.calls_filter_no_channel, named: (name) => m.calls_filter_channel({ name }) },
      names.channel,
    ),
    ...dimensionChip(
      'sourceId',
      sourceId,
      { none: m.calls_filter_no_source, named: (name) => m.calls_filter_source({ name }) },
      names.source,
    ),
    ...dayChip(filters),
    ...(hour === undefined ? [] : [{ id: 'hour', label: m.calls_filter_hour({ hour: `${String(hour).padStart(2, '0')}:00` }) }]),
  ];
}

const lengthChip = (seconds: number | undefined): Chip[] =>
  seconds ? [{ id: 'minTalkSeconds', label: m.calls_filter_length({ length: formatDuration(seconds) }) }] : [];

/** The filters of calls as a sentence: whose, when, what about, how they ended. */
export function callChips(filters: CallFilters, names: FilterNames): Chip[] {
  return [
    ...metricChip(filters),
    ...countedChips(filters, names),
    ...lengthChip(filters.minTalkSeconds),
    ...(filters.companyId ? [{ id: 'companyId', label: m.calls_filter_company({ name: names.company ?? `№ ${filters.companyId}` }) }] : []),
    ...(filters.dispositionCode ? [{ id: 'dispositionCode', label: outcomeName(filters.dispositionCode) }] : []),
    ...(filters.endCause ? [{ id: 'endCause', label: causeWord(filters.endCause) }] : []),
    ...(filters.recorded
      ? [{ id: 'recorded', label: filters.recorded === 'true' ? m.calls_filter_recorded() : m.calls_filter_unrecorded() }]
      : []),
    ...(filters.recording ? [{ id: 'recording', label: m.calls_filter_overdue() }] : []),
  ];
}

/** The same of recordings. */
export function recordingChips(filters: RecordingFilters, names: FilterNames): Chip[] {
  return [
    ...countedChips(filters, names),
    ...lengthChip(filters.minTalkSeconds),
    ...(filters.outcome ? [{ id: 'outcome', label: outcomeName(filters.outcome) }] : []),
    ...(filters.commented === undefined
      ? []
      : [{ id: 'commented', label: filters.commented ? m.calls_filter_commented() : m.calls_filter_uncommented() }]),
    ...(filters.scored === undefined
      ? []
      : [{ id: 'scored', label: filters.scored ? m.calls_filter_scored() : m.calls_filter_unscored() }]),
  ];
}

/** An address with one filter set, or taken away when the value is null. */
export function withFilter(url: URL, names: string, value: string | number | null): string {
  const search = new URLSearchParams(url.searchParams);
  for (const name of names.split(',')) {
    if (value === null || value === '') search.delete(name);
    else search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}
