import type { QueueItem } from '$contract/http/queue.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Tone } from '$lib/ui/index.ts';

type Tier = QueueItem['tier'];

const names: Record<Tier, () => string> = {
  due: m.boards_tier_due,
  overdueToday: m.boards_tier_overdueToday,
  overdueEarlier: m.boards_tier_overdueEarlier,
  hot: m.boards_tier_hot,
  customer: m.boards_tier_customer,
  early: m.boards_tier_early,
  cold: m.boards_tier_cold,
};
const tones: Record<Tier, Tone> = {
  due: 'soon',
  overdueToday: 'late',
  overdueEarlier: 'late',
  hot: 'plain',
  customer: 'plain',
  early: 'plain',
  cold: 'plain',
};

/** A tier of the queue in a word. */
export const tierName = (tier: Tier): string => names[tier]();
/** Its colour: only promises have one. */
export const tierTone = (tier: Tier): Tone => tones[tier];
