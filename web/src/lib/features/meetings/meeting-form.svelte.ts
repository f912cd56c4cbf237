import { updateMeeting } from '$contract/http/meetings.ts';
import type { MeetingView } from '$contract/http/meetings.ts';
import { call } from '$lib/api.ts';
import type { PhraseMeaning } from '$lib/features/dialer/promise-phrase.ts';
import { m } from '$lib/paraglide/messages.js';

export type MeetingEnd = 'held' | 'failed' | 'move';

/** What is typed into a meeting's card. */
export class MeetingForm {
  end = $state<MeetingEnd>('held');
  card = $state('');
  amount = $state('');
  reason = $state('');
  phrase = $state('');
  when = $state<PhraseMeaning | null>(null);
  acceptsFull = $state(false);
  tried = $state(false);
  #isAhead = $state(false);
  readonly #meeting: MeetingView;

  constructor(meeting: MeetingView) {
    this.#meeting = meeting;
    this.#isAhead = meeting.phase === 'planned';
    this.end = this.#isAhead ? 'move' : 'held';
  }

  readonly sum = $derived(this.amount.trim() === '' ? undefined : Number(this.amount.replaceAll(/\s/g, '').replace(',', '.')));
  readonly cardFault = $derived(this.tried && this.end === 'held' && this.card.trim() === '' ? m.meetings_said_needed() : undefined);
  readonly sumFault = $derived(this.sum !== undefined && !(this.sum >= 0) ? m.meetings_amount_wrong() : undefined);
  readonly whenFault = $derived(this.tried && this.end === 'move' && this.when === null ? m.meetings_when_needed() : undefined);
  readonly reasonFault = $derived(this.tried && this.end === 'move' && this.reason.trim() === '' ? m.meetings_reason_needed() : undefined);
  readonly notYet = $derived(this.end === 'held' && this.#isAhead ? m.meetings_not_yet() : undefined);
  readonly #faults = $derived([this.cardFault, this.sumFault, this.whenFault, this.reasonFault, this.notYet]);

  /** Sends what was typed; null when something is missing, which the fields then say. */
  async send(): Promise<MeetingView | null> {
    this.tried = true;
    if (this.#faults.some((fault) => fault !== undefined) || (this.phrase.trim() !== '' && this.when === null)) return null;
    return call(updateMeeting, { params: { id: this.#meeting.id }, body: this.#body() });
  }

  #body() {
    if (this.end === 'move') {
      return { reason: this.reason.trim(), ...(this.when?.kind === 'exact' ? { localTime: this.when.localTime } : {}) };
    }
    const nextStep = this.when?.kind === 'exact' ? { ...this.when, acceptOverCapacity: this.acceptsFull } : this.when;
    return {
      status: this.end,
      ...(this.card.trim() === '' ? {} : { card: this.card.trim() }),
      ...(this.sum === undefined || this.end === 'failed' ? {} : { amount: this.sum }),
      ...(nextStep ? { nextStep } : {}),
    };
  }
}
