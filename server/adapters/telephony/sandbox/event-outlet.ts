import type { CarrierEvent, CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import type { CarrierFaults } from './faults.ts';
import type { Scheduler } from './scheduler.ts';

/** A carrier asks again a few times when we do not take an event, then gives up; lookUp still knows the end. */
const deliveryTries = 3;
const retryMilliseconds = 500;

export interface EventOutletOptions {
  callId: number;
  faults: CarrierFaults;
  speed: number;
  scheduler: Scheduler;
  deliver: (event: CarrierEvent) => Promise<void>;
  onProblem: (problem: string, error: unknown) => void;
}

/** Numbers and delivers the events of one call, one after the other, through the faults that the call was given. */
export class EventOutlet {
  readonly #options: EventOutletOptions;
  #sequence = 0;
  #keptBack: CarrierEvent | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: EventOutletOptions) {
    this.#options = options;
  }

  emit(body: CarrierEventBody, carrierWord: string): void {
    const { callId, faults, scheduler } = this.#options;
    const eventKey = `${this.#sequence}-${body.kind}`;
    this.#sequence += 1;
    if (faults.lostEvents?.includes(body.kind)) return;
    const event: CarrierEvent = { callId, eventKey, at: scheduler.now(), carrierWord, body };
    if (!faults.reorderedEvents) {
      this.#send(event);
      return;
    }
    // Each second event overtakes the one before it; nothing is kept back after the end.
    const keptBack = this.#keptBack;
    this.#keptBack = keptBack || body.kind === 'ended' ? null : event;
    if (this.#keptBack) return;
    this.#send(event);
    if (keptBack) this.#send(keptBack);
  }

  /** Resolves when everything emitted so far was delivered or given up. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  #send(event: CarrierEvent): void {
    const copies = this.#options.faults.doubledEvents ? [event, event] : [event];
    for (const copy of copies) this.#queue = this.#deliverAfter(this.#queue, copy);
  }

  async #deliverAfter(before: Promise<void>, event: CarrierEvent): Promise<void> {
    await before;
    const { faults, speed } = this.#options;
    if (faults.lateEventSeconds) await this.#pause((faults.lateEventSeconds * 1000) / speed);
    for (let attempt = 1; attempt <= deliveryTries; attempt += 1) {
      try {
        await this.#options.deliver(event);
        return;
      } catch (error) {
        this.#options.onProblem(`event ${event.eventKey} of call ${event.callId} was not taken, try ${attempt}`, error);
        if (attempt < deliveryTries) await this.#pause(retryMilliseconds);
      }
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.#options.scheduler.after(milliseconds, resolve));
  }
}
