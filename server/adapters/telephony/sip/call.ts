import { partyWord } from '../../../core/calls/call-party.ts';
import type { CarrierEventBody, EndCause } from '../../../core/calls/carrier-event.ts';
import { announce } from './announcing.ts';
import { Awaited } from './awaited.ts';
import type { CallEnds, CallPhase, CallTerms, Party } from './call-parts.ts';
import { inBackground, type Line } from './line.ts';
import { unlink, type RoomLink } from './links.ts';
import { callName, callRoom, closeRoom, repRoom, takeAnswer } from './bridge.ts';
import { listenForWhoAnswered } from './answer-listener.ts';
import { sidesOf } from './recording-file.ts';
import { endCauseOf, sipWord, wordOf, type EndFacts, type SipResult } from './sip-words.ts';
import { Ringback } from './ringback.ts';
import type { Station } from './station.ts';
import type { Trunk } from './trunks.ts';
import type { Codec, WithheldWays } from './offers.ts';
import type { Jsep, PluginWord } from './janus-messages.ts';

/** A network that does not confirm our end within this is not waited for. */
const hangupMilliseconds = 3000;

export interface CallHooks {
  onEnded: (call: SipCall) => void;
  /** A final answer before anything rang: answers whether the call goes on by another way. */
  tryOtherwise: (call: SipCall, result: SipResult) => Promise<boolean>;
}

/** One call, from the first INVITE to its end: what Janus says of it becomes events and the row of its leg. */
export class SipCall {
  readonly callId: number;
  readonly inbound: boolean;
  readonly record: boolean;
  readonly station: Station;
  readonly #line: Line;
  readonly #hooks: CallHooks;
  #queue: Promise<void> = Promise.resolve();
  #rings = false;
  #ringTimer: NodeJS.Timeout | undefined;
  #hangupTimer: NodeJS.Timeout | undefined;
  #hasAnswer = false;
  readonly #ringback: Ringback;
  #events = 0;
  readonly #notified = new Awaited<string>();
  readonly #sound = new Awaited<true>();
  #isSoundOver = false;
  readonly #atEnd: (() => void)[] = [];
  /** What the other end is told of the bridge's addresses, with the answer. */
  withheld: WithheldWays['candidates'] = [];
  /** What an arriving caller offers. */
  offer: Jsep | undefined;
  repId: number | null;
  trunk: Trunk;
  phase: CallPhase = 'waiting';
  ends: CallEnds | null = null;
  answeredAt: Date | null = null;
  endedAt: Date | null = null;
  cause: EndCause | null = null;
  endWord: string | null = null;
  isHeld = false;
  isMuted = false;
  isMachine = false;
  recordingRests = false;
  isApologising = false;
  /** The prospect has not heard yet that he is recorded, and is not. */
  isUntold: boolean;
  isAnnouncing = false;
  party: Party | null = null;
  /** To the rep's room on another Janus than the call's; null while both are on one. */
  link: RoomLink | null = null;
  codec: Codec = 'pcma';
  /** Where a far side is that was handed over: it is in its dialogue already. */
  established: { room: string; name: string } | null = null;
  ours: EndFacts['ours'] = null;

  constructor(line: Line, station: Station, terms: CallTerms, hooks: CallHooks) {
    this.#line = line;
    this.station = station;
    this.#hooks = hooks;
    this.#ringback = new Ringback(line, station);
    this.callId = terms.callId;
    this.repId = terms.repId;
    this.inbound = terms.inbound;
    this.record = terms.record;
    this.isUntold = terms.isUntold;
    this.trunk = terms.trunk;
  }

  /** Where the far side's sound is now. */
  get room(): string {
    return this.repId === null || this.isHeld || this.isAnnouncing || this.phase === 'message'
      ? callRoom(this.callId)
      : repRoom(this.repId);
  }

  /** Where the rep's line is. */
  get repStation(): Station {
    return this.link?.ends[1].station ?? this.station;
  }

  get name(): string {
    return this.established?.name ?? callName(this.callId);
  }

  /** Takes what the SIP plugin says, one word after the other. */
  onWord(word: PluginWord): void {
    this.inOrder(() => this.#take(word));
  }

  /** Runs after everything that was said of this call before. */
  inOrder(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#line.log.error({ callId: this.callId, err: error }, 'a word of Janus could not be acted upon');
    });
  }

  /** Resolves when what was said so far has been acted upon. */
  settled(): Promise<void> {
    return this.#queue;
  }

  ringFor(seconds: number): void {
    const giveUp = (): void =>
      inBackground(this.#line, { callId: this.callId }, 'a dial that rang too long was not ended', this.hangup('ringTimeout'));
    this.#ringTimer = setTimeout(giveUp, seconds * 1000);
  }

  /** Ends it as the SIP dialogue wants it now: CANCEL, BYE or a refusal. */
  async hangup(why: NonNullable<EndFacts['ours']>): Promise<void> {
    if (this.phase === 'ended' || this.ours !== null) return;
    this.ours = why;
    const waits = this.inbound && this.phase === 'ringing' && !this.established;
    await this.ends?.sip.command(waits ? { request: 'decline', code: 603 } : { request: 'hangup' });
    this.#hangupTimer = setTimeout(
      () => this.inOrder(() => this.#hungUp({ event: 'hangup', reason: 'no answer to our hang-up' })),
      hangupMilliseconds,
    );
  }

  async tell(body: CarrierEventBody, carrierWord: string, at = this.#line.now()): Promise<void> {
    this.#events += 1;
    const eventKey = `${at.getTime()}-${this.#events}-${body.kind}`;
    await this.#line.tell.event({ callId: this.callId, eventKey, at, carrierWord, body });
  }

  /** The next NOTIFY of a transfer, or nothing for so long. */
  nextNotify(milliseconds: number): Promise<string | null> {
    return this.#notified.next(milliseconds);
  }

  /** He and the rep hear each other. */
  async partyJoined({ party }: Party, word: string): Promise<void> {
    await this.tell({ kind: 'partyJoined', party: partyWord(party) }, word);
    await this.#line.memory.ofCall(this.callId, (known) => known.party && (known.party.hasJoined = true));
  }

  /** He has gone, was let go, or never came. */
  async partyLeft(party: Party, word: string): Promise<void> {
    if (this.party !== party) return;
    this.party = null;
    await party.release();
    await this.#line.memory.ofCall(this.callId, (known) => Reflect.deleteProperty(known, 'party'));
    await this.#line.legs.change(this.callId, ['placed'], { party: null });
    await this.tell({ kind: 'partyLeft', party: partyWord(party.party) }, word);
  }

  /** The prospect has heard that he is recorded: from now on he is, and who he is, is heard in that. */
  async announced(): Promise<void> {
    await this.#startRecording();
    const at = this.#line.now();
    this.isUntold = this.isAnnouncing = false;
    await this.#line.legs.change(this.callId, ['placed'], { announcement: 'played' });
    await this.tell({ kind: 'announcementEnded' }, 'recording', at);
    this.#listen(at);
  }

  /** The far side, whose dialogue stood already, is taken by a rep or by our message. */
  async takeEstablished(): Promise<void> {
    await this.#accepted('handed over');
  }

  whenEnded(action: () => void): void {
    if (this.phase === 'ended') action();
    else this.#atEnd.push(action);
  }

  /** Janus closed the way of the sound, and with it its files. */
  onSoundEnded(): void {
    this.#isSoundOver = true;
    this.#sound.tell(true);
  }

  /** Resolves when Janus has closed the sound, or after so long. */
  async soundEnded(milliseconds: number): Promise<void> {
    if (!this.#isSoundOver) await this.#sound.next(milliseconds);
  }

  /** Whatever Janus says from now on, the call is over. */
  async end(cause: EndCause, carrierWord: string): Promise<void> {
    if (this.phase === 'ended') return;
    clearTimeout(this.#ringTimer);
    clearTimeout(this.#hangupTimer);
    const at = this.#line.now();
    const isTold = this.phase === 'leaving';
    this.phase = 'ended';
    this.endedAt = at;
    this.cause = cause;
    this.endWord = carrierWord;
    this.#notified.tell('');
    for (const action of this.#atEnd.splice(0)) action();
    if (this.party) await this.partyLeft(this.party, carrierWord);
    await this.#line.legs.change(this.callId, ['waiting', 'asked', 'placed'], {
      phase: 'ended',
      endedAt: at,
      endCause: cause,
      endWord: carrierWord,
    });
    const told = isTold ? Promise.resolve() : this.tell({ kind: 'ended', cause }, carrierWord, at);
    this.#hooks.onEnded(this);
    await told;
  }

  /** A dial that an earlier process left ringing; where it rang, its rep hears it. */
  ringOn(seconds: number): void {
    this.#rings = true;
    this.#ringback.adopt(this.room);
    this.ringFor(seconds);
  }

  /** Gives Janus back what the call held there. */
  async release(): Promise<void> {
    const { ends, link } = this;
    this.ends = null;
    this.link = null;
    if (link) await unlink(link);
    if (!ends || !this.station.isUp) return;
    await this.#ringback.stop();
    await Promise.all([ends.keepSip ? undefined : ends.sip.detach(), ends.bridge.detach()]);
    await closeRoom(this.station.control, callRoom(this.callId));
  }

  async #take({ data, jsep }: PluginWord): Promise<void> {
    const parsed = sipWord.safeParse(data);
    if (!parsed.success) {
      this.#line.log.warn({ callId: this.callId, data }, 'the SIP plugin said what cannot be read');
      return;
    }
    const { result } = parsed.data;
    switch (result.event) {
      case 'calling':
      case 'proceeding':
      case 'accepting':
      case 'declining':
      case 'hangingup':
      case 'recordingupdated':
      case 'dtmfsent':
      case 'transferring':
      case 'holding':
      case 'resuming':
      case 'registered':
        break;
      case 'ringing':
        await this.#ringing(wordOf(result), false);
        break;
      case 'progress':
        await this.#ringing(wordOf(result), true);
        if (jsep) await this.#connect(jsep);
        break;
      case 'accepted':
        if (jsep) await this.#connect(jsep);
        await this.#accepted(wordOf(result));
        break;
      case 'hangup':
        await this.#hungUp(result);
        break;
      case 'notify':
        this.#notified.tell(result.content ?? '');
        break;
      default:
        this.#line.log.warn({ callId: this.callId, word: result.event }, 'the SIP plugin said a word that no table knows');
        await this.tell({ kind: 'unknown' }, wordOf(result));
    }
  }

  async #ringing(word: string, hasSound: boolean): Promise<void> {
    if (this.phase !== 'waiting' && this.phase !== 'ringing') return;
    const isFirst = !this.#rings;
    this.#rings = true;
    this.phase = 'ringing';
    if (isFirst) await this.tell({ kind: 'ringing' }, word);
    if (hasSound) await this.#ringback.stop();
    else if (isFirst && !this.#hasAnswer) await this.#ringback.start(this.room);
  }

  async #connect(answer: Jsep): Promise<void> {
    if (this.#hasAnswer || !this.ends || this.inbound) return;
    this.#hasAnswer = true;
    const { bridge, sip } = this.ends;
    await takeAnswer(bridge, answer);
    await sip.trickleAll(this.withheld);
  }

  async #accepted(word: string): Promise<void> {
    if (this.phase === 'ended' || this.answeredAt !== null) return;
    clearTimeout(this.#ringTimer);
    const at = this.#line.now();
    this.answeredAt = at;
    if (this.phase !== 'message') this.phase = 'answered';
    const isMessage = this.phase === 'message';
    const recording = this.isUntold && !isMessage ? Promise.resolve() : this.#startRecording();
    const written = this.#line.legs.change(this.callId, ['asked', 'placed'], { phase: 'placed', answeredAt: isMessage ? null : at });
    await Promise.all([recording, written, this.#ringback.stop()]);
    await this.tell(isMessage ? { kind: 'voicemail' } : { kind: 'answered' }, word, at);
    if (this.isUntold) announce(this.#line, this);
    else if (!isMessage) this.#listen(at);
  }

  async #startRecording(): Promise<void> {
    if (!this.record) return;
    const filename = sidesOf(this.#line.recordingsFolder, this.callId);
    await this.ends?.sip.ask({ request: 'recording', action: 'start', audio: true, peer_audio: true, filename });
  }

  #listen(answeredAt: Date): void {
    if (this.inbound || !this.record) return;
    const listening = listenForWhoAnswered(this.#line, { callId: this.callId, answeredAt, isOver: () => this.phase === 'ended' });
    inBackground(
      this.#line,
      { callId: this.callId },
      'who answered could not be told',
      listening.then(async (by) => {
        if (by === null) return;
        this.isMachine = by === 'machine';
        await this.#line.legs.change(this.callId, ['placed'], { answeredBy: by });
        await this.tell({ kind: 'answeredBy', by }, `heard ${by}`);
      }),
    );
  }

  async #hungUp(result: SipResult): Promise<void> {
    const code = result.code ?? 0;
    if (this.phase === 'leaving') return this.end('machine', wordOf(result));
    const facts: EndFacts = {
      inbound: this.inbound,
      answered: this.phase === 'answered',
      machine: this.isMachine,
      message: this.phase === 'message',
      ours: this.ours,
      ringing: this.#rings,
    };
    if (!this.inbound && !facts.answered && this.ours === null && (await this.#hooks.tryOtherwise(this, result))) return;
    const cause = endCauseOf(code, facts);
    if (cause === 'unknown') this.#line.log.warn({ callId: this.callId, code }, 'a call ended with a code that no table knows');
    await this.end(cause, wordOf(result));
  }
}
