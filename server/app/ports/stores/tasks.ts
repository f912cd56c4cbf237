import type { Person } from '../../../contract/http/common.ts';
import type { Candidate } from '../../../core/tasks/choose-assignee.ts';

export interface NewTask {
  kind: 'sendOffer' | 'holdMeeting' | 'acceptHandoff' | 'voicemail';
  title: string;
  companyId: number;
  dealId: number | null;
  callId: number;
  assigneeId: number;
  /** Null when a rule made it without anybody's doing. */
  createdById: number | null;
  dueAt: Date;
}

export interface TaskStore {
  create(task: NewTask): Promise<number>;
  /** Sellers who are here on that day, those of the rep's team only when it has any, with their open tasks. */
  sellers(repId: number, day: string): Promise<Candidate[]>;
  loadOf(userId: number): Promise<Candidate>;
  person(userId: number): Promise<Person>;
  /** The language in which his tasks are worded. */
  languageOf(userId: number): Promise<'ru' | 'en'>;
}
