import type { MeetingChange } from '../../contract/http/meetings.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { MeetingRecord } from '../ports/stores/meetings.ts';
import type { Stores } from '../ports/stores/index.ts';

/** Who changes which meeting, and when. */
export interface MeetingStep {
  stores: Stores;
  actor: Actor;
  meeting: MeetingRecord;
  change: MeetingChange;
  settings: Settings;
  now: Date;
}
