import type { CallEnd, Fate } from './fates.ts';
import { carrierDate, newSid } from './refusal.ts';
import { Timeline, type Sounding, type Voice } from './sound.ts';

export type LegStatus = 'queued' | 'initiated' | 'ringing' | 'in-progress' | 'canceled' | CallEnd['status'];
export const progressEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type ProgressEvent = (typeof progressEvents)[number];

/** Where a leg's life is told, and what of it. Without a list of events only the end is told. */
export interface ProgressCallback {
  url: string;
  events: readonly ProgressEvent[];
}

export interface RecordingWish {
  callback: string | null;
  events: readonly string[];
}

export interface LegOptions {
  to: string;
  from: string;
  direction: 'outbound-api' | 'outbound-dial' | 'inbound';
  fate: Fate;
  callback: ProgressCallback | null;
  timeoutSeconds: number;
  label?: string;
  parentSid?: string;
  machineCallback?: string | null;
  record?: RecordingWish | null;
}

/** What a leg needs to know of the conference it is in. */
export interface RoomOfLeg {
  members(): Iterable<Leg>;
  leave(leg: Leg): void;
}

const over: readonly LegStatus[] = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];

/** One call at the carrier: its resource, its sound and what is still to happen with it. */
export class Leg implements Sounding {
  readonly sid = newSid('CA');
  readonly options: LegOptions;
  readonly createdAt = new Date();
  readonly voice = new Timeline<Voice>(null);
  readonly announced = new Timeline<Voice>(null);
  readonly muted = new Timeline(false);
  readonly held = new Timeline(false);
  /** The one leg that hears it while it coaches; null when the whole room does. */
  readonly heardBy = new Timeline<Leg | null>(null);
  readonly room = new Timeline<RoomOfLeg | null>(null);
  /** Digits that the carrier played to this leg. */
  readonly digitsHeard: string[] = [];
  /** Digits that whoever is at this leg pressed. */
  readonly digitsPressed: string[] = [];
  status: LegStatus = 'queued';
  sequence = 0;
  answeredAt: Date | null = null;
  endedAt: Date | null = null;
  answeredBy: string | null = null;
  sipCode: number | null = null;
  timers: NodeJS.Timeout[] = [];
  /** Rises when other instructions take over. */
  generation = 0;
  whenOver: (() => void)[] = [];
  #history: { at: number; status: LegStatus }[] = [{ at: Date.now(), status: 'queued' }];

  constructor(options: LegOptions) {
    this.options = options;
  }

  get isOver(): boolean {
    return over.includes(this.status);
  }

  get currentRoom(): RoomOfLeg | null {
    return this.room.at(Date.now());
  }

  become(status: LegStatus): void {
    this.status = status;
    this.#history.push({ at: Date.now(), status });
  }

  /** The resource, as it was so long ago. */
  view(accountSid: string, staleMilliseconds = 0): object {
    const before = Date.now() - staleMilliseconds;
    const status = this.#history.findLast((change) => change.at <= before)?.status ?? 'queued';
    const isOver = over.includes(status);
    const { options } = this;
    return {
      sid: this.sid,
      account_sid: accountSid,
      parent_call_sid: options.parentSid ?? null,
      to: options.to,
      from: options.from,
      direction: options.direction,
      // The API has no word for it: "initiated" is said in callbacks only.
      status: status === 'initiated' ? 'queued' : status,
      answered_by: this.answeredBy,
      date_created: carrierDate(this.createdAt),
      date_updated: carrierDate(this.endedAt ?? this.createdAt),
      start_time: this.answeredAt && status !== 'queued' ? carrierDate(this.answeredAt) : null,
      end_time: isOver && this.endedAt ? carrierDate(this.endedAt) : null,
      duration: isOver ? String(this.seconds) : null,
      api_version: '2010-04-01',
    };
  }

  get seconds(): number {
    return this.answeredAt && this.endedAt ? Math.round((this.endedAt.getTime() - this.answeredAt.getTime()) / 1000) : 0;
  }
}
