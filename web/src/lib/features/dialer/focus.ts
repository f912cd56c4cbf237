import { tick } from 'svelte';
import { isTypingTarget } from '$lib/keyboard/focus.ts';

/** Puts the focus on the main action of the state; a note that is being typed keeps it. */
export async function focusMainAction(isForced = false): Promise<void> {
  await tick();
  if (!isForced && isTypingTarget(document.activeElement)) return;
  // A dialog on top keeps its own focus.
  if (!isForced && document.activeElement?.closest('[role="dialog"]')) return;
  const actions = [...document.querySelectorAll<HTMLElement>('[data-main-action]')];
  actions.find((action) => action.checkVisibility())?.focus({ preventScroll: true });
}

/** Puts the focus on the first field of what an outcome asks, or on the main action when it asks nothing. */
export async function focusOutcome(): Promise<void> {
  await tick();
  const field = document.querySelector<HTMLElement>('[data-outcome-fields] [data-first-field] :is(input, select, textarea, button)');
  if (field) field.focus();
  else await focusMainAction(true);
}

/** Esc in a text field goes back to the main action, so that the keys work again. */
export function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.stopPropagation();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
  void focusMainAction(true);
}

/**
 * A main action is pressed by its own key only, and never by one that is held down: the next state's button
 * comes under the same finger.
 */
export function guardMainAction(event: KeyboardEvent, ownCode: 'Space' | 'Enter'): void {
  if (event.code !== 'Space' && event.code !== 'Enter' && event.code !== 'NumpadEnter') return;
  const code = event.code === 'NumpadEnter' ? 'Enter' : event.code;
  if (event.repeat || (code !== ownCode && !event.ctrlKey)) event.preventDefault();
}
