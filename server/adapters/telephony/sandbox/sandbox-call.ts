import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { DialRequest, LookUpOutcome } from '../../../app/ports/telephony.ts';
import { holdMusic, toneSamples } from '../../../core/audio/tones.ts';
import { sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';
import type { ClipLibrary } from './clip-library.ts';
import { DigitPlayer } from './digit-player.ts';
import type { EventOutlet } from './event-outlet.ts';
import type { ProspectPlan } from './prospect-plan.ts';
import { ProspectVoice } from './prospect-voice.ts';
import type { Recorder } from './recorder.ts';
import type { Scheduler } from './scheduler.ts';

/** How long after the answer the carrier says who answered. */
const detectionSeconds = 2;
const networkSetupSeconds = 0.4;

export interface SandboxCallOptions {
  request: DialRequest;
  plan: Exclude<ProspectPlan, { kind: 'refused' }>;
  clips: ClipLibrary;
  speed: number;
  scheduler: Scheduler;
  events: EventOutlet;
  /** Called at the answer when the call is to be recorded. */
  openRecorder: () => Recorder;
  /** Brings the frame clock up to now. */
  catchUp: () => void;
  onEnded: (call: SandboxCall) => void;
}

type Phase = 'dialing' | 'ringing' | 'answered' | 'ended';

/** One call from the dial to its end: its timers, its events and its sound. */
export class SandboxCall {
  readonly #options: SandboxCallOptions;
  readonly #digits: DigitPlayer;
  #phase: Phase = 'dialing';
  #timers: (() => void)[] = [];
  #voice: ProspectVoice | null = null;
  #recorder: Recorder | null = null;
  #isHeld = false;
  #isMuted = false;
  #framesOnHold = 0;
  #end: { cause: EndCause; endedAt: Date; carrierWord: string } | null = null;

  constructor(options: SandboxCallOptions) {
    this.#options = options;
    this.#digits = new DigitPlayer((digit) => this.#voice?.hearDigit(digit));
  }

  get callId(): number {
    return this.#options.request.callId;
  }

  get repId(): number {
    return this.#options.request.repId;
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
    const { plan, request, events } = this.#options;
    events.emit({ kind: 'dialing' }, 'initiated');
    if (plan.kind === 'turnedAway') {
      this.#later(plan.afterSeconds, () => this.#finish(plan.cause, plan.carrierWord));
      return;
    }
    this.#later(networkSetupSeconds, () => {
      this.#phase = 'ringing';
      events.emit({ kind: 'ringing' }, 'ringing');
    });
    this.#later(request.ringTimeoutSeconds, () => {
      if (this.#phase !== 'answered') this.#finish('noAnswer', 'no-answer');
    });
    if (plan.kind === 'declined') {
      this.#later(networkSetupSeconds + plan.ringSeconds, () => this.#finish(plan.cause, plan.carrierWord));
    }
    if (plan.kind === 'answered') this.#later(networkSetupSeconds + plan.ringSeconds, () => this.#answer(plan));
  }

  lookUp(): LookUpOutcome {
    return this.#end ? { kind: 'ended', ...this.#end } : { kind: 'live' };
  }

  /** Ended by our side: a cancel before the answer, a hang-up after it. Repeating it changes nothing. */
  hangup(): void {
    if (this.#phase !== 'answered') {
      this.#finish('canceled', 'canceled');
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
    const { clips, events, request, speed } = this.#options;
    this.#phase = 'answered';
    this.#voice = new ProspectVoice({
      clips,
      steps: plan.steps,
      speed,
      onStrangeWord: (word) => events.emit({ kind: 'unknown' }, word),
      // Not inside the frame that he ends in: that frame still belongs to the recording.
      onHangUp: () => this.#later(0, () => this.#finish(plan.farEnd.cause, plan.farEnd.carrierWord)),
    });
    if (request.record) this.#recorder = this.#options.openRecorder();
    events.emit({ kind: 'answered' }, 'in-progress');
    this.#later(detectionSeconds, () => events.emit({ kind: 'answeredBy', by: plan.by }, `answered-by-${plan.by}`));
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
