import { m } from '$lib/paraglide/messages.js';
import type { Dialer } from './dialer.svelte.ts';

/** Why one line was dialled where the list has several; null when nothing is to be said. */
export function oneLineWords(limitedBy: Dialer['limitedBy']): string | null {
  switch (limitedBy) {
    case 'promise':
      return m.dialer_one_line_promise();
    case 'learning':
      return m.dialer_one_line_learning();
    case 'cap':
      return m.dialer_one_line_cap();
    case 'pace':
      return m.dialer_one_line_pace();
    case 'queue':
      return m.dialer_one_line_queue();
    case 'list':
    case 'tier':
    case null:
      return null;
    default:
      return limitedBy satisfies never;
  }
}
