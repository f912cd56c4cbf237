import type { Deliveries, Parameters } from './deliveries.ts';
import type { CallEnd } from './fates.ts';
import { Leg, type LegOptions, type LegStatus, type ProgressEvent } from './leg.ts';
import type { Recordings } from './recordings.ts';
import { CarrierRefusal, carrierDate } from './refusal.ts';
import { Room, type Member, type RoomCallback } from './room.ts';

const detectionSeconds = 2;

export interface ExchangeParts {
  accountSid: string;
  deliveries: Deliveries;
  recordings: Recordings;
  /** Ringing, thinking and the queue of calls a second are this many times faster than life. */
  speed: number;
  callsPerSecond: number;
}

/** Where calls meet: places legs at the account's pace, lets them ring, answer and end, and keeps the rooms. */
export class Exchange {
  readonly parts: ExchangeParts;
  readonly legs = new Map<string, Leg>();
  readonly rooms: Room[] = [];
  readonly #detections = new Set<NodeJS.Timeout>();
  #nextStart = 0;

  constructor(parts: ExchangeParts) {
    this.parts = parts;
  }

  /** Ends everything that lives; nothing more happens by itself. */
  close(): void {
    for (const leg of this.legs.values()) this.end(leg, 'completed');
    for (const detection of this.#detections) clearTimeout(detection);
  }

  /** Takes a call; it waits its turn in the account's queue. `onAnswer` says what the leg does then. */
  place(options: LegOptions, onAnswer: (leg: Leg) => void): Leg {
    const leg = new Leg(options);
    this.legs.set(leg.sid, leg);
    const now = Date.now();
    const start = Math.max(now, this.#nextStart);
    this.#nextStart = start + 1000 / this.parts.callsPerSecond / this.parts.speed;
    this.#later(leg, (start - now) / 1000, () => this.#begin(leg, onAnswer), false);
    return leg;
  }

  /** A leg that is there already: somebody called in, or a browser connected. */
  arrive(options: LegOptions): Leg {
    const leg = new Leg(options);
    this.legs.set(leg.sid, leg);
    leg.answeredAt = new Date();
    leg.status = 'in-progress';
    return leg;
  }

  room(nameOrSid: string): Room | undefined {
    return this.rooms.find((room) => !room.isOver && (room.name === nameOrSid || room.sid === nameOrSid));
  }

  openRoom(name: string, callback: RoomCallback | null): Room {
    const open = this.room(name);
    if (open) return open;
    // Its logs are read by strangers.
    if (/\d{7,}/.test(name)) throw new CarrierRefusal(400, 16_000, `the conference name ${name} shows a telephone number`);
    const room = new Room(name, { accountSid: this.parts.accountSid, deliveries: this.parts.deliveries, callback });
    this.rooms.push(room);
    return room;
  }

  join(leg: Leg, room: Room, member: Omit<Member, 'leg'>): void {
    room.join({ ...member, leg });
  }

  /** Ends a leg. What it was in hears of it. */
  end(leg: Leg, status: Extract<LegStatus, CallEnd['status'] | 'canceled'>, sipCode: number | null = null): void {
    if (leg.isOver) return;
    const wasQueued = leg.status === 'queued';
    for (const timer of leg.timers) clearTimeout(timer);
    leg.timers = [];
    leg.generation += 1;
    leg.endedAt = new Date();
    leg.sipCode = sipCode;
    const recording = this.parts.recordings.running(leg);
    leg.become(status);
    leg.currentRoom?.leave(leg);
    if (recording) this.parts.recordings.stop(recording);
    // A call that was cancelled in the queue leaves without a word.
    if (!(wasQueued && status === 'canceled')) this.#tell(leg, 'completed', status);
    for (const done of leg.whenOver.splice(0)) done();
  }

  /** Runs something later unless the leg has ended. */
  later(leg: Leg, seconds: number, action: () => void): void {
    this.#later(leg, seconds, action, true);
  }

  parametersOf(leg: Leg): Parameters {
    return {
      AccountSid: this.parts.accountSid,
      ApiVersion: '2010-04-01',
      CallSid: leg.sid,
      CallStatus: leg.status,
      Direction: leg.options.direction,
      From: leg.options.from,
      To: leg.options.to,
      Caller: leg.options.from,
      Called: leg.options.to,
    };
  }

  #begin(leg: Leg, onAnswer: (leg: Leg) => void): void {
    const { fate, timeoutSeconds } = leg.options;
    leg.become('initiated');
    this.#tell(leg, 'initiated', 'initiated');
    if (fate.kind === 'answers' || fate.rings) {
      this.later(leg, 0.2, () => {
        leg.become('ringing');
        this.#tell(leg, 'ringing', 'ringing');
      });
    }
    const seconds = 0.2 + fate.afterSeconds;
    if (Number.isFinite(seconds))
      this.later(leg, seconds, () =>
        fate.kind === 'answers' ? this.#answer(leg, onAnswer) : this.end(leg, fate.end.status, fate.end.sipCode),
      );
    this.later(leg, timeoutSeconds, () => {
      if (!leg.answeredAt) this.end(leg, 'no-answer', 487);
    });
  }

  #answer(leg: Leg, onAnswer: (leg: Leg) => void): void {
    const { fate, record, machineCallback } = leg.options;
    if (fate.kind !== 'answers') return;
    leg.answeredAt = new Date();
    leg.become('in-progress');
    leg.voice.set(Date.now(), fate.voice);
    this.#tell(leg, 'answered', 'in-progress');
    if (record) this.parts.recordings.start(leg, record, 2);
    if (machineCallback) {
      // Not a timer of the leg: detection may come after the hang-up.
      const detection = setTimeout(
        () => {
          this.#detections.delete(detection);
          leg.answeredBy = fate.answeredBy;
          this.parts.deliveries.tell(
            machineCallback,
            { ...this.parametersOf(leg), AnsweredBy: fate.answeredBy, MachineDetectionDuration: '2000' },
            { callSid: leg.sid, word: fate.answeredBy },
          );
        },
        (detectionSeconds * 1000) / this.parts.speed,
      );
      this.#detections.add(detection.unref());
    }
    this.later(leg, fate.staysSeconds, () => this.end(leg, 'completed', 200));
    onAnswer(leg);
  }

  #tell(leg: Leg, event: ProgressEvent, status: LegStatus): void {
    const { callback } = leg.options;
    const sequence = leg.sequence;
    leg.sequence += 1;
    if (!callback?.events.includes(event)) return;
    const over: Parameters = leg.isOver
      ? { CallDuration: String(leg.seconds), Duration: String(Math.ceil(leg.seconds / 60)), SipResponseCode: String(leg.sipCode ?? 200) }
      : {};
    this.parts.deliveries.tell(
      callback.url,
      {
        ...this.parametersOf(leg),
        ...over,
        CallStatus: status,
        CallbackSource: 'call-progress-events',
        SequenceNumber: String(sequence),
        Timestamp: carrierDate(new Date()),
      },
      { callSid: leg.sid, word: status },
    );
  }

  #later(leg: Leg, seconds: number, action: () => void, scaled: boolean): void {
    const timer = setTimeout(
      () => {
        if (!leg.isOver) action();
      },
      Math.min(2_000_000_000, (seconds * 1000) / (scaled ? this.parts.speed : 1)),
    );
    timer.unref();
    leg.timers.push(timer);
  }
}
