import { updateMe } from '$contract/http/auth.ts';
import { ApiProblem, call } from '$lib/api.ts';
import type { CallOptions } from '$lib/api.ts';
import { chooseLocale } from '$lib/i18n/locale.svelte.ts';
import type { Locale } from '$lib/i18n/locale.svelte.ts';
import { adoptMe } from '$lib/session.svelte.ts';
import { toast } from '$lib/ui/index.ts';

/** Keeps a setting of the signed-in person; a refusal is told in the corner. Answers whether it was kept. */
export async function saveOwnSettings(body: NonNullable<CallOptions<typeof updateMe>['body']>): Promise<boolean> {
  try {
    adoptMe(await call(updateMe, { body }));
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    toast(error.message, { tone: 'late' });
    return false;
  }
}

/** Switches the language at once and keeps it for the next sign-in. */
export async function switchLocale(locale: Locale): Promise<void> {
  await chooseLocale(locale);
  await saveOwnSettings({ locale });
}
