import type { CarrierLegs } from '../../../app/ports/carrier-legs.ts';
import type { Log } from '../../../app/ports/log.ts';
import type { HeadsetLine, TelephonyListener } from '../../../app/ports/telephony.ts';
import type { CarrierEvent } from '../../../core/calls/carrier-event.ts';
import type { Memory } from './memory.ts';
import type { Trunk } from './trunks.ts';

const deliveryTries = 3;
const retryMilliseconds = 500;

/** What the parts of this adapter share. */
export interface Line {
  trunks: readonly Trunk[];
  legs: CarrierLegs;
  /** Where Janus writes the sides of calls, under the same path as ours. */
  recordingsFolder: string;
  /** Where Janus reads the sounds it plays, under the same path as ours. */
  soundsFolder: string;
  log: Log;
  now: () => Date;
  tell: Teller;
  memory: Memory;
  /** What goes on although nobody waits for it. */
  unfinished: Set<Promise<void>>;
}

/** Lets work go on by itself; its error is told, and stopping waits for it. */
export function inBackground(line: Line, facts: Record<string, unknown>, what: string, work: Promise<void>): void {
  const tracked = work
    .catch((error: unknown) => line.log.error({ ...facts, err: error }, what))
    .finally(() => line.unfinished.delete(tracked));
  line.unfinished.add(tracked);
}

/** Hands on what happened, the events of one call in their order. */
export class Teller {
  readonly #log: Log;
  readonly #queues = new Map<number, Promise<void>>();
  listener: TelephonyListener | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Resolves when it was taken, or given up: the call is then looked up by whoever misses it. */
  event(event: CarrierEvent): Promise<void> {
    const before = this.#queues.get(event.callId) ?? Promise.resolve();
    const delivered = before.then(() => this.#deliver(event));
    this.#queues.set(event.callId, delivered);
    if (event.body.kind === 'ended') void delivered.then(() => this.#queues.delete(event.callId));
    return delivered;
  }

  headset(repId: number, state: HeadsetLine['state']): void {
    this.listener?.onHeadsetLine(repId, { state });
  }

  async #deliver(event: CarrierEvent): Promise<void> {
    for (let attempt = 1; attempt <= deliveryTries; attempt += 1) {
      try {
        await this.listener?.onCarrierEvent(event);
        return;
      } catch (error) {
        this.#log.warn({ callId: event.callId, eventKey: event.eventKey, attempt, err: error }, 'an event was not taken');
        if (attempt < deliveryTries) await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
      }
    }
  }
}
