import type { MatrixCard, MatrixCell } from '$contract/http/matrix.ts';
import { currentLocale } from '$lib/i18n/locale.svelte.ts';
import { m } from '$lib/paraglide/messages.js';

export type Mark = MatrixCell['marks'][number]['mark'];

/** Facts are capitals on a ground, what is planned is small letters in a dashed frame: the letters alone tell all. */
export const markLook: Record<Mark, { letters: () => string; name: () => string; class: string }> = {
  started: { letters: m.matrix_letters_started, name: m.matrix_mark_started, class: 'bg-live text-on-live' },
  visit: { letters: m.matrix_letters_visit, name: m.matrix_mark_visit, class: 'bg-accent-soft text-accent' },
  call: { letters: m.matrix_letters_call, name: m.matrix_mark_call, class: 'bg-sunken text-ink' },
  tender: { letters: m.matrix_letters_tender, name: m.matrix_mark_tender, class: 'bg-soon-soft text-soon' },
  plannedVisit: { letters: m.matrix_letters_planned_visit, name: m.matrix_mark_planned_visit, class: 'planned' },
  plannedCall: { letters: m.matrix_letters_planned_call, name: m.matrix_mark_planned_call, class: 'planned' },
};

export const cardNames: Record<MatrixCard['kind'], () => string> = {
  call: m.matrix_mark_call,
  visit: m.matrix_card_visit,
  heldMeeting: m.matrix_card_held_meeting,
  start: m.matrix_mark_started,
  promise: m.matrix_card_promise,
  plannedMeeting: m.matrix_card_planned_meeting,
  tender: m.matrix_mark_tender,
  plannedContact: m.matrix_card_planned_contact,
};

const firstDay = (month: string): Date => new Date(`${month}-01T00:00:00Z`);
const inWords = (month: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLocale() === 'ru' ? 'ru-RU' : 'en-GB', { ...options, timeZone: 'UTC' }).format(firstDay(month));

/** `ноябрь 2026 г.` */
export const monthName = (month: string): string => inWords(month, { month: 'long', year: 'numeric' });
/** Three letters for a narrow column. */
export const monthShort = (month: string): string => inWords(month, { month: 'short' }).slice(0, 3);

/** A cell in words: for those who hear the screen, and under the pointer. */
export function cellWords(monthWords: string, cell: MatrixCell | undefined): string {
  if (!cell) return m.matrix_cell_empty({ month: monthWords });
  const said = cell.marks.map(({ mark, count }) => (count > 1 ? `${markLook[mark].name()} ${count}` : markLook[mark].name()));
  return `${monthWords}: ${said.join(', ')}`;
}
