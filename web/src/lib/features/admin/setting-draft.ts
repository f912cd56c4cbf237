import { settingsSchema } from '$contract/settings.ts';
import { m } from '$lib/paraglide/messages.js';
import type { FieldErrors } from './problem-text.ts';
import type { SettingField, SettingGroup } from './setting-fields.ts';

/** What is done with the outcomes of a call; codes that are absent keep their defaults. */
export type Overrides = Record<string, { enabled: boolean; label?: string | undefined; noteRequired: boolean; createsTask: boolean }>;

/** A group as it is typed: text for numbers, times and lists, so that nothing typed is lost to a conversion. */
export interface GroupDraft {
  text: Record<string, string>;
  flags: Record<string, boolean>;
  weekdays: Record<string, number[]>;
  overrides: Overrides;
  /** What the screen does not show is kept as it is. */
  rest: Record<string, unknown>;
}

const isNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every((one) => typeof one === 'number');

/** The form of a group for stored values. */
export function draftOf(group: SettingGroup, values: object): GroupDraft {
  const stored = new Map<string, unknown>(Object.entries(values));
  const draft: GroupDraft = { text: {}, flags: {}, weekdays: {}, overrides: {}, rest: {} };
  const shown = new Set(group.fields.map((field) => field.key));
  for (const [key, value] of stored) if (!shown.has(key)) draft.rest[key] = value;
  for (const { key, kind } of group.fields) {
    const value = stored.get(key);
    if (kind === 'flag') draft.flags[key] = value === true;
    else if (kind === 'weekdays') draft.weekdays[key] = isNumbers(value) ? value : [];
    else if (kind === 'outcomes') draft.overrides = structuredClone(settingsSchema.shape.dispositions.parse(values).overrides);
    else
      draft.text[key] = Array.isArray(value)
        ? value.join('\n')
        : typeof value === 'string' || typeof value === 'number'
          ? String(value)
          : '';
  }
  return draft;
}

function typedValue({ key, kind }: SettingField, draft: GroupDraft): unknown {
  const text = draft.text[key] ?? '';
  switch (kind) {
    case 'number':
      return text.trim() === '' ? Number.NaN : Number(text);
    case 'timeOrNone':
      return text.trim() === '' ? null : text.trim();
    case 'time':
    case 'text':
      return text.trim();
    case 'lines':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'flag':
      return draft.flags[key];
    case 'weekdays':
      return draft.weekdays[key];
    case 'outcomes':
      return draft.overrides;
    default:
      return kind satisfies never;
  }
}

/** What the server is sent. */
export const valuesOf = (group: SettingGroup, draft: GroupDraft): Record<string, unknown> => ({
  ...draft.rest,
  ...Object.fromEntries(group.fields.map((field) => [field.key, typedValue(field, draft)])),
});

/** A default in words, as it stands under the field. */
export function defaultText({ key, kind }: SettingField, defaults: object): string {
  const value: unknown = new Map<string, unknown>(Object.entries(defaults)).get(key);
  if (kind === 'timeOrNone' && value === null) return m.admin_no();
  if (kind === 'flag') return value === true ? m.admin_yes() : m.admin_no();
  if (kind === 'weekdays' && isNumbers(value)) return value.map(weekdayName).join(', ');
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** A short name of an ISO weekday; 1 January 2024 was a Monday. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || 'ru', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday)),
  );

/** What does not fit, by field, before anything is sent; the server checks by the same schema. */
export function draftErrors(group: SettingGroup, draft: GroupDraft): FieldErrors {
  const checked = settingsSchema.shape[group.name].safeParse(valuesOf(group, draft));
  if (checked.success) return {};
  return Object.fromEntries(checked.error.issues.map((issue) => [String(issue.path[0] ?? ''), issueText(group.name, issue)]));
}

function issueText(
  group: string,
  issue: { code: string; path: PropertyKey[]; minimum?: number | bigint; maximum?: number | bigint; origin?: string },
): string {
  if (group === 'score' && issue.path[0] === 'startedPercent') return m.admin_error_started();
  if (issue.code === 'too_small' && issue.origin === 'array') return m.admin_error_few();
  if (issue.code === 'too_small' && issue.origin === 'string') return m.admin_error_empty();
  if (issue.code === 'too_small') return m.admin_error_least({ value: String(issue.minimum) });
  if (issue.code === 'too_big') return m.admin_error_most({ value: String(issue.maximum) });
  if (issue.code === 'invalid_type') return m.admin_error_number();
  if (issue.code === 'invalid_format') return m.admin_error_time();
  if (issue.code === 'custom' && group === 'callingHours') return m.admin_error_order();
  return m.admin_error_other();
}
