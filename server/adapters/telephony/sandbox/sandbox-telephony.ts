import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Log } from '../../../app/ports/log.ts';
import {
  CallNotLive,
  LineInUse,
  type CarrierRecording,
  type DialOutcome,
  type DialRequest,
  type HeadsetAccess,
  type LookUpOutcome,
  type MessageWanted,
  type Telephony,
  type TelephonyHealth,
  type TelephonyListener,
} from '../../../app/ports/telephony.ts';
import { CallBacks } from './call-backs.ts';
import { loadClipLibrary, type ClipLibrary } from './clip-library.ts';
import { earlierCalls } from './earlier-calls.ts';
import { EventOutlet } from './event-outlet.ts';
import type { CarrierFaults } from './faults.ts';
import { callerOf } from './callers.ts';
import { lookUpNumber } from './number-book.ts';
import { Pacer } from './pacer.ts';
import { PastCalls } from './past-calls.ts';
import type { ProspectPlan } from './prospect-plan.ts';
import { RecordingShelf } from './recording-shelf.ts';
import { SandboxCall, type SandboxCallOptions } from './sandbox-call.ts';
import { Stations } from './stations.ts';
import { machineScheduler, type Scheduler } from './scheduler.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
/** The department's own number that prospects call back; of a range not in service. */
const ownNumber = '+74950000000';
const keypadDigits = /^[0-9*#A-Dw]+$/;

export interface SandboxOptions {
  /** Holds the folder `sandbox` with recordings that are growing or wait to be fetched. */
  dataFolder: string;
  /** The spoken clips with their manifest.json: server/adapters/telephony/sandbox/audio in the project. */
  audioFolder: string;
  log: Log;
  /** Decides, together with the number and the try, how each prospect behaves. */
  seed?: number;
  /** Ringing, thinking and patience are this many times faster than life; sound never is. */
  speed?: number;
  scheduler?: Scheduler;
  /** Faults of every call, besides those of the number dialled. */
  faults?: CarrierFaults;
}

/** A telephone network in this process: prospects by seed, real sound over WebRTC, real recordings. No call leaves the machine. */
export class SandboxTelephony implements Telephony {
  readonly name = 'sandbox';
  readonly #options: Required<SandboxOptions>;
  readonly #shelf: RecordingShelf;
  readonly #pacer: Pacer;
  readonly #stations: Stations;
  readonly #liveCalls = new Map<number, SandboxCall>();
  readonly #pastCalls = new PastCalls();
  readonly #tries = new Map<string, number>();
  readonly #callBacks: CallBacks;
  readonly #unfinished = new Set<Promise<void>>();
  #listener: TelephonyListener | null = null;
  #clips: ClipLibrary | null = null;
  #whenQuiet: (() => void)[] = [];

  constructor(options: SandboxOptions) {
    this.#options = { seed: 1, speed: 1, scheduler: machineScheduler, faults: {}, ...options };
    this.#shelf = new RecordingShelf(join(options.dataFolder, 'sandbox'));
    this.#stations = new Stations({
      onLine: (repId, line) => this.#listener?.onHeadsetLine(repId, line),
      onBusy: () => this.#pacer.start(),
      onEmptied: () => this.#restIfQuiet(),
    });
    this.#pacer = new Pacer(this.#options.scheduler, () => {
      this.#stations.tick();
      for (const call of this.#liveCalls.values()) call.recordMessage();
    });
    this.#callBacks = new CallBacks(this.#options, (number) => this.#track(this.arrive(number).then(() => undefined)));
  }

  async start(listener: TelephonyListener): Promise<void> {
    this.#clips = await loadClipLibrary(this.#options.audioFolder);
    await this.#shelf.prepare();
    this.#listener = listener;
    for (const { recording, outcome } of await earlierCalls(this.#shelf, this.#options.scheduler.now())) {
      this.#pastCalls.remember(recording.callId, outcome);
      await this.#handOver(recording);
    }
  }

  async stop(how: { endCalls: boolean; graceSeconds: number }): Promise<void> {
    const listener = this.#listener;
    if (!listener) return;
    this.#clips = null;
    this.#callBacks.stop();
    if (!how.endCalls && this.#liveCalls.size > 0) await this.#quietWithin(how.graceSeconds);
    for (const call of [...this.#liveCalls.values()]) call.hangup();
    await Promise.all(this.#unfinished);
    await this.#stations.disconnectAll();
    this.#pacer.stop();
    this.#listener = null;
  }

  async health(): Promise<TelephonyHealth> {
    const problem = this.#clips ? await this.#shelf.problem() : 'the sandbox is not started';
    if (problem) return { ok: false, detail: problem };
    return {
      ok: true,
      detail: `Sandbox: no call leaves this machine. Headsets ${this.#stations.lineCount}, live calls ${this.#liveCalls.size}.`,
    };
  }

  dial(request: DialRequest): Promise<DialOutcome> {
    return Promise.resolve(this.#dial(request));
  }

  hangup(callId: number): Promise<void> {
    this.#liveCalls.get(callId)?.hangup();
    return Promise.resolve();
  }

  answer(callId: number, repId: number): Promise<void> {
    const call = this.#liveCalls.get(callId);
    if (call?.phase !== 'ringing' || call.repId !== null) return Promise.reject(new CallNotLive(callId));
    if (this.#stations.callOf(repId)) return Promise.reject(new LineInUse(repId));
    this.#stations.takeCall(repId, call);
    call.answerAt(repId);
    return Promise.resolve();
  }

  turnAway(callId: number): Promise<void> {
    return this.hangup(callId);
  }

  takeMessage(callId: number, wanted: MessageWanted): Promise<void> {
    const call = this.#liveCalls.get(callId);
    const waits = call?.phase === 'ringing' && call.repId === null;
    if (!call || (!waits && call.phase !== 'message')) return Promise.reject(new CallNotLive(callId));
    this.#pacer.start();
    call.takeMessage(wanted);
    return Promise.resolve();
  }

  /**
   * Lets a prospect call us, as training and tests want it; null hides his number. Answers our id of the call, or null when we did not
   * take it.
   */
  async arrive(from: string | null): Promise<number | null> {
    const clips = this.#clips;
    const listener = this.#listener;
    if (!clips || !listener) return null;
    const at = this.#options.scheduler.now();
    const callId = await listener.onArrivingCall({ carrierCallId: `sandbox-${randomUUID()}`, from, to: ownNumber, at });
    if (callId === null) return null;
    const { plan, message, patienceSeconds, faults } = callerOf(this.#options.seed, from ?? `hidden ${callId}`);
    const terms = { callId, repId: null, ringTimeoutSeconds: patienceSeconds, record: true };
    this.#open({ terms, plan, message, clips }, { ...this.#options.faults, ...faults }).arrive();
    return callId;
  }

  async hold(callId: number): Promise<void> {
    (await this.#answeredCall(callId)).hold();
  }

  async unhold(callId: number): Promise<void> {
    (await this.#answeredCall(callId)).unhold();
  }

  async mute(callId: number): Promise<void> {
    (await this.#answeredCall(callId)).mute();
  }

  async unmute(callId: number): Promise<void> {
    (await this.#answeredCall(callId)).unmute();
  }

  async sendDigits(callId: number, digits: string): Promise<void> {
    if (!keypadDigits.test(digits)) throw new RangeError('only 0-9 * # A-D and w can be sent');
    (await this.#answeredCall(callId)).sendDigits(digits);
  }

  async transfer(callId: number, to: string): Promise<void> {
    if (!e164.test(to)) throw new RangeError('a transfer needs an E.164 number');
    (await this.#answeredCall(callId)).transfer(to);
  }

  lookUp(callId: number): Promise<LookUpOutcome> {
    const live = this.#liveCalls.get(callId);
    return Promise.resolve(live?.lookUp() ?? this.#pastCalls.lookUp(callId));
  }

  headsetAccess(): Promise<HeadsetAccess> {
    return Promise.resolve({ kind: 'server' });
  }

  async connectHeadset(repId: number, offerSdp: string): Promise<{ answerSdp: string }> {
    if (!this.#clips) throw new Error('the sandbox takes no headsets while it is not running');
    return this.#stations.connect(repId, offerSdp);
  }

  addHeadsetCandidate(...[repId, candidate]: Parameters<Telephony['addHeadsetCandidate']>): Promise<void> {
    return this.#stations.addCandidate(repId, candidate);
  }

  disconnectHeadset(repId: number): Promise<void> {
    return this.#stations.disconnect(repId);
  }

  playHeadsetCheck(repId: number, what: 'tone' | 'echo' | 'stop'): Promise<void> {
    return Promise.resolve().then(() => this.#stations.playCheck(repId, what));
  }

  #dial(request: DialRequest): DialOutcome {
    const carrierCallId = `sandbox-${request.callId}`;
    const clips = this.#clips;
    if (!clips) return { kind: 'refused', cause: 'providerError', carrierWord: 'shutting-down' };
    // The same intent again is the same call: a repeated request never dials twice.
    if (this.#liveCalls.has(request.callId) || this.#pastCalls.has(request.callId)) return { kind: 'accepted', carrierCallId };
    if (this.#stations.callOf(request.repId)) return { kind: 'refused', cause: 'providerError', carrierWord: 'line-in-use' };
    if (!e164.test(request.to)) return { kind: 'refused', cause: 'invalidNumber', carrierWord: 'not-e164' };
    const tryCount = (this.#tries.get(request.to) ?? 0) + 1;
    this.#tries.set(request.to, tryCount);
    const entry = lookUpNumber(this.#options.seed, request.to, tryCount);
    const faults = { ...this.#options.faults, ...entry.faults };
    if (entry.plan.kind === 'refused') return entry.plan;
    if (faults.ambiguousDial === 'beforeAccepting') return { kind: 'ambiguous', carrierWord: 'connection-reset' };
    this.#place(request, entry.plan, faults, clips);
    return faults.ambiguousDial === 'afterAccepting' ? { kind: 'ambiguous', carrierWord: '500' } : { kind: 'accepted', carrierCallId };
  }

  #place(request: DialRequest, plan: Exclude<ProspectPlan, { kind: 'refused' }>, faults: CarrierFaults, clips: ClipLibrary): void {
    const call = this.#open({ terms: request, plan, clips }, faults, () => this.#callBacks.after(request.to, call.cause));
    this.#stations.takeCall(request.repId, call);
    call.begin();
  }

  #open(
    parts: Pick<SandboxCallOptions, 'terms' | 'plan' | 'message' | 'clips'>,
    faults: CarrierFaults,
    onOver: () => void = () => undefined,
  ): SandboxCall {
    const { callId } = parts.terms;
    const { scheduler, speed, log } = this.#options;
    const events = new EventOutlet({
      callId,
      faults,
      speed,
      scheduler,
      deliver: async (event) => this.#listener?.onCarrierEvent(event),
      onProblem: (problem, error) => log.warn({ callId, error: String(error) }, problem),
    });
    const call = new SandboxCall({
      ...parts,
      speed,
      scheduler,
      events,
      openRecorder: () => this.#shelf.openRecorder(callId, faults.recording),
      catchUp: () => this.#pacer.catchUp(),
      onEnded: (ended) => {
        this.#ended(ended, faults, parts.clips);
        onOver();
      },
    });
    this.#liveCalls.set(callId, call);
    return call;
  }

  #ended(call: SandboxCall, faults: CarrierFaults, clips: ClipLibrary): void {
    this.#liveCalls.delete(call.callId);
    this.#pastCalls.remember(call.callId, call.lookUp());
    this.#stations.dropCall(call, clips);
    this.#restIfQuiet();
    this.#track(this.#settle(call, faults));
    if (this.#liveCalls.size === 0) for (const resolve of this.#whenQuiet.splice(0)) resolve();
  }

  async #settle(call: SandboxCall, faults: CarrierFaults): Promise<void> {
    const recorder = call.recorder;
    await call.events.settled();
    if (recorder) await this.#handOver(await this.#shelf.finish(call.callId, recorder, faults.recording));
  }

  /** A recording that is not taken stays on the shelf and is offered again at the next start. */
  async #handOver(recording: CarrierRecording): Promise<void> {
    try {
      await this.#listener?.onRecording(recording);
    } catch (error) {
      this.#options.log.error({ callId: recording.callId, error: String(error) }, 'a recording was not taken');
    }
  }

  #answeredCall(callId: number): Promise<SandboxCall> {
    const call = this.#liveCalls.get(callId);
    return call?.phase === 'answered' ? Promise.resolve(call) : Promise.reject(new CallNotLive(callId));
  }

  /** Nobody is there to hear or to be recorded. */
  #restIfQuiet(): void {
    if (this.#stations.isEmpty && this.#liveCalls.size === 0) this.#pacer.stop();
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#unfinished.delete(tracked));
    this.#unfinished.add(tracked);
  }

  async #quietWithin(seconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.scheduler.after(seconds * 1000, resolve);
      this.#whenQuiet.push(() => {
        cancel();
        resolve();
      });
    });
  }
}
