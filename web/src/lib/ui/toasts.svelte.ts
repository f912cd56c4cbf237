import { untrack } from 'svelte';

export type Tone = 'plain' | 'accent' | 'late' | 'soon' | 'live';

export interface Toast {
  readonly id: number;
  readonly tone: Exclude<Tone, 'accent'>;
  readonly text: string;
  readonly action?: { label: string; run: () => void } | undefined;
}

const state = $state<{ list: Toast[] }>({ list: [] });
let nextId = 1;

/** The toasts on the screen, oldest first. */
export function liveToasts(): readonly Toast[] {
  return state.list;
}

/**
 * Says something in the corner without taking the focus; errors (`late`) are read out at once.
 * Goes away by itself after `seconds` (0 keeps it until it is closed).
 */
export function toast(text: string, options: { tone?: Toast['tone']; action?: Toast['action']; seconds?: number } = {}): number {
  const { tone = 'plain', action, seconds = tone === 'late' ? 10 : 5 } = options;
  const id = nextId++;
  // Whoever says something does not follow what else is said: an effect would say it again and again.
  const earlier = untrack(() => state.list);
  state.list = [...earlier.slice(-3), { id, tone, text, action }];
  if (seconds > 0) setTimeout(() => dismissToast(id), seconds * 1000);
  return id;
}

export function dismissToast(id: number): void {
  state.list = untrack(() => state.list).filter((other) => other.id !== id);
}
