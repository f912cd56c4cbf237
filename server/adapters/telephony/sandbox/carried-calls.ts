import type { CarrierRecording, LookUpOutcome, TelephonyListener } from '../../../app/ports/telephony.ts';
import { AnnouncementPlays, CallNotLive } from '../../../app/ports/telephony.ts';
import type { ClipLibrary } from './clip-library.ts';
import { earlierCalls } from './earlier-calls.ts';
import { EventOutlet } from './event-outlet.ts';
import type { CarrierFaults } from './faults.ts';
import type { LeavingMessage } from './leaving-message.ts';
import type { Pacer } from './pacer.ts';
import { PastCalls } from './past-calls.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { SandboxCall, type SandboxCallOptions } from './sandbox-call.ts';
import type { Stations } from './stations.ts';

export interface CarriedCallsParts {
  options: Required<SandboxOptions>;
  shelf: RecordingShelf;
  pacer: Pacer;
  stations: Stations;
}

/** The calls of this process: each from its beginning until its last event is told and its recording is handed over. */
export class CarriedCalls {
  readonly #parts: CarriedCallsParts;
  readonly #live = new Map<number, SandboxCall>();
  readonly #past = new PastCalls();
  readonly #leaving = new Set<LeavingMessage>();
  readonly #unfinished = new Set<Promise<void>>();
  #whenQuiet: (() => void)[] = [];
  listener: TelephonyListener | null = null;

  constructor(parts: CarriedCallsParts) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#live.size;
  }

  find(callId: number): SandboxCall | undefined {
    return this.#live.get(callId);
  }

  /** Whether this call is carried, or was. */
  isKnown(callId: number): boolean {
    return this.#live.has(callId) || this.#past.has(callId);
  }

  /** One that may be commanded. @throws CallNotLive, AnnouncementPlays */
  async answered(callId: number): Promise<SandboxCall> {
    const call = await this.talking(callId);
    if (call.isAnnouncing) throw new AnnouncementPlays(callId);
    return call;
  }

  /** The same, also while its prospect only hears that he will be recorded. @throws CallNotLive */
  talking(callId: number): Promise<SandboxCall> {
    const call = this.#live.get(callId);
    return call?.phase === 'answered' ? Promise.resolve(call) : Promise.reject(new CallNotLive(callId));
  }

  lookUp(callId: number): LookUpOutcome {
    return this.#live.get(callId)?.lookUp() ?? this.#past.lookUp(callId);
  }

  /** Hands over what an earlier process left on the shelf. */
  async takeEarlier(): Promise<void> {
    const { shelf, options } = this.#parts;
    for (const { recording, outcome } of await earlierCalls(shelf, options.scheduler.now())) {
      this.#past.remember(recording.callId, outcome);
      await this.#handOver(recording);
    }
  }

  /** A new call; it begins when the caller of this says so. */
  open(
    parts: Pick<SandboxCallOptions, 'terms' | 'plan' | 'message' | 'clips'>,
    faults: CarrierFaults,
    onOver: () => void = () => undefined,
  ): SandboxCall {
    const { shelf, pacer, options } = this.#parts;
    const { callId } = parts.terms;
    const { scheduler, speed } = options;
    const call = new SandboxCall({
      ...parts,
      speed,
      scheduler,
      events: this.#outletOf(callId, faults),
      openRecorder: () => shelf.openRecorder(callId, faults.recording),
      catchUp: () => pacer.catchUp(),
      onEnded: (ended) => {
        this.#ended(ended, faults, parts.clips);
        onOver();
      },
    });
    this.#live.set(callId, call);
    return call;
  }

  /** Twenty milliseconds pass where no rep is. */
  passAlone(): void {
    for (const call of this.#live.values()) call.passAlone();
    for (const message of this.#leaving) if (!message.pass()) this.#leaving.delete(message);
  }

  /** Work that has to be done before this process may end. */
  track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#unfinished.delete(tracked));
    this.#unfinished.add(tracked);
  }

  /** Nobody is there to hear or to be recorded. */
  restIfQuiet(): void {
    const { stations, pacer } = this.#parts;
    if (stations.isEmpty && this.#live.size === 0 && this.#leaving.size === 0) pacer.stop();
  }

  /** Gives live calls so long to end by themselves, ends the rest, and waits until all is told and handed over. */
  async end(graceSeconds: number): Promise<void> {
    if (graceSeconds > 0 && this.#live.size > 0) await this.#quietWithin(graceSeconds);
    for (const call of [...this.#live.values()]) call.hangup();
    for (const message of this.#leaving) message.stop();
    this.#leaving.clear();
    await Promise.all(this.#unfinished);
  }

  #outletOf(callId: number, faults: CarrierFaults): EventOutlet {
    const { scheduler, speed, log } = this.#parts.options;
    return new EventOutlet({
      callId,
      faults,
      speed,
      scheduler,
      deliver: async (event) => this.listener?.onCarrierEvent(event),
      onProblem: (problem, error) => log.warn({ callId, error: String(error) }, problem),
    });
  }

  #ended(call: SandboxCall, faults: CarrierFaults, clips: ClipLibrary): void {
    this.#live.delete(call.callId);
    this.#past.remember(call.callId, call.lookUp());
    if (call.leaving) this.#leaving.add(call.leaving);
    this.#parts.stations.dropCall(call, clips);
    this.restIfQuiet();
    this.track(this.#settle(call, faults));
    if (this.#live.size === 0) for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }

  async #settle(call: SandboxCall, faults: CarrierFaults): Promise<void> {
    const { recorder } = call;
    await call.events.settled();
    await call.leaving?.over;
    this.restIfQuiet();
    if (recorder) await this.#handOver(await this.#parts.shelf.finish(call.callId, recorder, faults.recording));
  }

  /** A recording that is not taken stays on the shelf and is offered again at the next start. */
  async #handOver(recording: CarrierRecording): Promise<void> {
    try {
      await this.listener?.onRecording(recording);
    } catch (error) {
      this.#parts.options.log.error({ callId: recording.callId, error: String(error) }, 'a recording was not taken');
    }
  }

  async #quietWithin(seconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.options.scheduler.after(seconds * 1000, resolve);
      this.#whenQuiet.push(() => {
        cancel();
        resolve();
      });
    });
  }
}
