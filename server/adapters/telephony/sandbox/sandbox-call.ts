import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { Announcement, LookUpOutcome, MessageWanted } from '../../../app/ports/telephony.ts';
import { holdMusic, toneSamples } from '../../../core/audio/tones.ts';
import { sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';
import type { ClipLibrary } from './clip-library.ts';
import { DigitPlayer } from './digit-player.ts';
import type { EventOutlet } from './event-outlet.ts';
import { LeavingMessage } from './leaving-message.ts';
import { MessageMachine } from './message-machine.ts';
import { announcingWords, OwnWords } from './own-words.ts';
import { mixed } from './party.ts';
import { PartySeat } from './party-seat.ts';
import type { ProspectPlan, ScriptStep } from './prospect-plan.ts';
import { ProspectVoice } from './prospect-voice.ts';
import type { Recorder } from './recorder.ts';
import type { Scheduler } from './scheduler.ts';

/** How long after the answer the carrier says who answered. */
const detectionSeconds = 2;
const networkSetupSeconds = 0.4;

/** What both a dialled and an arriving call are made by. */
export interface CallTerms {
  callId: number;
  /** Null for an arriving call until it is answered, and for a held one until it is joined to somebody. */
  repId: number | null;
  /** The prospect's; null when he hides it. */
  number: string | null;
  ringTimeoutSeconds: number;
  record: boolean;
  /** What the prospect hears at the rep's before anything is recorded; of an arriving call it is said with the answer. */
  announcement: Announcement | null;
}

export interface SandboxCallOptions {
  terms: CallTerms;
  plan: Exclude<ProspectPlan, { kind: 'refused' }>;
  clips: ClipLibrary;
  speed: number;
  scheduler: Scheduler;
  events: EventOutlet;
  /** What he says when he is asked to leave a message; only of an arriving call. */
  message?: readonly ScriptStep[];
  /** Called at the answer when the call is to be recorded. */
  openRecorder: () => Recorder;
  /** Brings the frame clock up to now. */
  catchUp: () => void;
  onEnded: (call: SandboxCall) => void;
}

type Phase = 'dialing' | 'ringing' | 'answered' | 'message' | 'ended';

/** One call from the dial, or the arrival, to its end: its timers, its events and its sound. */
export class SandboxCall {
  readonly #options: SandboxCallOptions;
  readonly #digits: DigitPlayer;
  /** Where somebody besides the prospect sits, when he was asked in. */
  readonly seat: PartySeat;
  #phase: Phase = 'dialing';
  #repId: number | null;
  #isArriving = false;
  #machine: MessageMachine | null = null;
  /** What whoever met nobody hears of ours. */
  #apology: OwnWords | null = null;
  #timers: (() => void)[] = [];
  #voice: ProspectVoice | null = null;
  #recorder: Recorder | null = null;
  #leaving: LeavingMessage | null = null;
  #announcement: Announcement | null;
  #announcing: OwnWords | null = null;
  #isHeld = false;
  #isMuted = false;
  #isRecordingPaused = false;
  #framesOnHold = 0;
  #end: { cause: EndCause; endedAt: Date; carrierWord: string } | null = null;

  constructor(options: SandboxCallOptions) {
    this.#options = options;
    this.#repId = options.terms.repId;
    this.#announcement = options.terms.announcement;
    this.seat = new PartySeat(options.events, { hold: () => this.hold(), unhold: () => this.unhold() });
    this.#digits = new DigitPlayer((digit) => this.#voice?.hearDigit(digit));
  }

  get callId(): number {
    return this.#options.terms.callId;
  }

  /** The prospect's number. */
  get from(): string | null {
    return this.#options.terms.number;
  }

  /** At whose headset it is; null while it waits there for nobody, or leaves a message. */
  get repId(): number | null {
    return this.#repId;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The prospect only hears that he will be recorded. */
  get isAnnouncing(): boolean {
    return this.#announcing !== null;
  }

  get recorder(): Recorder | null {
    return this.#recorder;
  }

  /** The clip that the rep left behind, if he did. */
  get leaving(): LeavingMessage | null {
    return this.#leaving;
  }

  get events(): EventOutlet {
    return this.#options.events;
  }

  get cause(): EndCause | null {
    return this.#end?.cause ?? null;
  }

  begin(): void {
    const { plan, terms, events } = this.#options;
    events.emit({ kind: 'dialing' }, 'initiated');
    if (plan.kind === 'turnedAway') {
      this.#later(plan.afterSeconds, () => this.#finish(plan.cause, plan.carrierWord));
      return;
    }
    this.#later(networkSetupSeconds, () => {
      this.#phase = 'ringing';
      events.emit({ kind: 'ringing' }, 'ringing');
    });
    this.#later(terms.ringTimeoutSeconds, () => {
      if (this.#phase !== 'answered') this.#finish('noAnswer', 'no-answer');
    });
    if (plan.kind === 'declined') {
      this.#later(networkSetupSeconds + plan.ringSeconds, () => this.#finish(plan.cause, plan.carrierWord));
    }
    if (plan.kind === 'answered') this.#later(networkSetupSeconds + plan.ringSeconds, () => this.#answer(plan));
  }

  /** It came from outside and rings until it is answered, or the caller gives up. */
  arrive(): void {
    this.#isArriving = true;
    this.#phase = 'ringing';
    this.#later(this.#options.terms.ringTimeoutSeconds, () => {
      if (this.#phase === 'ringing') this.#finish('canceled', 'caller-gave-up');
    });
  }

  answerAt(repId: number, announcement: Announcement | null): void {
    const { plan } = this.#options;
    if (plan.kind !== 'answered') throw new Error(`call ${this.callId} is none that can be answered`);
    this.#repId = repId;
    this.#announcement = announcement;
    this.#answer(plan);
  }

  /** Nobody answers: the caller hears the greeting and the beep, and what he then says is kept. Repeating it changes nothing. */
  takeMessage(wanted: MessageWanted): void {
    if (this.#phase === 'message') return;
    const { clips, events, message = [] } = this.#options;
    this.#options.catchUp();
    this.#phase = 'message';
    this.#machine = new MessageMachine(wanted.greeting ? clips.get('machine-greeting-1').samples : new Int16Array());
    this.#listenTo(message, { cause: 'noAnswer', carrierWord: 'message-left' });
    this.#recorder = this.#options.openRecorder();
    events.emit({ kind: 'voicemail' }, 'message-begins');
    this.#later(wanted.longestSeconds, () => this.#finish('noAnswer', 'message-too-long'));
  }

  /** A held call that was answered is joined to a headset. */
  joinTo(repId: number): void {
    this.#options.catchUp();
    this.#repId = repId;
    this.#announce();
  }

  /** 20 ms at which no rep is there: of the message that is being left, or of the silence that an answered held call waits in. */
  passAlone(): void {
    if (this.#phase === 'message' && this.#machine) this.exchange(this.#machine.nextFrame());
    if (this.#phase === 'answered' && this.#repId === null) this.exchange(this.#apologyFrame());
  }

  /** A held call that was answered and met nobody is told so, and ended; one in another state is ended only. */
  apologise(): void {
    if (this.#apology) return;
    if (this.#phase !== 'answered' || this.#repId !== null) {
      this.hangup();
      return;
    }
    this.#options.catchUp();
    this.#apology = new OwnWords(this.#options.clips.get('machine-apology-1').samples);
  }

  #apologyFrame(): Int16Array {
    const frame = this.#apology?.nextFrame();
    // Not inside the frame that the words end in: that frame still belongs to the recording.
    if (frame === null) this.#later(0, () => this.hangup());
    return frame ?? silentFrame;
  }

  lookUp(): LookUpOutcome {
    return this.#end ? { kind: 'ended', ...this.#end } : { kind: 'live' };
  }

  /** Ended by our side: a cancel before the answer, a hang-up after it. Repeating it changes nothing. */
  hangup(): void {
    if (this.#phase !== 'answered') {
      if (this.#phase === 'message') this.#finish('noAnswer', 'hangup');
      else this.#finish(this.#isArriving ? 'rejected' : 'canceled', this.#isArriving ? 'turned-away' : 'canceled');
      return;
    }
    const { plan } = this.#options;
    // A machine's call is one whoever ended it; the list of causes has no second place to say so.
    const machine = plan.kind === 'answered' && plan.by === 'machine';
    this.#finish(machine ? 'machine' : 'completed', 'hangup');
  }

  hold(): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#options.events.emit({ kind: 'held' }, 'hold');
  }

  unhold(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#framesOnHold = 0;
    this.#options.events.emit({ kind: 'unheld' }, 'unhold');
  }

  mute(): void {
    if (this.#isMuted) return;
    this.#isMuted = true;
    this.#options.events.emit({ kind: 'muted' }, 'mute');
  }

  unmute(): void {
    if (!this.#isMuted) return;
    this.#isMuted = false;
    this.#options.events.emit({ kind: 'unmuted' }, 'unmute');
  }

  sendDigits(digits: string): void {
    this.#digits.add(digits);
    this.#options.events.emit({ kind: 'digits', digits }, 'dtmf');
  }

  /** Our side ends; where the prospect goes is the network's to see to. */
  transfer(to: string): void {
    this.#options.events.emit({ kind: 'transferred', to }, 'refer-accepted');
    this.#finish('completed', 'bye-after-refer');
  }

  /** Our side goes, and what it leaves behind is played without it. */
  leaveMessage(clipId: number, samples: Int16Array): void {
    if (this.#phase !== 'answered' || !this.#voice) return;
    this.#options.catchUp();
    this.seat.leave('message-left');
    this.#options.events.emit({ kind: 'messageLeft', clipId }, 'play');
    this.#leaving = new LeavingMessage({ samples, voice: this.#voice, recorder: this.#recorder });
    this.#finish('machine', 'message-left');
  }

  setRecordingPaused(isPaused: boolean): void {
    if (this.#isRecordingPaused === isPaused) return;
    this.#isRecordingPaused = isPaused;
    this.#options.events.emit({ kind: isPaused ? 'recordingPaused' : 'recordingResumed' }, isPaused ? 'record-pause' : 'record-resume');
  }

  /** Exchanges 20 ms: takes what the rep said and gives what he hears. Only for an answered call. */
  exchange(fromRep: Int16Array): Int16Array {
    const voice = this.#voice;
    if (!voice) return silentFrame;
    const announced = this.#announcing?.nextFrame() ?? null;
    if (announced) {
      voice.nextFrame(announced);
      return silentFrame;
    }
    if (this.#announcing) this.#announced();
    const fromParty = this.seat.exchange(this.#isMuted ? silentFrame : fromRep);
    const toProspect = mixed(this.#soundTowardsProspect(fromRep), this.seat.isMerged && !this.#isHeld ? fromParty : silentFrame);
    const fromProspect = this.#isHeld ? voice.waitOnHold() : voice.nextFrame(toProspect);
    const heardOfProspect = this.#isHeld ? silentFrame : fromProspect;
    this.seat.hearProspect(heardOfProspect);
    if (this.#isRecordingPaused) this.#recorder?.add(silentFrame, silentFrame);
    else this.#recorder?.add(toProspect, fromProspect);
    return mixed(heardOfProspect, fromParty);
  }

  #soundTowardsProspect(fromRep: Int16Array): Int16Array {
    const digits = this.#digits.nextFrame();
    if (digits) return digits;
    if (this.#isHeld) {
      const from = this.#framesOnHold * samplesPerFrame;
      this.#framesOnHold += 1;
      return toneSamples(holdMusic, from, samplesPerFrame, { sampleRate, amplitude: toneAmplitude / 2 });
    }
    return this.#isMuted ? silentFrame : fromRep;
  }

  #answer(plan: Extract<ProspectPlan, { kind: 'answered' }>): void {
    this.#options.catchUp();
    const { events, terms } = this.#options;
    this.#phase = 'answered';
    this.#listenTo(plan.steps, plan.farEnd);
    if (terms.record && !this.#announcement) this.#recorder = this.#options.openRecorder();
    events.emit({ kind: 'answered' }, 'in-progress');
    this.#announce();
    this.#later(detectionSeconds, () => events.emit({ kind: 'answeredBy', by: plan.by }, `answered-by-${plan.by}`));
  }

  /** Once he is at a rep's: whoever waits for one hears nothing yet. */
  #announce(): void {
    if (!this.#announcement || this.#repId === null) return;
    this.#announcing = announcingWords(this.#announcement, this.#options.clips);
    this.#announcement = null;
    this.#options.events.emit({ kind: 'announcementStarted', seconds: this.#announcing.seconds }, 'announcement');
  }

  #announced(): void {
    this.#announcing = null;
    if (this.#options.terms.record) this.#recorder = this.#options.openRecorder();
    this.#options.events.emit({ kind: 'announcementEnded' }, 'recording');
  }

  #listenTo(steps: readonly ScriptStep[], farEnd: { cause: EndCause; carrierWord: string }): void {
    const { clips, events, speed } = this.#options;
    this.#voice = new ProspectVoice({
      clips,
      steps,
      speed,
      onStrangeWord: (word) => events.emit({ kind: 'unknown' }, word),
      // Not inside the frame that he ends in: that frame still belongs to the recording.
      onHangUp: () => this.#later(0, () => this.#finish(farEnd.cause, farEnd.carrierWord)),
    });
  }

  #finish(cause: EndCause, carrierWord: string): void {
    if (this.#phase === 'ended') return;
    this.#options.catchUp();
    this.#phase = 'ended';
    this.seat.leave('call-over');
    for (const cancel of this.#timers) cancel();
    this.#timers = [];
    this.#end = { cause, carrierWord, endedAt: this.#options.scheduler.now() };
    this.#options.events.emit({ kind: 'ended', cause }, carrierWord);
    this.#options.onEnded(this);
  }

  #later(seconds: number, action: () => void): void {
    this.#timers.push(
      this.#options.scheduler.after((seconds * 1000) / this.#options.speed, () => {
        if (this.#phase !== 'ended') action();
      }),
    );
  }
}
