import type { MeetingQuery, MeetingView } from '../../../contract/http/meetings.ts';
import type { Scope } from './scope.ts';

export interface MeetingQuestion {
  scope: Scope;
  phase: MeetingQuery['phase'];
  companyId: number | undefined;
  ownerId: number | undefined;
  after: { startsAt: Date; id: number } | undefined;
  limit: number;
  now: Date;
}

export interface MeetingReads {
  /** Past ones newest first, the others by their time; one more than `limit` when there are more. */
  meetings(question: MeetingQuestion): Promise<MeetingView[]>;
  meeting(scope: Scope, meetingId: number, now: Date): Promise<MeetingView | null>;
}
