import { redirect } from '@sveltejs/kit';
import { department } from '$lib/department.svelte.ts';
import { loadSession } from '$lib/session.svelte.ts';
import type { LayoutLoad } from './$types';

/** Nobody gets past here without a session. */
export const load: LayoutLoad = async ({ url }) => {
  const me = await loadSession();
  if (!me) redirect(307, `/login?next=${encodeURIComponent(url.pathname + url.search)}`);
  await department.load();
  return { role: me.role };
};
