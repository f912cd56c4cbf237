import { saveDraft } from '$contract/http/calls.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { onConnected } from '$lib/realtime/index.ts';
import type { OutcomeForm } from './outcome-form.svelte.ts';

export type DraftState = 'clean' | 'typing' | 'saved' | 'offline';

const pauseMilliseconds = 700;

/** Keeps what is typed: at once in this browser's tab, after a pause on the server. Nothing typed is lost by a reload. */
export class DraftKeeper {
  state: DraftState = $state('clean');
  readonly #form: OutcomeForm;
  /** The call once there is one; before that the lead, only in the tab. */
  #key: string | null = null;
  #callId: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(form: OutcomeForm) {
    this.#form = form;
  }

  /** Begins to keep a card's form; takes over what was typed for it before. */
  openLead(leadId: number): void {
    this.#open(`lead.${leadId}`, null, null);
  }

  /** The same once it has become a call; `kept` is the server's draft. */
  openCall(callId: number, kept: unknown): void {
    const before = this.#key?.startsWith('lead.') ? this.#key : null;
    this.#open(`call.${callId}`, callId, kept);
    if (before) sessionStorage.removeItem(nameOf(before));
  }

  /** The lead goes back without a call: what was typed stays in the tab for when it returns. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#key = null;
    this.#callId = null;
    this.state = 'clean';
  }

  /** The outcome is saved: nothing is to be kept any more. */
  close(): void {
    if (this.#key) sessionStorage.removeItem(nameOf(this.#key));
    this.leave();
  }

  /** Something was typed. */
  touch(): void {
    if (!this.#key) return;
    this.#form.changedAt = Date.now();
    sessionStorage.setItem(nameOf(this.#key), JSON.stringify(this.#form.toDraft()));
    this.state = 'typing';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), pauseMilliseconds);
  }

  /** Sends what is typed now, before something that ends the call. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.state === 'typing') await this.#send();
  }

  /** What could not be sent goes out when the network is back. */
  watch(): () => void {
    return onConnected(() => {
      if (this.state === 'offline') void this.#send();
    });
  }

  #open(key: string, callId: number | null, kept: unknown): void {
    this.#key = key;
    this.#callId = callId;
    const inTab = sessionStorage.getItem(nameOf(key));
    const local: unknown = inTab ? JSON.parse(inTab) : null;
    const newer = changedAtOf(local) >= changedAtOf(kept) ? local : kept;
    // A form that was typed into while the call was being started is newer than both.
    if (newer && changedAtOf(newer) > this.#form.changedAt) this.#form.load(newer);
    if (this.#form.changedAt > changedAtOf(kept) && callId !== null) this.touch();
  }

  async #send(): Promise<void> {
    const callId = this.#callId;
    if (callId === null) {
      this.state = 'saved';
      return;
    }
    const sent = this.#form.changedAt;
    try {
      await call(saveDraft, { params: { id: callId }, body: { draft: this.#form.toDraft() } });
      if (this.#form.changedAt === sent && this.#callId === callId) this.state = 'saved';
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (this.#callId === callId) this.state = 'offline';
    }
  }
}

const nameOf = (key: string): string => `zagon.draft.${key}`;

function changedAtOf(draft: unknown): number {
  if (typeof draft !== 'object' || draft === null || !('changedAt' in draft)) return 0;
  return typeof draft.changedAt === 'number' ? draft.changedAt : 0;
}
