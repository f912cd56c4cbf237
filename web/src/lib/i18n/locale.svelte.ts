import { setFormatLocale } from '../format.ts';
import { getLocale, overwriteGetLocale, setLocale } from '$lib/paraglide/runtime.js';
import type { Locale } from '$lib/paraglide/runtime.js';

const chosen = $state({ locale: getLocale() });

// Messages and formats read the rune, so a switch redraws the words and a running call stays untouched.
overwriteGetLocale(() => chosen.locale);
setFormatLocale(() => chosen.locale);

export type { Locale };

/** The language of the console now, reactive. */
export function currentLocale(): Locale {
  return chosen.locale;
}

/** Switches the language at once and remembers it. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await setLocale(locale, { reload: false });
  chosen.locale = locale;
  document.documentElement.lang = locale;
}
