import type { Qualification } from '../../../contract/http/deals.ts';

export interface DealRecord {
  id: number;
  companyId: number;
  ownerId: number;
  handedById: number | null;
  status: 'open' | 'won' | 'lost';
  position: number;
  /** The funnel's positions, the last one is "work started". */
  positions: readonly number[];
}

/** By what a figure is counted, for something that happened without a call. */
export interface CountedBy {
  timeZone: string;
  teamId: number | null;
  listId: number | null;
  channelId: number | null;
  sourceId: number | null;
}

/** What people do with deals by hand; stages, losses and their moves are written by the deals' own store. */
export interface DealCommandStore {
  /** The deal with its row locked until the transaction ends; null when there is none. */
  lock(dealId: number): Promise<DealRecord | null>;
  setAmount(dealId: number, amount: number | null): Promise<void>;
  setQualification(dealId: number, qualification: Qualification): Promise<void>;
  /** Wins the deal; its company is a customer from that day on, unless it was one before. */
  win(dealId: number, startedOn: string, at: Date): Promise<void>;
  countedBy(repId: number, companyId: number): Promise<CountedBy>;
}
