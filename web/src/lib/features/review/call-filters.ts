import { listCalls } from '$contract/http/calls.ts';
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
function read<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, search: URLSearchParams): { given: Record<string, string> } {
  const given: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = search.get(name);
    if (value !== null && value !== '' && isSchema(field) && field.safeParse(value).success) given[name] = value;
  }
  return { given };
}
const isSchema = (field: unknown): field is z.ZodType => typeof field === 'object' && field !== null && 'safeParse' in field;

/** The query to ask with, and the same read by the contract. */
export function callFiltersOf(search: URLSearchParams): { asked: CallFilterInput; read: CallFilters } {
  const asked = read(callFilters, search).given;
  const parsed = callFilters.parse(asked);
  return { asked, read: parsed };
}
export function recordingFiltersOf(search: URLSearchParams): { asked: RecordingFilterInput; read: RecordingFilters } {
  const asked = read(recordingFilters, search).given;
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
}

const metrics: Record<NonNullable<CallFilters['metric']>, () => string> = {
  dials: m.calls_metric_dials,
  connects: m.calls_metric_connects,
  providerErrors: m.calls_metric_providerErrors,
  reachDecisionMaker: m.calls_metric_reachDecisionMaker,
  setMeeting: m.calls_metric_setMeeting,
  holdMeeting: m.calls_metric_holdMeeting,
  close: m.calls_metric_close,
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

type Common = Pick<CallFilters, 'repId' | 'teamId' | 'listId' | 'from' | 'to' | 'minTalkSeconds'>;

function commonChips(filters: Common, names: FilterNames): Chip[] {
  const number = (id: number): string => `№ ${id}`;
  return [
    ...(filters.repId ? [{ id: 'repId', label: m.calls_filter_rep({ name: names.rep ?? number(filters.repId) }) }] : []),
    ...(filters.teamId ? [{ id: 'teamId', label: m.calls_filter_team({ name: names.team ?? number(filters.teamId) }) }] : []),
    ...(filters.listId ? [{ id: 'listId', label: m.calls_filter_list({ name: names.list ?? number(filters.listId) }) }] : []),
    ...dayChip(filters),
    ...(filters.minTalkSeconds
      ? [{ id: 'minTalkSeconds', label: m.calls_filter_length({ length: formatDuration(filters.minTalkSeconds) }) }]
      : []),
  ];
}

/** The filters of calls as a sentence: whose, when, what about, how they ended. */
export function callChips(filters: CallFilters, names: FilterNames): Chip[] {
  return [
    ...metricChip(filters),
    ...commonChips(filters, names),
    ...(filters.companyId ? [{ id: 'companyId', label: m.calls_filter_company({ name: names.company ?? `№ ${filters.companyId}` }) }] : []),
    ...(filters.dispositionCode ? [{ id: 'dispositionCode', label: outcomeName(filters.dispositionCode) }] : []),
    ...(filters.endCause ? [{ id: 'endCause', label: causeWord(filters.endCause) }] : []),
    ...(filters.recorded
      ? [{ id: 'recorded', label: filters.recorded === 'true' ? m.calls_filter_recorded() : m.calls_filter_unrecorded() }]
      : []),
  ];
}

/** The same of recordings. */
export function recordingChips(filters: RecordingFilters, names: FilterNames): Chip[] {
  return [
    ...commonChips(filters, names),
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
