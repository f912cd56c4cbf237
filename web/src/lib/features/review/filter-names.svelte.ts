import { companyFilters } from '$contract/http/companies.ts';
import type { CountedBy } from '$contract/http/counted-by.ts';
import type { output } from 'zod';
import { call } from '$lib/api.ts';
import { session } from '$lib/session.svelte.ts';
import type { FilterNames } from './call-filters.ts';

let known = $state.raw<output<typeof companyFilters.reply> | null>(null);
let asking = false;

async function ask(): Promise<void> {
  asking = true;
  try {
    known = await call(companyFilters);
  } finally {
    asking = false;
  }
}

/** Names of the list, channel and source that a page is narrowed to; asked for once, when a page first needs one. */
export function knownNames({ listId, channelId, sourceId }: Partial<CountedBy>): FilterNames {
  if (!listId && !channelId && !sourceId) return {};
  if (known === null && !asking && session.me.role !== 'rep') void ask();
  const nameIn = (rows: readonly { id: number; name: string }[] | undefined, id: number | undefined) =>
    rows?.find((row) => row.id === id)?.name;
  return {
    list: nameIn(known?.lists, listId),
    channel: nameIn(known?.channels, channelId),
    source: nameIn(known?.sources, sourceId),
  };
}
