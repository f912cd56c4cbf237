import { redirect } from '@sveltejs/kit';
import { landingOf } from '$lib/navigation.ts';
import type { PageLoad } from './$types';

/** The front door leads everyone to where his day starts. */
export const load: PageLoad = async ({ parent }) => {
  const { role } = await parent();
  redirect(307, landingOf(role));
};
