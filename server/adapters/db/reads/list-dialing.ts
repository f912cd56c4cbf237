import type { ListDialing } from '../../../contract/http/list-dialing.ts';
import type { CallList } from '../generated/client.ts';

/** How a list is dialled, from its columns. */
export const listDialing = (list: Pick<CallList, 'dialMode' | 'countdownSeconds' | 'lines' | 'capPercent'>): ListDialing => ({
  mode: list.dialMode,
  countdownSeconds: list.countdownSeconds,
  lines: list.lines,
  capPercent: list.capPercent,
});
