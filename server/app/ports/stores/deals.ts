import type { DealView } from '../../../contract/http/company-card.ts';

export interface OpenDealRecord {
  id: number;
  position: number;
  ownerId: number;
}

export interface DueMeeting {
  id: number;
  companyId: number;
  ownerId: number;
  startsAt: Date;
  timeZone: string;
  ownerTimeZone: string;
  teamId: number | null;
  listId: number | null;
  channelId: number | null;
  sourceId: number | null;
}

export interface DealStore {
  /** Positions of the default funnel in order, the last one is "work started". */
  positions(): Promise<number[]>;
  /** The company's open deal of the default funnel, locked. */
  openOf(companyId: number): Promise<OpenDealRecord | null>;
  open(deal: {
    companyId: number;
    ownerId: number;
    title: string;
    amount?: number | null;
    position: number;
    at: Date;
    userId: number;
    callId: number | null;
  }): Promise<number>;
  move(deal: { dealId: number; from: number; to: number; at: Date; userId: number; callId: number | null }): Promise<void>;
  lose(dealId: number, reason: string, at: Date): Promise<void>;
  view(dealId: number): Promise<DealView>;
  createMeeting(meeting: {
    companyId: number;
    contactId: number | null;
    dealId: number | null;
    ownerId: number;
    callId: number;
    startsAt: Date;
    timeZone: string;
    place: string | null;
  }): Promise<number>;
  /** Meetings without a card that began before an instant; locked. */
  meetingsWithoutCard(begunBefore: Date): Promise<DueMeeting[]>;
  failMeeting(meetingId: number, at: Date): Promise<void>;
  createHandoff(handoff: {
    companyId: number;
    dealId: number;
    fromRepId: number;
    sellerId: number;
    callId: number;
    note: string | null;
    at: Date;
  }): Promise<number>;
}
