import { getContext, setContext } from 'svelte';
import type { ShortcutScope } from '$lib/keyboard/index.svelte.ts';

const key = Symbol('shortcut scope');

/** Says that what is inside belongs to a dialog, so that its buttons' keys do too. */
export function enterDialogScope(): void {
  setContext<ShortcutScope>(key, 'dialog');
}

/** Where a control's key belongs by its place on the screen. */
export function scopeHere(): ShortcutScope {
  return getContext<ShortcutScope | undefined>(key) ?? 'page';
}
