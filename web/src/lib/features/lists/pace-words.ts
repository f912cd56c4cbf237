import type { ListView } from '$contract/http/lists.ts';
import { m } from '$lib/paraglide/messages.js';

/** How many lines a rep gets on the list now, or why one only; a new list has learned nothing. */
export function paceNow(list: ListView | null): string {
  if (list === null) return m.lists_pace_one_learning();
  const { lines, limitedBy } = list.pace;
  if (lines > 1) return m.lists_pace_lines({ lines });
  switch (limitedBy) {
    case 'cap':
      return m.lists_pace_one_cap({ cap: list.dialing.capPercent });
    case 'pace':
      return m.lists_pace_one_pace();
    case 'learning':
    case 'promise':
    case null:
      return m.lists_pace_one_learning();
    default:
      return limitedBy satisfies never;
  }
}
