import { consultations, joinCall, leaveCall } from '$contract/http/call-parties.ts';
import type { Consultation } from '$contract/http/call-parties.ts';
import type { CallView } from '$contract/http/calls.ts';
import type { ServerEvents } from '$contract/sockets/index.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { toast } from '$lib/ui/index.ts';

/** Colleagues' calls that I was asked into. The truth comes from the server's events. */
export class Consulting {
  items: Consultation[] = $state.raw([]);
  busy: boolean = $state(false);

  /** Companies whose talk I was in: their prospect may come to me next. */
  readonly #wereWith = new Set<number>();

  /** The call that I am in, else the one I was asked into first. */
  get first(): Consultation | null {
    return this.items.find(({ state }) => state !== 'asked') ?? this.items[0] ?? null;
  }

  /** What is so now: after a load and each reconnection. */
  async refresh(): Promise<void> {
    await this.#guarded(async () => {
      this.items = (await call(consultations)).items;
    });
  }

  /** Whether this call of mine is the prospect of a talk that I was in: handed over, he is with me without a ring. */
  takesOver(state: CallView): boolean {
    return state.direction === 'inbound' && state.state === 'answered' && this.#wereWith.delete(state.companyId);
  }

  hear({ callId, consultation }: ServerEvents['call:consult']): void {
    if (consultation && consultation.state !== 'asked') this.#wereWith.add(consultation.company.id);
    const others = this.items.filter((other) => other.callId !== callId);
    this.items = consultation ? [...others, consultation] : others;
  }

  async join(callId: number): Promise<void> {
    await this.#once(() => call(joinCall, { params: { id: callId } }));
  }

  async leave(callId: number): Promise<void> {
    await this.#once(() => call(leaveCall, { params: { id: callId } }));
  }

  async #once(work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      toast(error.message, { tone: 'late' });
      await this.refresh();
    } finally {
      this.busy = false;
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      console.warn('calls that I was asked into could not be asked for', error.code);
    }
  }
}
