import { companyFilterSchema } from '$contract/http/companies.ts';
import type { CompanyFilter, companyFilters } from '$contract/http/companies.ts';
import type { output } from 'zod';
import { m } from '$lib/paraglide/messages.js';
import { statusWords } from './words.ts';

export type Dictionaries = output<typeof companyFilters.reply>;

/** The filter that an address carries; what cannot be read is left out. */
export function filterOf(search: URLSearchParams): CompanyFilter {
  const given = Object.fromEntries([...search].filter(([, value]) => value !== ''));
  const whole = companyFilterSchema.safeParse(given);
  return whole.success ? whole.data : {};
}

/** The address with one filter set or taken away. */
export function withFilter(url: URL, id: string, value: string | number | null): string {
  const search = new URLSearchParams(url.search);
  if (value === null || value === '') search.delete(id);
  else search.set(id, String(value));
  if (id === 'channelId') search.delete('subchannelId');
  const text = search.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** The filter as chips that read as one sentence. */
export function chipsOf(filter: CompanyFilter, known: Dictionaries | null): { id: string; label: string }[] {
  const nameIn = (rows: readonly { id: number; name: string }[] | undefined, id: number): string =>
    rows?.find((row) => row.id === id)?.name ?? `№ ${id}`;
  const chips = [
    filter.q ? { id: 'q', label: m.companies_chip_q({ text: filter.q }) } : null,
    filter.category ? { id: 'category', label: m.companies_chip_category({ name: filter.category }) } : null,
    filter.channelId ? { id: 'channelId', label: nameIn(known?.channels, filter.channelId) } : null,
    filter.subchannelId ? { id: 'subchannelId', label: nameIn(known?.subchannels, filter.subchannelId) } : null,
    filter.regionId ? { id: 'regionId', label: nameIn(known?.regions, filter.regionId) } : null,
    filter.sourceId ? { id: 'sourceId', label: nameIn(known?.sources, filter.sourceId) } : null,
    filter.ownerId ? { id: 'ownerId', label: m.companies_chip_owner({ name: nameIn(known?.owners, filter.ownerId) }) } : null,
    filter.status ? { id: 'status', label: statusWords[filter.status]() } : null,
    filter.listId ? { id: 'listId', label: m.companies_chip_list({ name: nameIn(known?.lists, filter.listId) }) } : null,
    filter.stageId ? { id: 'stageId', label: m.companies_chip_stage({ name: nameIn(known?.stages, filter.stageId) }) } : null,
  ];
  return chips.filter((chip) => chip !== null);
}
