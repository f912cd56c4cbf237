import type { LookUpOutcome } from '../../../app/ports/telephony.ts';

/** Older ones are unheard of, as with any carrier after its retention. */
const rememberedCalls = 10_000;

/** How calls ended, for who lost sight of them. */
export class PastCalls {
  readonly #outcomes = new Map<number, LookUpOutcome>();

  has(callId: number): boolean {
    return this.#outcomes.has(callId);
  }

  lookUp(callId: number): LookUpOutcome {
    return this.#outcomes.get(callId) ?? { kind: 'unheardOf' };
  }

  remember(callId: number, outcome: LookUpOutcome): void {
    this.#outcomes.set(callId, outcome);
    if (this.#outcomes.size <= rememberedCalls) return;
    const [oldest] = this.#outcomes.keys();
    if (oldest !== undefined) this.#outcomes.delete(oldest);
  }
}
