import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { LookUpOutcome, MessageWanted } from '../../../app/ports/telephony.ts';
import { holdMusic, toneSamples } from '../../../core/audio/tones.ts';
import { sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';
import type { ClipLibrary } from './clip-library.ts';
import { DigitPlayer } from './digit-player.ts';
import type { EventOutlet } from './event-outlet.ts';
import { MessageMachine } from './message-machine.ts';
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
  /** Null for an arriving call until it is answered. */
  repId: number | null;
  ringTimeoutSeconds: number;
  record: boolean;
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
  #phase: Phase = 'dialing';
  #repId: number | null;
  #isArriving = false;
  #machine: MessageMachine | null = null;
  #timers: (() => void)[] = [];
  #voice: ProspectVoice | null = null;
  #recorder: Recorder | null = null;
  #isHeld = false;
  #isMuted = false;
  #framesOnHold = 0;
  #end: { cause: EndCause; endedAt: Date; carrierWord: string } | null = null;

  constructor(options: SandboxCallOptions) {
    this.#options = options;
    this.#repId = options.terms.repId;
    this.#digits = new DigitPlayer((digit) => this.#voice?.hearDigit(digit));
  }

  get callId(): number {
    return this.#options.terms.callId;
  }

  /** At whose headset it is; null while it waits there for nobody, or leaves a message. */
  get repId(): number | null {
    return this.#repId;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get recorder(): Recorder | null {
    return this.#recorder;
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

  answerAt(repId: number): void {
    const { plan } = this.#options;
    if (plan.kind !== 'answered') throw new Error(`call ${this.callId} is none that can be answered`);
    this.#repId = repId;
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

  /** 20 ms of the message that is being left. */
  recordMessage(): void {
    if (this.#phase === 'message' && this.#machine) this.exchange(this.#machine.nextFrame());
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

  transfer(to: string): void {
    this.#options.events.emit({ kind: 'transferred', to }, 'refer-accepted');
    this.#finish('completed', 'bye-after-refer');
  }

  /** Exchanges 20 ms: takes what the rep said and gives what he hears. Only for an answered call. */
  exchange(fromRep: Int16Array): Int16Array {
    const voice = this.#voice;
    if (!voice) return silentFrame;
    const toProspect = this.#soundTowardsProspect(fromRep);
    const fromProspect = this.#isHeld ? voice.waitOnHold() : voice.nextFrame(toProspect);
    this.#recorder?.add(toProspect, fromProspect);
    return this.#isHeld ? silentFrame : fromProspect;
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
    if (terms.record) this.#recorder = this.#options.openRecorder();
    events.emit({ kind: 'answered' }, 'in-progress');
    this.#later(detectionSeconds, () => events.emit({ kind: 'answeredBy', by: plan.by }, `answered-by-${plan.by}`));
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
