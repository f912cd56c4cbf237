import type { CallView } from '$contract/http/calls.ts';
import type { ContactRole } from '$contract/http/company-card.ts';
import type { PresenceState } from '$contract/http/kpi.ts';
import type { tierSchema } from '$contract/http/queue.ts';
import type { z } from 'zod';
import { m } from '$lib/paraglide/messages.js';

export type Tier = z.infer<typeof tierSchema>;
export const tiers: readonly Tier[] = ['due', 'overdueToday', 'overdueEarlier', 'hot', 'customer', 'early', 'cold'];

export function tierName(tier: Tier): string {
  const names: Record<Tier, () => string> = {
    due: m.schedule_tier_due,
    overdueToday: m.schedule_tier_overdue_today,
    overdueEarlier: m.schedule_tier_overdue_earlier,
    hot: m.schedule_tier_hot,
    customer: m.schedule_tier_customer,
    early: m.schedule_tier_early,
    cold: m.schedule_tier_cold,
  };
  return names[tier]();
}

export function contactRoleName(role: ContactRole): string {
  const names: Record<ContactRole, () => string> = {
    decisionMaker: m.dialer_role_decision_maker,
    influencer: m.dialer_role_influencer,
    shapesDecision: m.dialer_role_shapes,
    gatekeeper: m.dialer_role_gatekeeper,
    unknown: m.dialer_role_unknown,
  };
  return names[role]();
}

export function presenceName(state: PresenceState): string {
  const names: Record<PresenceState, () => string> = {
    ready: m.dialer_presence_ready,
    break: m.dialer_presence_break,
    wrapUp: m.dialer_presence_wrap_up,
    away: m.dialer_presence_away,
  };
  return names[state]();
}

/** The prospect only hears that he is recorded: he does not hear the rep yet. */
export const isUntold = ({ state, announcement }: Pick<CallView, 'state' | 'announcement'>): boolean =>
  state === 'answered' && (announcement === 'asked' || announcement === 'playing');

/** The state of a call as the header says it. */
export function callStateName(call: CallView): string {
  switch (call.state) {
    case 'intent':
      return call.waitsUntil === null ? m.dialer_state_dialing() : m.dialer_state_waiting();
    case 'dialing':
      return m.dialer_state_dialing();
    case 'ringing':
      return m.dialer_state_ringing();
    case 'answered':
      return call.held ? m.dialer_state_held() : m.dialer_state_talking();
    case 'ended':
      return m.dialer_state_ended();
    default:
      return call.state satisfies never;
  }
}
