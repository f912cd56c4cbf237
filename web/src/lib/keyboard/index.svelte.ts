import { createSubscriber } from 'svelte/reactivity';
import { isTypingTarget, ownsActivation } from './focus.ts';
import { ShortcutRegistry } from './registry.ts';
import type { Shortcut } from './registry.ts';

export type { Shortcut, ShortcutScope } from './registry.ts';

/** The one registry of the console. */
export const shortcuts = new ShortcutRegistry();

const subscribe = createSubscriber((update) => shortcuts.subscribe(update));

/** The shortcuts of now, reactive. */
export function liveShortcuts(): Shortcut[] {
  subscribe();
  return shortcuts.list();
}

/** Registers shortcuts for as long as the component lives; call it while the component is set up. */
export function useShortcuts(list: Shortcut[]): void {
  $effect(() => {
    const removers = list.map((shortcut) => shortcuts.add(shortcut));
    return () => {
      for (const remove of removers) remove();
    };
  });
}

/** True once a pointer, not a key, moved the focus: then Space on a clicked button is a command again. */
let focusCameFromPointer = false;

function onKeyDown(event: KeyboardEvent): void {
  if (event.key === 'Tab' || event.key.startsWith('Arrow')) focusCameFromPointer = false;
  if (event.defaultPrevented || event.isComposing) return;
  const activates = event.code === 'Space' || event.code === 'Enter';
  if (activates && !event.ctrlKey && ownsActivation(event.target) && !focusCameFromPointer) return;
  const found = shortcuts.find(event, isTypingTarget(event.target));
  if (!found) return;
  event.preventDefault();
  // A clicked button would press itself again when the key comes up.
  if (activates && event.target instanceof HTMLElement && ownsActivation(event.target)) event.target.blur();
  found.run();
}

function onPointerDown(): void {
  focusCameFromPointer = true;
}

/** Listens on the window; the root layout calls it once. The answer stops it. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('pointerdown', onPointerDown, true);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('pointerdown', onPointerDown, true);
  };
}

/** Focuses the search field of the screen that is open: the visible element marked `data-search`. */
export function focusSearch(): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[data-search]')];
  const field = fields.find((candidate) => candidate.checkVisibility());
  field?.focus();
  field?.select();
}
