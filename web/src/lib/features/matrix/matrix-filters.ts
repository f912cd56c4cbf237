import { matrixFilterSchema } from '$contract/http/matrix.ts';
import type { MatrixFilter, MatrixFilters } from '$contract/http/matrix.ts';
import { m } from '$lib/paraglide/messages.js';

/** The filter that an address carries; what cannot be read is left out. */
export function filterOf(search: URLSearchParams): MatrixFilter {
  const whole = matrixFilterSchema.safeParse(Object.fromEntries([...search].filter(([, value]) => value !== '')));
  return whole.success ? whole.data : {};
}

/** The address with one filter set or taken away; a subchannel goes with its channel. */
export function withFilter(url: URL, id: string, value: string | number | null): string {
  const search = new URLSearchParams(url.search);
  if (value === null) search.delete(id);
  else search.set(id, String(value));
  if (id === 'channel') search.delete('subchannel');
  const text = search.toString();
  return text === '' ? url.pathname : `${url.pathname}?${text}`;
}

/** The filter as chips that read as one sentence. */
export function chipsOf(filter: MatrixFilter, known: MatrixFilters | null): { id: string; label: string }[] {
  const nameIn = (rows: readonly { id: number; name: string }[] | undefined, id: number): string =>
    rows?.find((row) => row.id === id)?.name ?? `№ ${id}`;
  const chips = [
    filter.channel ? { id: 'channel', label: nameIn(known?.channels, filter.channel) } : null,
    filter.subchannel ? { id: 'subchannel', label: nameIn(known?.subchannels, filter.subchannel) } : null,
    filter.region ? { id: 'region', label: nameIn(known?.regions, filter.region) } : null,
    filter.ownerId ? { id: 'ownerId', label: m.companies_chip_owner({ name: nameIn(known?.owners, filter.ownerId) }) } : null,
    filter.category ? { id: 'category', label: m.companies_chip_category({ name: filter.category }) } : null,
  ];
  return chips.filter((chip) => chip !== null);
}
