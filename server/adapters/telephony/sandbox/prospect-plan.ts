import type { AnsweredBy, EndCause } from '../../../core/calls/carrier-event.ts';

/** One step of what a prospect does once he answered; steps that run out mean that he hangs up. */
export type ScriptStep =
  | { kind: 'say'; clipId: string }
  /** Waits until the rep has spoken and fallen silent, or until nobody spoke for that long. */
  | { kind: 'listen'; patienceSeconds: number }
  /** A pause of his own; scaled by the speed option. */
  | { kind: 'think'; seconds: number }
  | { kind: 'beep'; frequencyHertz: number; seconds: number }
  /** A menu: goes on with the steps of the digit that was sent, or with `otherwise` when none came in time. */
  | { kind: 'menu'; choices: Readonly<Record<string, readonly ScriptStep[]>>; patienceSeconds: number; otherwise: readonly ScriptStep[] }
  /** The carrier says something that nobody has heard before. */
  | { kind: 'strangeWord'; word: string };

/** Everything that a dial of one number will bring, decided before it begins. */
export type ProspectPlan =
  /** The network turns the call away without ringing. */
  | { kind: 'turnedAway'; afterSeconds: number; cause: EndCause; carrierWord: string }
  /** Rings, then is turned down by hand. */
  | { kind: 'declined'; ringSeconds: number; cause: EndCause; carrierWord: string }
  /** Rings until the ring time-out. */
  | { kind: 'unanswered' }
  | {
      kind: 'answered';
      ringSeconds: number;
      by: AnsweredBy;
      steps: readonly ScriptStep[];
      /** How the call ends when the prospect's side ends it, and in which word. */
      farEnd: { cause: EndCause; carrierWord: string };
    }
  /** The carrier does not even take the request. */
  | { kind: 'refused'; cause: EndCause; carrierWord: string };
