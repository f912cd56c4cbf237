import { createHash } from 'node:crypto';
import { pcm16WavHeader } from '../../../server/core/audio/wav.ts';
import type { Deliveries } from './deliveries.ts';
import type { Faults } from './faults.ts';
import type { Leg, RecordingWish } from './leg.ts';
import { carrierDate, newSid, notFound } from './refusal.ts';
import { recordingOf, sampleRate, Timeline, type Pause } from './sound.ts';

/** What cannot be heard as speech is not kept: shorter than this is told as absent. */
const leastMilliseconds = 100;
/** Reads of the media of a late recording that answer 404 first. */
const lateReads = 2;

export interface KeptRecording {
  sid: string;
  leg: Leg;
  wish: RecordingWish;
  startedAt: Date;
  endedAt: Date | null;
  pauses: Timeline<Pause>;
  status: 'in-progress' | 'paused' | 'stopped' | 'processing' | 'completed' | 'absent';
  media: Buffer | null;
  readsUntilThere: number;
  channels: 1 | 2;
}

/** The recordings that the carrier keeps: of call legs, two channels, announced once when they are whole. */
export class Recordings {
  readonly #kept = new Map<string, KeptRecording>();
  readonly #accountSid: string;
  readonly #deliveries: Deliveries;
  readonly #faults: () => Faults;
  /** Sound takes long to render; calls by the thousand are kept without. */
  readonly #withSound: boolean;

  constructor(parts: { accountSid: string; deliveries: Deliveries; faults: () => Faults; withSound: boolean }) {
    this.#accountSid = parts.accountSid;
    this.#deliveries = parts.deliveries;
    this.#faults = parts.faults;
    this.#withSound = parts.withSound;
  }

  get all(): readonly KeptRecording[] {
    return [...this.#kept.values()];
  }

  start(leg: Leg, wish: RecordingWish, channels: 1 | 2): KeptRecording {
    const recording: KeptRecording = {
      sid: newSid('RE'),
      leg,
      wish,
      startedAt: new Date(),
      endedAt: null,
      pauses: new Timeline<Pause>(null),
      status: 'in-progress',
      media: null,
      readsUntilThere: 0,
      channels,
    };
    this.#kept.set(recording.sid, recording);
    this.#tell(recording, 'in-progress');
    return recording;
  }

  find(sid: string): KeptRecording {
    const found = this.#kept.get(sid);
    if (!found) throw notFound(sid);
    return found;
  }

  /** The one that runs now on a leg. */
  running(leg: Leg): KeptRecording | undefined {
    return this.all.find((recording) => recording.leg === leg && recording.endedAt === null);
  }

  setPaused(recording: KeptRecording, pause: Pause): void {
    recording.pauses.set(Date.now(), pause);
    recording.status = pause === null ? 'in-progress' : 'paused';
  }

  stop(recording: KeptRecording): void {
    if (recording.endedAt) return;
    recording.endedAt = new Date();
    const fault = this.#faults().recording?.(recording.leg.sid) ?? null;
    const milliseconds = recording.endedAt.getTime() - recording.startedAt.getTime();
    if (fault === 'absent' || milliseconds < leastMilliseconds) {
      recording.status = 'absent';
      this.#tell(recording, 'absent');
      return;
    }
    recording.media = this.#withSound
      ? recordingOf(recording.leg, recording.startedAt.getTime(), recording.endedAt.getTime(), recording.pauses)
      : leastMedia();
    recording.readsUntilThere = fault === 'late' ? lateReads : 0;
    recording.status = 'completed';
    if (fault !== 'silent') this.#tell(recording, 'completed');
  }

  /** The file, or null while it is not there yet. */
  media(recording: KeptRecording): Buffer | null {
    if (recording.readsUntilThere > 0) {
      recording.readsUntilThere -= 1;
      return null;
    }
    return recording.media;
  }

  remove(recording: KeptRecording): void {
    this.#kept.delete(recording.sid);
  }

  view(recording: KeptRecording): object {
    return {
      sid: recording.sid,
      account_sid: this.#accountSid,
      call_sid: recording.leg.sid,
      conference_sid: null,
      channels: recording.channels,
      source: 'OutboundAPI',
      status: recording.status,
      duration: recording.endedAt ? String(secondsOf(recording)) : '-1',
      error_code: null,
      date_created: carrierDate(recording.startedAt),
      date_updated: carrierDate(recording.endedAt ?? recording.startedAt),
      start_time: carrierDate(recording.startedAt),
      uri: `/2010-04-01/Accounts/${this.#accountSid}/Recordings/${recording.sid}.json`,
      media_url: `https://api.twilio.com/2010-04-01/Accounts/${this.#accountSid}/Recordings/${recording.sid}`,
    };
  }

  checksum(recording: KeptRecording): string {
    return createHash('sha256')
      .update(recording.media ?? '')
      .digest('hex');
  }

  #tell(recording: KeptRecording, status: 'in-progress' | 'completed' | 'absent'): void {
    const { wish, leg } = recording;
    if (wish.callback === null || !wish.events.includes(status)) return;
    this.#deliveries.tell(
      wish.callback,
      {
        AccountSid: this.#accountSid,
        CallSid: leg.sid,
        RecordingSid: recording.sid,
        RecordingStatus: status,
        RecordingDuration: recording.endedAt ? String(secondsOf(recording)) : '-1',
        RecordingChannels: String(recording.channels),
        RecordingSource: 'OutboundAPI',
        RecordingStartTime: carrierDate(recording.startedAt),
        // A place inside: whoever fetches by this address instead of by id is caught.
        RecordingUrl: `http://169.254.169.254/2010-04-01/Accounts/${this.#accountSid}/Recordings/${recording.sid}`,
        ErrorCode: '0',
      },
      { callSid: leg.sid, word: status },
    );
  }
}

/** A file with one sample of silence on each side. */
function leastMedia(): Buffer {
  const silence = Buffer.alloc(4);
  return Buffer.concat([pcm16WavHeader(2, sampleRate, silence.length), silence]);
}

function secondsOf(recording: KeptRecording): number {
  return Math.round(((recording.endedAt ?? recording.startedAt).getTime() - recording.startedAt.getTime()) / 1000);
}
