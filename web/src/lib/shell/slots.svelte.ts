import type { Component, Snippet } from 'svelte';

let bar = $state.raw<Snippet | null>(null);
let docked = $state.raw<Component | null>(null);

/** Puts a screen's own content into the top bar; the answer takes it away. */
export function fillTopBar(content: Snippet): () => void {
  bar = content;
  return () => {
    if (bar === content) bar = null;
  };
}

/** What the top bar shows of the open screen. */
export function topBarContent(): Snippet | null {
  return bar;
}

/** The strip at the bottom that outlives navigation: the player. The component reads its own state. */
export const dock = {
  get component(): Component | null {
    return docked;
  },
  show(component: Component): void {
    docked = component;
  },
  hide(): void {
    docked = null;
  },
};
