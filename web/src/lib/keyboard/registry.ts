import { matchesKeyStroke, parseKeyStroke } from './keys.ts';
import type { KeyPress, KeyStroke } from './keys.ts';

/** Where a shortcut lives: the whole console, the screen that is open, or the window on top of it. */
export type ShortcutScope = 'everywhere' | 'page' | 'dialog';

export interface Shortcut {
  /** Physical key with modifiers: `'KeyM'`, `'Space'`, `'Ctrl+Enter'`. */
  key: string;
  scope: ShortcutScope;
  /** Name in the map; a function, so that it follows the language. */
  label: () => string;
  run: () => void;
  /** Asked at each press; absent means always. */
  enabled?: (() => boolean) | undefined;
  /** Fires in text fields too; only for keys with Ctrl or Alt, and Escape. */
  whileTyping?: boolean | undefined;
  /** Fires again while the key is held down. */
  repeat?: boolean | undefined;
}

interface Entry {
  shortcut: Shortcut;
  stroke: KeyStroke;
  layer: number;
}

/**
 * All shortcuts that are live now. The latest registered wins, a dialog silences the page under it
 * and every earlier dialog, and typing silences all but those that say otherwise.
 */
export class ShortcutRegistry {
  #entries: Entry[] = [];
  #layers: number[] = [];
  #nextLayer = 1;
  #listeners = new Set<() => void>();

  /** Adds a shortcut to its scope (a dialog's one goes to the topmost dialog); the answer removes it. */
  add(shortcut: Shortcut): () => void {
    const stroke = parseKeyStroke(shortcut.key);
    if (shortcut.whileTyping && !stroke.control && !stroke.alt && stroke.code !== 'Escape') {
      throw new Error(`${shortcut.key} would eat what people type`);
    }
    const entry = { shortcut, stroke, layer: shortcut.scope === 'dialog' ? this.#topLayer : 0 };
    this.#entries = [...this.#entries, entry];
    this.#changed();
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#changed();
    };
  }

  /** Opens a modal layer; the answer closes it, in any order. */
  openDialog(): () => void {
    const layer = this.#nextLayer++;
    this.#layers = [...this.#layers, layer];
    this.#changed();
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
      this.#changed();
    };
  }

  /** The shortcut that this press means now, or null. */
  find(press: KeyPress & { repeat: boolean }, typing: boolean): Shortcut | null {
    const entry = this.#entries.findLast(
      ({ shortcut, stroke, layer }) =>
        this.#isReachable(shortcut, layer) &&
        matchesKeyStroke(stroke, press) &&
        (!typing || shortcut.whileTyping === true) &&
        (!press.repeat || shortcut.repeat === true) &&
        (shortcut.enabled?.() ?? true),
    );
    return entry?.shortcut ?? null;
  }

  /** What can be pressed now, for the map; a shortcut hidden by a later one with the same key is left out. */
  list(): Shortcut[] {
    const seen = new Set<string>();
    const reachable = this.#entries.filter(({ shortcut, layer }) => this.#isReachable(shortcut, layer));
    return reachable
      .toReversed()
      .filter(({ shortcut }) => !seen.has(shortcut.key) && seen.add(shortcut.key))
      .map(({ shortcut }) => shortcut)
      .toReversed();
  }

  /** Tells of each change of the registry; the answer stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get #topLayer(): number {
    return this.#layers.at(-1) ?? 0;
  }

  #isReachable(shortcut: Shortcut, layer: number): boolean {
    if (this.#topLayer === 0) return true;
    return shortcut.scope === 'dialog' && layer === this.#topLayer;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
