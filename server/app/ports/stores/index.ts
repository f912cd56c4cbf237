import type { AuditStore } from './audit.ts';
import type { DictionaryStore } from './dictionaries.ts';
import type { HandoffStore } from './handoffs.ts';
import type { LeaverStore } from './leavers.ts';
import type { OutboxStore } from './outbox.ts';
import type { PeopleStore } from './people.ts';
import type { PresenceStore } from './presence.ts';
import type { ProgramStore } from './programs.ts';
import type { QueueStore } from './queue.ts';
import type { SessionStore } from './sessions.ts';
import type { SettingsStore } from './settings.ts';
import type { TaskCommandStore } from './task-commands.ts';
import type { TeamStore } from './teams.ts';

/** What a use case may write, one store per word of the trade, all inside one transaction. */
export interface Stores {
  outbox: OutboxStore;
  audit: AuditStore;
  people: PeopleStore;
  presence: PresenceStore;
  queue: QueueStore;
  dictionaries: DictionaryStore;
  handoffs: HandoffStore;
  leavers: LeaverStore;
  programs: ProgramStore;
  settings: SettingsStore;
  taskCommands: TaskCommandStore;
  teams: TeamStore;
  sessions: SessionStore;
}
