import type { LineVerdict } from '$lib/features/headset/line-verdict.ts';
import { m } from '$lib/paraglide/messages.js';

export function verdictWords(verdict: LineVerdict | null): string {
  switch (verdict) {
    case null:
      return m.dialer_line_unknown();
    case 'good':
      return m.dialer_line_good();
    case 'weak':
      return m.dialer_line_weak();
    case 'bad':
      return m.dialer_line_bad();
    default:
      return verdict satisfies never;
  }
}
