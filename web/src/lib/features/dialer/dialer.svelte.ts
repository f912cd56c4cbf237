import { currentCall, disposeCall, startCall } from '$contract/http/calls.ts';
import type { CallView, DispositionCode, Made, Requirement } from '$contract/http/calls.ts';
import type { z } from 'zod';
import type { CompanyCard } from '$contract/http/company-card.ts';
import { currentClaim, heartbeatClaim, nextCall, releaseClaim } from '$contract/http/queue.ts';
import type { Claim, Reason } from '$contract/http/queue.ts';
import { cancelVolley, currentVolley, startVolley } from '$contract/http/volleys.ts';
import type { VolleyView } from '$contract/http/volleys.ts';
import { ApiProblem, call, callOrNull } from '$lib/api.ts';
import { DraftKeeper } from './draft-keeper.svelte.ts';
import { OutcomeForm } from './outcome-form.svelte.ts';

/**
 * Where the middle of the screen is:
 * `loading` asking the server · `idle` nothing held · `card` before dialing · `lines` several ring and nobody has answered ·
 * `calling` dialing, ringing or live ·
 * `wrapUp` the outcome is wanted · `saved` what was made is shown.
 */
export type Phase = 'loading' | 'idle' | 'card' | 'lines' | 'calling' | 'wrapUp' | 'saved';

type OneLine = Extract<z.infer<typeof startVolley.reply>, { kind: 'single' }>['limitedBy'];

const heartbeatMilliseconds = 40_000;

/** One rep's work from the next lead to what its call made. The truth of a call comes only from the server's events. */
export class Dialer {
  phase: Phase = $state('loading');
  company: CompanyCard | null = $state.raw(null);
  claim: Claim | null = $state.raw(null);
  call: CallView | null = $state.raw(null);
  reason: Reason | null = $state.raw(null);
  made: Made | null = $state.raw(null);
  /** The outcome that was saved last, for the line that tells what was made. */
  savedCode: DispositionCode | null = $state(null);
  phoneId: number | null = $state(null);
  /** The lines that ring together, or those of the press before this card. */
  volley: VolleyView | null = $state.raw(null);
  /** Why a list of several lines got one only. */
  limitedBy: OneLine | null = $state(null);
  /** What is under way, so that a second press does nothing. */
  busy: 'next' | 'dial' | 'save' | 'release' | null = $state(null);
  /** What the server refused, in its words. */
  problem: ApiProblem | null = $state.raw(null);
  /** The queue had nothing for now when asked last. */
  isEmpty = $state(false);
  form: OutcomeForm = $state.raw(new OutcomeForm());
  keeper: DraftKeeper = $state.raw(new DraftKeeper(this.form));
  /** One key per intended dial, kept until it succeeded: a double press or a retry never dials twice. */
  #dialKey: string | null = null;
  /** Counts what was begun: only the last of it may say that it is done. */
  #round = 0;
  readonly #repId: number;
  readonly #mayWork: () => boolean;

  constructor(repId: number, mayWork: () => boolean) {
    this.#repId = repId;
    this.#mayWork = mayWork;
  }

  /** Asks what is so: a running call or one that wants its outcome, else what is held. After a load and each reconnection. */
  async refresh(): Promise<void> {
    if (this.busy !== null) return;
    const refused = this.problem;
    await this.#guarded(async () => {
      const running = await callOrNull(currentCall);
      if (running) {
        this.#showCall(running.call, running.company, running.reason);
        return;
      }
      const lines = await callOrNull(currentVolley);
      if (lines) {
        this.#showLines(lines);
        return;
      }
      const held = await callOrNull(currentClaim);
      if (held) this.#showClaim(held);
      else if (this.phase !== 'saved') this.#showNothing();
    });
    // A refused outcome stays told at its field through a reconnection; only a lost network has healed by it.
    if (this.phase === 'wrapUp' && refused?.code !== 'offline') this.problem ??= refused;
    if (this.phase === 'loading') this.phase = 'idle';
  }

  /** The work was brought here from another tab or computer: what was done and noted there is asked for anew. */
  async comeHere(): Promise<void> {
    this.#leaveCompany();
    this.phase = 'loading';
    await this.refresh();
  }

  /** The next call, chosen by the server. */
  async next(): Promise<void> {
    await this.#once('next', async () => {
      const claim = await callOrNull(nextCall);
      if (claim) this.#showClaim(claim);
      else this.#showNothing();
      this.isEmpty = claim === null;
    });
  }

  /** Dials what is held. */
  async dial(): Promise<void> {
    const { claim } = this;
    if (!claim || this.phase !== 'card') return;
    const key = (this.#dialKey ??= crypto.randomUUID());
    const headers = { 'Idempotency-Key': key };
    const body = { leadId: claim.lead.id, phoneId: this.phoneId ?? undefined };
    await this.#once('dial', async () => {
      const started = this.mayDialLines
        ? await call(startVolley, { body, headers })
        : { kind: 'single' as const, call: await call(startCall, { body, headers }), limitedBy: null };
      // Taken back while it was under way: what is dialled now is another intent.
      if (this.#dialKey !== key) return;
      this.#dialKey = null;
      if (started.kind === 'volley') this.#showLines(started.volley);
      else if (this.call?.id !== started.call.id && started.call.disposedAt === null)
        this.#showCall(started.call, claim.company, claim.reason);
      this.limitedBy = started.kind === 'single' ? started.limitedBy : null;
    });
    await this.#followWinner();
    // A refusal that the server is sure of ends the intent; silence does not.
    if (this.#dialKey === key && this.problem && this.problem.status >= 400 && this.problem.status < 500) this.#dialKey = null;
  }

  /** Somebody may have answered while we were being told that it rings. */
  async #followWinner(): Promise<void> {
    if (this.phase === 'lines' && this.volley !== null && this.volley.winnerId !== null) await this.refresh();
  }

  /** Whether the card's press dials others of its list with it. */
  get mayDialLines(): boolean {
    return this.claim?.dialing.mode === 'parallel' && this.claim.reason.tier === 'cold';
  }

  /** Takes all lines back; whoever has won stays. */
  async cancelLines(): Promise<void> {
    const { volley } = this;
    if (!volley || this.phase !== 'lines') return;
    await this.#once('release', async () => {
      await call(cancelVolley, { params: { id: volley.id } });
    });
  }

  /** A `volley:state` event: what rings, who won, what became of the others. */
  hearLines(volley: VolleyView): void {
    const mine = this.volley?.id === volley.id || this.phase === 'card' || this.phase === 'idle' || this.phase === 'loading';
    if (!mine || (this.volley?.id === volley.id && this.volley.ended)) return;
    const isWritingUp = this.phase === 'saved' || (this.phase === 'wrapUp' && !this.#isAtLineOf(volley));
    if (volley.winnerId === null && !volley.ended && !isWritingUp) this.#showLines(volley);
    else this.#endLines(volley);
  }

  /** Who won is shown as any call; when nobody did, the next one is chosen. */
  #endLines(volley: VolleyView): void {
    this.volley = volley;
    const isShown = this.call?.id === volley.winnerId;
    if (volley.winnerId !== null && !isShown && (this.phase === 'lines' || this.phase === 'calling')) void this.refresh();
    else if (volley.winnerId === null && (this.phase === 'lines' || this.#isAtLineOf(volley))) this.#showNothing();
  }

  /** The screen shows one that had won, and was gone before he was joined. */
  #isAtLineOf({ lines }: VolleyView): boolean {
    return (this.phase === 'calling' || this.phase === 'wrapUp') && lines.some(({ callId }) => callId === this.call?.id);
  }

  /** Gives the lead back to exactly its place. */
  async release(why: string): Promise<void> {
    const { claim } = this;
    if (!claim || this.phase !== 'card') return;
    await this.#once('release', async () => {
      await call(releaseClaim, { body: { leadId: claim.lead.id, why } });
      this.#showNothing();
    });
  }

  /** Saves the outcome; true when the server has written it. */
  async save(code: DispositionCode, asked: readonly Requirement[]): Promise<boolean> {
    const ended = this.call;
    if (!ended || this.phase !== 'wrapUp') return false;
    let isSaved = false;
    await this.#once('save', async () => {
      await this.#settle(ended.id, this.form.toInput(code, asked));
      isSaved = true;
    });
    return isSaved;
  }

  async #settle(callId: number, outcome: z.input<typeof disposeCall.body>): Promise<void> {
    this.made = await call(disposeCall, { params: { id: callId }, body: outcome });
    this.savedCode = outcome.code;
    this.keeper.close();
    this.claim = null;
    this.phase = 'saved';
  }

  /** A `call:state` event. */
  hear(state: CallView): void {
    if (state.rep.id !== this.#repId) return;
    if (state.disposedAt !== null && this.call?.id !== state.id) return;
    if (this.call?.id === state.id) this.#follow(state);
    else if (this.claim?.company.id === state.companyId) this.#showCall(state, this.claim.company, this.claim.reason);
    else void this.refresh();
  }

  /** The claim went back by itself: another took it or its lease ran out. */
  hearClaimGone(leadId: number | null): void {
    if (this.phase === 'card' && this.claim?.lead.id === leadId) this.#showNothing();
  }

  /** Keeps the lead while its card is open. The answer stops it. */
  keepClaim(leadId: number): () => void {
    const timer = setInterval(() => void this.#beat(leadId), heartbeatMilliseconds);
    return () => clearInterval(timer);
  }

  async #beat(leadId: number): Promise<void> {
    if (!this.#mayWork()) return;
    try {
      await call(heartbeatClaim, { body: { leadId } });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.status !== 409) return;
      this.hearClaimGone(leadId);
      this.problem = error;
    }
  }

  #follow(state: CallView): void {
    const isOlder = orderOf(state.state) < orderOf(this.call?.state ?? 'intent');
    if (isOlder || this.phase === 'saved') return;
    this.call = { ...state, draft: state.draft ?? this.call?.draft ?? null };
    const settledCode = state.disposedAt === null ? null : state.dispositionCode;
    // Its outcome was given by itself: asked for again it tells what it made.
    if (settledCode !== null && this.#mayWork()) void this.#once('save', () => this.#settle(state.id, { code: settledCode }));
    else if (state.disposedAt !== null) this.#takenBack();
    else this.phase = state.state === 'ended' ? 'wrapUp' : 'calling';
    this.#suggest(state);
  }

  /** Taken back before anybody was dialled, or closed elsewhere: who is still held is shown at once, whatever is under way. */
  #takenBack(): void {
    // The request that dialled may still be on its way back: nothing waits for it any more, least of all the next press.
    this.#round += 1;
    this.busy = null;
    if (this.claim) this.#showClaim(this.claim);
    else void this.refresh();
  }

  #showClaim(claim: Claim): void {
    const isSame = this.phase === 'card' && this.claim?.lead.id === claim.lead.id;
    this.claim = claim;
    this.company = claim.company;
    this.reason = claim.reason;
    this.call = null;
    this.made = null;
    this.problem = null;
    this.phase = 'card';
    this.limitedBy = null;
    if (isSame) return;
    this.volley = null;
    this.phoneId = claim.phone.id;
    this.#dialKey = null;
    this.#newForm();
    this.#presetContact(claim.contact?.id ?? null);
    this.keeper.openLead(claim.lead.id);
  }

  #showCall(state: CallView, company: CompanyCard, reason: Reason | null): void {
    const isSame = this.call?.id === state.id;
    const isMine = this.claim?.company.id === state.companyId;
    this.call = state;
    this.company = company;
    this.reason = reason;
    this.made = null;
    this.phase = state.state === 'ended' ? 'wrapUp' : 'calling';
    if (!isSame) {
      if (!isMine) this.#newForm();
      this.#presetContact(this.form.contactId ?? state.contactId);
      this.keeper.openCall(state.id, state.draft);
    }
    this.#suggest(state);
  }

  #suggest(state: CallView): void {
    if (state.state === 'ended' && this.form.code === null) this.form.code = state.suggestedDisposition;
  }

  #showLines(volley: VolleyView): void {
    if (this.volley?.id === volley.id && this.volley.ended) return;
    this.#leaveCompany();
    this.volley = volley;
    this.phase = 'lines';
  }

  #showNothing(): void {
    this.#leaveCompany();
    this.phase = 'idle';
  }

  #leaveCompany(): void {
    this.keeper.leave();
    this.claim = null;
    this.call = null;
    this.company = null;
    this.reason = null;
    this.made = null;
  }

  /** Whom we dial is whom we talk to until the rep says otherwise; his role tells whether he decides. */
  #presetContact(contactId: number | null): void {
    this.form.contactId = contactId;
    const role = this.company?.contacts.find((contact) => contact.id === contactId)?.role ?? 'unknown';
    if (role !== 'unknown') this.form.withDecisionMaker ??= role === 'decisionMaker';
  }

  #newForm(): void {
    this.form = new OutcomeForm();
    this.keeper = new DraftKeeper(this.form);
  }

  async #once(what: NonNullable<Dialer['busy']>, work: () => Promise<void>): Promise<void> {
    if (this.busy !== null || !this.#mayWork()) return;
    const round = (this.#round += 1);
    this.busy = what;
    try {
      await this.#guarded(work);
    } finally {
      if (this.#round === round) this.busy = null;
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      this.problem = null;
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problem = error;
    }
  }
}

const order: readonly CallView['state'][] = ['intent', 'dialing', 'ringing', 'answered', 'ended'];
const orderOf = (state: CallView['state']): number => order.indexOf(state);
