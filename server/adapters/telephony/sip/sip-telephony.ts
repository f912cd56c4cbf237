import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CarrierLeg, CarrierLegs } from '../../../app/ports/carrier-legs.ts';
import type { CallParty } from '../../../core/calls/call-party.ts';
import type { Log } from '../../../app/ports/log.ts';
import {
  HeadsetCheckImpossible,
  LineInUse,
  type Announcement,
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
import { apologise } from './apologies.ts';
import { layAnnouncement } from './announcing.ts';
import { answerCaller, takeMessage } from './arriving.ts';
import type { SipCall } from './call.ts';
import { connectToRep, hold, mute, restRecording, sendDigits, unhold } from './commands.ts';
import { lineOf, refusalBefore } from './dialling.ts';
import { leaveMessage } from './left-messages.ts';
import { inBackground, Teller, type Line } from './line.ts';
import { consult, dismissParty, mergeParty, type FindColleague } from './party.ts';
import { sweepRecordings } from './recordings.ts';
import { Memory } from './memory.ts';
import { Switchboard } from './switchboard.ts';
import { transfer } from './transfers.ts';
import type { Trunk } from './trunks.ts';

const sweepMilliseconds = 60_000;

export interface SipOptions {
  janus: { urls: readonly string[]; secret: string | undefined };
  trunks: readonly Trunk[];
  legs: CarrierLegs;
  /** A folder that Janus and we see under the same path: it writes recordings there and reads sounds. */
  sharedFolder: string;
  /** The sounds as they come with the project. */
  soundsFolder: string;
  /** Where this process remembers what of it lives on in Janus. */
  memoryFile: string;
  log: Log;
  now?: () => Date;
}

/** SIP by Janus: each rep's browser stays in a room of his own, prospects are dialled into it and recorded on their own leg. */
export class SipTelephony implements Telephony {
  readonly name = 'sip';
  readonly #options: SipOptions;
  readonly #line: Line;
  readonly #switchboard: Switchboard;
  #running = false;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: SipOptions) {
    const { janus, log } = options;
    this.#options = options;
    this.#line = {
      trunks: options.trunks,
      legs: options.legs,
      recordingsFolder: path.resolve(options.sharedFolder, 'recordings'),
      soundsFolder: path.resolve(options.sharedFolder, 'sounds'),
      log,
      now: options.now ?? (() => new Date()),
      tell: new Teller(log),
      memory: new Memory(options.memoryFile, log),
      unfinished: new Set(),
    };
    this.#switchboard = new Switchboard(this.#line, janus.secret);
  }

  async start(listener: TelephonyListener): Promise<void> {
    this.#line.tell.listener = listener;
    this.#running = true;
    await mkdir(this.#line.recordingsFolder, { recursive: true });
    await cp(this.#options.soundsFolder, this.#line.soundsFolder, { recursive: true });
    await this.#switchboard.start(this.#options.janus.urls);
    this.#sweeping = setInterval(() => this.#sweep(), sweepMilliseconds);
    this.#sweep();
  }

  /** Calls live in Janus: without `endCalls` they are left to the process that claims them next. */
  async stop(how: { endCalls: boolean; graceSeconds: number }): Promise<void> {
    this.#running = false;
    clearInterval(this.#sweeping);
    await this.#switchboard.stop({ keepCalls: !how.endCalls });
  }

  health(): Promise<TelephonyHealth> {
    const { stations, registrations, calls, lines } = this.#switchboard;
    const up = stations.filter((station) => station.isUp);
    if (!this.#running || up.length === 0) return Promise.resolve({ ok: false, detail: 'no Janus can be reached' });
    const refused = registrations.filter((registration) => !registration.isRegistered);
    const detail = [
      `Janus ${up.length} of ${stations.length}, headsets ${lines.count}, calls ${calls.size}`,
      ...refused.map(({ trunk, state }) => `${trunk.name}: ${state}`),
    ].join('; ');
    // A Janus that has only just been reached registers in a moment: until then calls do not reach us there.
    const awaited = up.length * this.#line.trunks.filter(({ register }) => register).length;
    const isRegistered = refused.length === 0 && registrations.length >= awaited;
    return Promise.resolve({ ok: up.length === stations.length && isRegistered, detail });
  }

  async dial(request: DialRequest): Promise<DialOutcome> {
    if (!this.#running) return { kind: 'refused', cause: 'providerError', carrierWord: 'shutting-down' };
    const refusal = refusalBefore(request);
    if (refusal) return refusal;
    const { callId, to, record } = request;
    const repId = lineOf(request);
    if (repId !== null && this.#switchboard.isGuest(repId)) return { kind: 'refused', cause: 'providerError', carrierWord: 'line-in-use' };
    const station = this.#switchboard.stationFor(request.repId);
    if (!station) return { kind: 'refused', cause: 'providerError', carrierWord: 'no Janus can be reached' };
    const from = request.from ?? this.#line.trunks[0]?.callerId ?? '';
    const announced = await layAnnouncement(this.#line, callId, request.announcement);
    const opened = await this.#line.legs.open({ callId, repId, to, from, record, openedAt: this.#line.now(), ...announced });
    if (opened === 'repBusy') return { kind: 'refused', cause: 'providerError', carrierWord: 'line-in-use' };
    if (opened === 'known') return this.#answerAgain(callId);
    return this.#switchboard.place(station, request);
  }

  async hangup(callId: number): Promise<void> {
    await this.#call(callId)?.hangup('hangup');
  }

  async answer(callId: number, repId: number, announcement: Announcement | null = null): Promise<void> {
    this.#mustBeFree(repId, callId);
    await answerCaller(this.#line, this.#call(callId), callId, { ...this.#switchboard.repAt(repId), announcement });
    await this.#line.legs.change(callId, ['placed'], { repId });
  }

  async connectToRep(callId: number, repId: number): Promise<void> {
    const call = this.#call(callId);
    if (call?.phase === 'answered') this.#mustBeFree(repId, callId);
    await connectToRep(this.#line, call, callId, this.#switchboard.repAt(repId));
  }

  async apologise(callId: number): Promise<void> {
    await apologise(this.#line, this.#call(callId));
  }

  turnAway(callId: number): Promise<void> {
    return this.hangup(callId);
  }

  async takeMessage(callId: number, wanted: MessageWanted): Promise<void> {
    await takeMessage(this.#line, this.#call(callId), callId, wanted);
  }

  async leaveMessage(callId: number, clip: SpokenClip): Promise<void> {
    await leaveMessage(this.#line, this.#call(callId), callId, clip);
  }

  async hold(callId: number): Promise<void> {
    await hold(this.#line, this.#call(callId), callId);
  }

  async unhold(callId: number): Promise<void> {
    await unhold(this.#line, this.#call(callId), callId);
  }

  async mute(callId: number): Promise<void> {
    await mute(this.#line, this.#call(callId), callId, true);
  }

  async unmute(callId: number): Promise<void> {
    await mute(this.#line, this.#call(callId), callId, false);
  }

  async sendDigits(callId: number, digits: string): Promise<void> {
    await sendDigits(this.#line, this.#call(callId), callId, digits);
  }

  async transfer(callId: number, to: CallParty): Promise<void> {
    await transfer(this.#line, this.#call(callId), callId, { to, ...this.#switchboard.handOver() });
  }

  async consult(callId: number, party: CallParty): Promise<void> {
    const findColleague: FindColleague = (repId) => this.#switchboard.findColleague(repId);
    await consult(this.#line, this.#call(callId), callId, { party, findColleague });
  }

  async mergeParty(callId: number): Promise<void> {
    await mergeParty(this.#line, this.#call(callId), callId);
  }

  async dismissParty(callId: number): Promise<void> {
    await dismissParty(this.#line, this.#call(callId), callId);
  }

  async pauseRecording(callId: number): Promise<void> {
    await restRecording(this.#line, this.#call(callId), callId, true);
  }

  async resumeRecording(callId: number): Promise<void> {
    await restRecording(this.#line, this.#call(callId), callId, false);
  }

  async lookUp(callId: number): Promise<LookUpOutcome> {
    if (this.#call(callId)) return { kind: 'live' };
    const leg = await this.#line.legs.find(callId);
    if (!leg || leg.phase === 'refused') return { kind: 'unheardOf' };
    const { endCause, endedAt, endWord } = leg;
    if (leg.phase === 'ended')
      return { kind: 'ended', cause: endCause ?? 'unknown', endedAt: endedAt ?? leg.openedAt, carrierWord: endWord ?? 'ended' };
    return this.#giveUp(leg);
  }

  headsetAccess(): Promise<HeadsetAccess> {
    return Promise.resolve({ kind: 'server' });
  }

  async connectHeadset(repId: number, offerSdp: string): Promise<{ answerSdp: string }> {
    const station = this.#running ? this.#switchboard.stationFor(repId) : undefined;
    if (!station) throw new Error('no Janus can be reached');
    const muted = this.#switchboard.callOf(repId)?.isMuted ?? false;
    return this.#switchboard.lines.connect(repId, station, offerSdp, muted);
  }

  addHeadsetCandidate(...[repId, candidate]: Parameters<Telephony['addHeadsetCandidate']>): Promise<void> {
    return this.#switchboard.lines.addCandidate(repId, candidate);
  }

  disconnectHeadset(repId: number): Promise<void> {
    return this.#switchboard.lines.disconnect(repId);
  }

  playHeadsetCheck(): Promise<void> {
    return Promise.reject(new HeadsetCheckImpossible('the browser plays the check itself'));
  }

  /** @throws LineInUse when the rep is in another call, his own or a colleague's */
  #mustBeFree(repId: number, callId: number): void {
    const current = this.#switchboard.callOf(repId);
    if ((current && current.callId !== callId) || this.#switchboard.isGuest(repId)) throw new LineInUse(repId);
  }

  #call(callId: number): SipCall | undefined {
    return this.#switchboard.calls.get(callId);
  }

  async #answerAgain(callId: number): Promise<DialOutcome> {
    const leg = await this.#line.legs.find(callId);
    if (leg?.sid) return { kind: 'accepted', carrierCallId: leg.sid };
    return { kind: 'ambiguous', carrierWord: 'asked before' };
  }

  /** A call that nobody carries any more: its process is gone and its Janus ended it. */
  async #giveUp(leg: CarrierLeg): Promise<LookUpOutcome> {
    const end = { endedAt: this.#line.now(), endCause: 'providerError', endWord: 'carried by nobody' } as const;
    await this.#line.legs.change(leg.callId, ['waiting', 'asked', 'placed'], { phase: 'ended', ...end });
    return { kind: 'ended', cause: end.endCause, endedAt: end.endedAt, carrierWord: end.endWord };
  }

  #sweep(): void {
    inBackground(this.#line, {}, 'recordings were not swept; the next sweep tries again', sweepRecordings(this.#line));
  }
}
