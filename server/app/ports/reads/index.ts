import type { AttemptReads } from './attempts.ts';
import type { AuditReads } from './audit.ts';
import type { BoardReads } from './board.ts';
import type { CallReads } from './calls.ts';
import type { CompanyReads } from './companies.ts';
import type { CompanyCardReads } from './company-card.ts';
import type { DealReads } from './deals.ts';
import type { HandoffReads } from './handoffs.ts';
import type { KpiReads } from './kpi.ts';
import type { ImportReads } from './imports.ts';
import type { LeadReads } from './leads.ts';
import type { ListReads } from './lists.ts';
import type { MeetingReads } from './meetings.ts';
import type { PeopleReads } from './people.ts';
import type { PlaylistReads } from './playlists.ts';
import type { ProgramReads } from './programs.ts';
import type { PromiseReads } from './promises.ts';
import type { RecordingReads } from './recordings.ts';
import type { ScheduleReads } from './schedule.ts';
import type { ScriptReads } from './scripts.ts';
import type { SettingsReads } from './settings.ts';
import type { TaskReads } from './tasks.ts';

/** What screens and reports look at, one set of queries per word of the trade; each is scoped to the actor by its use case. */
export interface Reads {
  attempts: AttemptReads;
  audit: AuditReads;
  board: BoardReads;
  calls: CallReads;
  companies: CompanyReads;
  companyCard: CompanyCardReads;
  deals: DealReads;
  handoffs: HandoffReads;
  kpi: KpiReads;
  imports: ImportReads;
  leads: LeadReads;
  lists: ListReads;
  meetings: MeetingReads;
  people: PeopleReads;
  playlists: PlaylistReads;
  programs: ProgramReads;
  promises: PromiseReads;
  recordings: RecordingReads;
  schedule: ScheduleReads;
  scripts: ScriptReads;
  settings: SettingsReads;
  tasks: TaskReads;
}
