export interface HandoffRecord {
  id: number;
  companyId: number;
  dealId: number;
  fromRepId: number;
  sellerId: number;
  status: 'pending' | 'accepted' | 'returned';
}

export interface HandoffStore {
  /** The handoff with its row locked until the transaction ends; null when there is none. */
  lock(handoffId: number): Promise<HandoffRecord | null>;
  decide(handoffId: number, decision: { status: 'accepted' | 'returned'; returnReason: string | null; at: Date }): Promise<void>;
  /** What the seller adds in his own words, on the company's timeline. */
  noteOn(companyId: number, authorId: number, text: string, at: Date): Promise<void>;
  /** Deal and company go to the seller; who found and warmed them stays written. */
  giveToSeller(handoff: HandoffRecord): Promise<void>;
  /** Deal and company go back to the rep. */
  giveBack(handoff: HandoffRecord): Promise<void>;
  /** The seller's task to look at it is done, whatever he decided. */
  closeAcceptTask(handoff: HandoffRecord, at: Date): Promise<void>;
}
