/** Positions of the default funnel that rules speak of (domain.md, "Default funnel"). */
export const stageOf = {
  decisionMakerReached: 1,
  needRecognised: 2,
  offerSent: 3,
  meetingHeld: 4,
} as const;

export interface OpenDeal {
  id: number;
  position: number;
}

/** What happens to a company's deal. A rule never moves a deal back: only people do. */
export type DealStep = { kind: 'open'; to: number } | { kind: 'move'; dealId: number; from: number; to: number };

/** Brings the deal at least to a stage: opens one, moves it forward, or leaves it when it is there or further already. */
export function atLeast(deal: OpenDeal | null, position: number): DealStep | null {
  if (!deal) return { kind: 'open', to: position };
  return deal.position < position ? { kind: 'move', dealId: deal.id, from: deal.position, to: position } : null;
}
