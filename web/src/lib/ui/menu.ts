import type { Component } from 'svelte';

/** A line of a Menu. */
export type MenuEntry =
  | { kind: 'separator' }
  | { kind: 'heading'; label: string }
  | {
      kind?: 'item';
      label: string;
      run: () => void;
      icon?: Component<{ size?: number | string }>;
      /** Key hint; registering the key is the owner's business. */
      keys?: string;
      checked?: boolean;
      disabled?: boolean;
      danger?: boolean;
      /** Stays open after the choice: for settings. */
      keepOpen?: boolean;
    };
