import type { DealFilter, DealRow, DealSum } from '$contract/http/deals.ts';
import { categorySchema, idTextSchema } from '$contract/http/common.ts';
import { formatMoney, formatNumber } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

/** The filter that an address carries; what cannot be read is left out. */
export function dealFilterOf(search: URLSearchParams): DealFilter {
  const category = categorySchema.safeParse(search.get('category')).data;
  const ownerId = idTextSchema.safeParse(search.get('ownerId') ?? '').data;
  return { ...(category ? { category } : {}), ...(ownerId ? { ownerId } : {}) };
}

/** How long a deal stands in its stage, against what is usual there. */
export const timeInStage = ({ daysInStage, stage }: Pick<DealRow, 'daysInStage' | 'stage'>): string =>
  m.deals_in_stage({ count: daysInStage, days: formatNumber(daysInStage), norm: formatNumber(stage.normDays) });

/** How many, worth what: of one stage, or of one category in it. */
export function sumWords(sums: readonly DealSum[]): string {
  const deals = sums.reduce((sum, one) => sum + one.deals, 0);
  const amount = sums.reduce((sum, one) => sum + one.amount, 0);
  return amount > 0 ? `${formatNumber(deals)} · ${formatMoney(amount)}` : formatNumber(deals);
}
