import { redirect } from '@sveltejs/kit';
import { ApiProblem } from '$lib/api.ts';
import { landingOf } from '$lib/navigation.ts';
import { loadSession } from '$lib/session.svelte.ts';
import type { PageLoad } from './$types';

/** Who is signed in already does not sign in again. */
export const load: PageLoad = async () => {
  const me = await loadSession().catch((error: unknown) => {
    // The form itself will say that the server does not answer.
    if (error instanceof ApiProblem) return null;
    throw error;
  });
  if (me) redirect(307, landingOf(me.role));
};
