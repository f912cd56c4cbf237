import { m } from '$lib/paraglide/messages.js';
import { session } from '$lib/session.svelte.ts';
import type { Column } from '$lib/ui/index.ts';

/** Whose record a row is; a rep sees only his own and needs no column for that. */
export function repColumn<Row extends { rep: { name: string } }>(): Column<Row>[] {
  if (session.me.role === 'rep') return [];
  return [{ id: 'rep', header: m.calls_column_rep(), value: (row) => row.rep.name, width: 'minmax(132px, 1fr)' }];
}
