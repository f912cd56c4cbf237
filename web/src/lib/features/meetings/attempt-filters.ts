import { listAttempts } from '$contract/http/attempts.ts';
import type { AttemptRow } from '$contract/http/attempts.ts';
import type { input } from 'zod';
import { formatLocalDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

const schema = listAttempts.query.omit({ cursor: true, limit: true });
export type AttemptFilters = input<typeof schema>;

const kindNames: Record<AttemptRow['kind'], () => string> = {
  reachDecisionMaker: m.attempts_kind_reachDecisionMaker,
  setMeeting: m.attempts_kind_setMeeting,
  holdMeeting: m.attempts_kind_holdMeeting,
  close: m.attempts_kind_close,
};
export const attemptName = (kind: AttemptRow['kind']): string => kindNames[kind]();

/** What an address narrows to; a word in it that is no filter, or no value of one, is left out. */
export function attemptFiltersOf(search: URLSearchParams): AttemptFilters {
  const given: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = search.get(name);
    if (value && field.safeParse(value).success) given[name] = value;
  }
  return given;
}

/** The filters as a sentence; `repName` is known once rows are there. */
export function attemptSentence(filters: AttemptFilters, repName: string | undefined): string {
  const kind = filters.kind === undefined ? m.attempts_all() : attemptName(filters.kind);
  const result = filters.yes === undefined ? '' : filters.yes === 'true' ? m.attempts_only_yes() : m.attempts_only_no();
  const { teamId, listId, channelId, sourceId, companyId, hour } = filters;
  const isNarrowed = [teamId, listId, channelId, sourceId, companyId, hour].some((value) => value !== undefined);
  const who =
    (filters.repId === undefined || repName === undefined ? '' : m.attempts_of({ name: repName })) +
    (isNarrowed ? m.attempts_narrowed() : '');
  return m.attempts_sentence({ kind, result, who, days: daysOf(filters) });
}

function daysOf({ from, to }: AttemptFilters): string {
  if (!from || !to) return '';
  return from === to
    ? m.attempts_day({ day: formatLocalDate(from) })
    : m.attempts_days({ from: formatLocalDate(from), to: formatLocalDate(to) });
}
