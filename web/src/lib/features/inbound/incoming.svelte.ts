import { answerCall, declineCall, missedCalls, ringingCalls } from '$contract/http/inbound.ts';
import type { Ring } from '$contract/http/inbound.ts';
import type { ServerEvents } from '$contract/sockets/index.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { toast } from '$lib/ui/index.ts';

/** Calls that ring for me, and how many I have missed. The truth comes from the server's events. */
export class Incoming {
  rings: Ring[] = $state.raw([]);
  /** Missed calls of mine that nobody called back yet. */
  missed: number = $state(0);
  busy: 'answer' | 'decline' | null = $state(null);

  /** The longest waiting one: one is answered at a time. */
  get first(): Ring | null {
    return this.rings[0] ?? null;
  }

  /** What is so now: after a load and each reconnection. */
  async refresh(): Promise<void> {
    await this.#guarded(async () => {
      this.rings = (await call(ringingCalls)).items;
    });
    await this.countMissed();
  }

  async countMissed(): Promise<void> {
    await this.#guarded(async () => {
      this.missed = (await call(missedCalls, { query: { open: 'true', limit: 50 } })).items.length;
    });
  }

  hear({ callId, ring, why }: ServerEvents['call:ring']): void {
    const known = this.rings.find((other) => other.callId === callId);
    const others = this.rings.filter((other) => other.callId !== callId);
    this.rings = ring ? [...others, ring] : others;
    if (why === 'answeredByColleague') toast(m.inbound_answered_by_colleague());
    if (why === 'gone' && known) toast(m.inbound_gone({ name: known.company.name }));
    if (why === 'missed') void this.countMissed();
  }

  /** True when the call is mine. */
  async answer(ring: Ring): Promise<boolean> {
    return this.#once('answer', async () => {
      await call(answerCall, { params: { id: ring.callId } });
      this.#drop(ring);
    });
  }

  async decline(ring: Ring): Promise<void> {
    await this.#once('decline', async () => {
      await call(declineCall, { params: { id: ring.callId } });
      this.#drop(ring);
    });
  }

  #drop(ring: Ring): void {
    this.rings = this.rings.filter((other) => other.callId !== ring.callId);
  }

  async #once(what: 'answer' | 'decline', work: () => Promise<void>): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = what;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, { tone: 'late' });
      await this.refresh();
      return false;
    } finally {
      this.busy = null;
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      console.warn('arriving calls could not be asked for', error.code);
    }
  }
}
