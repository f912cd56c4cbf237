import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  CallNotLive,
  PartyMismatch,
  type Announcement,
  type ArrivingCall,
  type DialOutcome,
  type DialRequest,
  type HeadsetAccess,
  type LookUpOutcome,
  type MessageWanted,
  type SpokenClip,
  type Telephony,
  type TelephonyHealth,
  type TelephonyListener,
} from '../../../app/ports/telephony.ts';
import { partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { CallBacks } from './call-backs.ts';
import { CarriedCalls } from './carried-calls.ts';
import { loadClipLibrary, type ClipLibrary } from './clip-library.ts';
import type { CarrierFaults } from './faults.ts';
import { callerOf } from './callers.ts';
import { joinCaller, joinHeld } from './joining.ts';
import { lookUpNumber } from './number-book.ts';
import { checkParty, Parties } from './parties.ts';
import { Pacer } from './pacer.ts';
import type { ProspectPlan } from './prospect-plan.ts';
import { RecordingShelf } from './recording-shelf.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import type { SandboxCall } from './sandbox-call.ts';
import { Stations } from './stations.ts';
import { machineScheduler } from './scheduler.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
/** The department's own number that prospects call back; of a range not in service. */
const ownNumber = '+74950000000';
const keypadDigits = /^[0-9*#A-Dw]+$/;

/** A telephone network in this process: prospects by seed, real sound over WebRTC, real recordings. No call leaves the machine. */
export class SandboxTelephony implements Telephony {
  readonly name = 'sandbox';
  readonly #options: Required<SandboxOptions>;
  readonly #shelf: RecordingShelf;
  readonly #pacer: Pacer;
  readonly #stations: Stations;
  readonly #calls: CarriedCalls;
  readonly #tries = new Map<string, number>();
  readonly #callBacks: CallBacks;
  readonly #parties: Parties;
  #clips: ClipLibrary | null = null;

  constructor(options: SandboxOptions) {
    this.#options = { seed: 1, speed: 1, scheduler: machineScheduler, faults: {}, ...options };
    this.#shelf = new RecordingShelf(join(options.dataFolder, 'sandbox'));
    this.#stations = new Stations({
      onLine: (repId, line) => this.#calls.listener?.onHeadsetLine(repId, line),
      onBusy: () => this.#pacer.start(),
      onEmptied: () => this.#calls.restIfQuiet(),
    });
    this.#pacer = new Pacer(this.#options.scheduler, () => {
      this.#stations.tick();
      this.#calls.passAlone();
    });
    this.#calls = new CarriedCalls({ options: this.#options, shelf: this.#shelf, pacer: this.#pacer, stations: this.#stations });
    this.#parties = new Parties({ ...this.#options, stations: this.#stations });
    this.#callBacks = new CallBacks(this.#options, (number) => this.#calls.track(this.arrive(number).then(() => undefined)));
  }

  async start(listener: TelephonyListener): Promise<void> {
    this.#clips = await loadClipLibrary(this.#options.audioFolder);
    await this.#shelf.prepare();
    this.#calls.listener = listener;
    await this.#calls.takeEarlier();
  }

  async stop(how: { endCalls: boolean; graceSeconds: number }): Promise<void> {
    if (!this.#calls.listener) return;
    this.#clips = null;
    this.#callBacks.stop();
    await this.#calls.end(how.endCalls ? 0 : how.graceSeconds);
    await this.#stations.disconnectAll();
    this.#pacer.stop();
    this.#calls.listener = null;
  }

  async health(): Promise<TelephonyHealth> {
    const problem = this.#clips ? await this.#shelf.problem() : 'the sandbox is not started';
    if (problem) return { ok: false, detail: problem };
    return {
      ok: true,
      detail: `Sandbox: no call leaves this machine. Headsets ${this.#stations.lineCount}, live calls ${this.#calls.count}.`,
    };
  }

  dial(request: DialRequest): Promise<DialOutcome> {
    return Promise.resolve(this.#dial(request));
  }

  hangup(callId: number): Promise<void> {
    this.#calls.find(callId)?.hangup();
    return Promise.resolve();
  }

  answer(callId: number, repId: number, announcement: Announcement | null = null): Promise<void> {
    const caller = { callId, repId, call: this.#calls.find(callId), stations: this.#stations };
    return Promise.resolve().then(() => joinCaller(caller, announcement));
  }

  connectToRep(callId: number, repId: number): Promise<void> {
    return Promise.resolve().then(() => joinHeld({ callId, repId, call: this.#calls.find(callId), stations: this.#stations }));
  }

  apologise(callId: number): Promise<void> {
    this.#calls.find(callId)?.apologise();
    return Promise.resolve();
  }

  turnAway(callId: number): Promise<void> {
    return this.hangup(callId);
  }

  takeMessage(callId: number, wanted: MessageWanted): Promise<void> {
    const call = this.#calls.find(callId);
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
  arrive(from: string | null): Promise<number | null> {
    return this.#arrive({ carrierCallId: `sandbox-${randomUUID()}`, from, handedOver: null });
  }

  /** The prospect of a call that has just ended goes on to a rep: he is there again, and it rings. */
  async #arriveAt({ callId, from, events }: SandboxCall, toRepId: number): Promise<void> {
    await events.settled();
    await this.#arrive({ carrierCallId: `sandbox-${callId}-handed-over`, from, handedOver: { fromCallId: callId, toRepId } });
  }

  async #arrive(arriving: Pick<ArrivingCall, 'carrierCallId' | 'from' | 'handedOver'>): Promise<number | null> {
    const clips = this.#clips;
    const { listener } = this.#calls;
    if (!clips || !listener) return null;
    const { from } = arriving;
    const at = this.#options.scheduler.now();
    const callId = await listener.onArrivingCall({ ...arriving, to: ownNumber, at });
    if (callId === null) return null;
    const { plan, message, patienceSeconds, faults } = callerOf(this.#options.seed, from ?? `hidden ${callId}`);
    const terms = { callId, repId: null, number: from, ringTimeoutSeconds: patienceSeconds, record: true, announcement: null };
    this.#calls.open({ terms, plan, message, clips }, { ...this.#options.faults, ...faults }).arrive();
    return callId;
  }

  async leaveMessage(callId: number, clip: SpokenClip): Promise<void> {
    const { samples } = readClip(clip.wav);
    (await this.#calls.answered(callId)).leaveMessage(clip.id, samples);
  }

  async hold(callId: number): Promise<void> {
    (await this.#calls.answered(callId)).hold();
  }

  async unhold(callId: number): Promise<void> {
    (await this.#calls.answered(callId)).unhold();
  }

  async mute(callId: number): Promise<void> {
    (await this.#calls.talking(callId)).mute();
  }

  async unmute(callId: number): Promise<void> {
    (await this.#calls.talking(callId)).unmute();
  }

  async sendDigits(callId: number, digits: string): Promise<void> {
    if (!keypadDigits.test(digits)) throw new RangeError('only 0-9 * # A-D and w can be sent');
    (await this.#calls.answered(callId)).sendDigits(digits);
  }

  async transfer(callId: number, to: CallParty): Promise<void> {
    checkParty(to);
    const call = await this.#calls.answered(callId);
    call.transfer(partyWord(to));
    if (to.kind === 'rep') this.#calls.track(this.#arriveAt(call, to.repId));
  }

  async consult(callId: number, party: CallParty): Promise<void> {
    const call = await this.#calls.answered(callId);
    if (this.#clips) this.#parties.askIn(call, party, this.#clips);
  }

  async mergeParty(callId: number): Promise<void> {
    const call = await this.#calls.answered(callId);
    if (!call.seat.party?.hasJoined) throw new PartyMismatch(`nobody has joined call ${callId}`);
    call.seat.merge();
  }

  async dismissParty(callId: number): Promise<void> {
    const call = await this.#calls.answered(callId);
    if (!call.seat.party) return;
    call.seat.leave('dismissed');
    call.unhold();
  }

  async pauseRecording(callId: number): Promise<void> {
    (await this.#calls.answered(callId)).setRecordingPaused(true);
  }

  async resumeRecording(callId: number): Promise<void> {
    (await this.#calls.answered(callId)).setRecordingPaused(false);
  }

  lookUp(callId: number): Promise<LookUpOutcome> {
    return Promise.resolve(this.#calls.lookUp(callId));
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
    if (this.#calls.isKnown(request.callId)) return { kind: 'accepted', carrierCallId };
    if (request.connect !== 'held' && this.#stations.isInUse(request.repId))
      return { kind: 'refused', cause: 'providerError', carrierWord: 'line-in-use' };
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
    const isHeld = request.connect === 'held';
    const terms = { ...request, announcement: request.announcement ?? null, repId: isHeld ? null : request.repId, number: request.to };
    const call = this.#calls.open({ terms, plan, clips }, faults, () => this.#callBacks.after(request.to, call.cause));
    if (isHeld) this.#pacer.start();
    else this.#stations.takeCall(request.repId, call);
    call.begin();
  }
}
