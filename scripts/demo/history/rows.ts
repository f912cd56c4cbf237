import type { DispositionCode } from '../../../server/contract/http/calls.ts';

/** Rows as the tables hold them; ids are given out by the ledger. */
export type EndCause = 'completed' | 'busy' | 'noAnswer' | 'rejected' | 'invalidNumber' | 'machine' | 'providerError';

/** What every counted row carries, so that figures can be grouped without joins. */
export interface Dimensions {
  repId: number;
  teamId: number | null;
  listId: number | null;
  channelId: number;
  sourceId: number;
  day: string;
  hour: number;
}

export interface CallRow extends Dimensions {
  id: number;
  direction: 'outbound' | 'inbound';
  companyId: number;
  leadId: number;
  contactId: number | null;
  phoneId: number;
  phoneE164: string;
  carrier: 'sandbox';
  carrierCallId: string;
  state: 'ended';
  endCause: EndCause;
  intentAt: Date;
  dialedAt: Date | null;
  ringingAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date;
  talkSeconds: number;
  answeredBy: 'human' | 'machine' | null;
  tier: string;
  promiseId: number | null;
  companyDay: string;
  dispositionCode: DispositionCode;
  disposedAt: Date;
  note: string | null;
}

export interface AttemptRow extends Dimensions {
  id: number;
  kind: 'reachDecisionMaker' | 'setMeeting' | 'holdMeeting' | 'close';
  yes: boolean;
  at: Date;
  companyId: number;
  callId: number | null;
  dealId: number | null;
  meetingId: number | null;
}

export interface PromiseRow {
  id: number;
  companyId: number;
  contactId: number | null;
  repId: number;
  madeInCallId: number | null;
  kind: 'exact' | 'window';
  origin: 'callback' | 'offer' | 'meeting' | 'source';
  localTime: string;
  timeZone: string;
  startsAt: Date;
  promisedAt: Date;
  deadlineAt: Date;
  askedOutsideHours: boolean;
  status: 'open' | 'fulfilled' | 'withdrawn';
  outcome: 'pending' | 'onTime' | 'late' | 'broken';
  dialledAt: Date | null;
  closedAt: Date | null;
  closedByCallId: number | null;
  note: string | null;
  createdAt: Date;
}

export interface DealRow {
  id: number;
  companyId: number;
  funnelId: number;
  stageId: number;
  ownerId: number;
  handedById: number | null;
  title: string;
  amount: number;
  status: 'open' | 'won' | 'lost';
  lostReason: string | null;
  startedOn: string | null;
  stageSince: Date;
  openedAt: Date;
  closedAt: Date | null;
  updatedAt: Date;
}

export interface DealMoveRow {
  id: number;
  dealId: number;
  fromPosition: number | null;
  toPosition: number;
  at: Date;
  userId: number;
  callId: number | null;
}

export interface MeetingRow {
  id: number;
  companyId: number;
  contactId: number | null;
  dealId: number | null;
  ownerId: number;
  setInCallId: number;
  startsAt: Date;
  timeZone: string;
  place: string;
  status: 'planned' | 'held' | 'failed';
  card: string | null;
  closedAt: Date | null;
}

export interface TaskRow {
  id: number;
  kind: 'sendOffer' | 'prepareMeeting' | 'acceptHandoff';
  title: string;
  companyId: number;
  dealId: number | null;
  callId: number | null;
  assigneeId: number;
  createdById: number;
  dueAt: Date;
  doneAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface HandoffRow {
  id: number;
  companyId: number;
  dealId: number;
  fromRepId: number;
  sellerId: number;
  callId: number | null;
  status: 'pending' | 'accepted' | 'returned';
  note: string | null;
  returnReason: string | null;
  openedAt: Date;
  decidedAt: Date | null;
}

export interface WinRow extends Dimensions {
  id: number;
  kind: 'stageUp' | 'meetingHeld' | 'handoffAccepted' | 'newDecisionMaker' | 'workStarted';
  companyId: number;
  callId: number | null;
  dealId: number | null;
  at: Date;
  key: string;
}

export interface NoteRow {
  id: number;
  companyId: number;
  authorId: number;
  callId: number | null;
  text: string;
  at: Date;
}

export interface VisitRow {
  id: number;
  companyId: number;
  userId: number;
  at: Date;
  result: string;
  note: string;
}
