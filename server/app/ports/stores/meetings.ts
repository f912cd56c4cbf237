export interface MeetingRecord {
  id: number;
  companyId: number;
  companyName: string;
  contactId: number | null;
  dealId: number | null;
  dealClosed: boolean;
  ownerId: number;
  ownerTeamId: number | null;
  ownerTimeZone: string;
  callId: number | null;
  startsAt: Date;
  timeZone: string;
  status: 'planned' | 'held' | 'failed';
  /** The company's open promise that is the meeting itself. */
  promiseId: number | null;
}

export interface MeetingStore {
  /** The meeting with its company's lead and its own row locked, in this order, until the transaction ends; null when there is none. */
  lock(meetingId: number): Promise<MeetingRecord | null>;
  close(meetingId: number, card: { status: 'held' | 'failed'; card: string | null; at: Date }): Promise<void>;
  moveTo(meetingId: number, startsAt: Date): Promise<void>;
  /** Its open tasks: to prepare and to hold it. */
  openTasks(meeting: MeetingRecord): Promise<{ id: number; kind: 'holdMeeting' | 'prepareMeeting'; title: string; assigneeId: number }[]>;
  /** The company was in contact at that instant, unless it was later already. */
  saveContact(companyId: number, at: Date): Promise<void>;
  createVisit(visit: {
    companyId: number;
    contactId: number | null;
    userId: number;
    at: Date;
    result: string;
    note: string | null;
  }): Promise<number>;
}
