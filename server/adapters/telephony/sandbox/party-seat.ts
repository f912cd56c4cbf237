import { silentFrame } from './audio-frame.ts';
import type { EventOutlet } from './event-outlet.ts';
import { mixed, type Party } from './party.ts';

/** The place beside the prospect in one call: who is asked into it, and who then hears whom. */
export class PartySeat {
  readonly #events: EventOutlet;
  readonly #prospect: { hold: () => void; unhold: () => void };
  #party: Party | null = null;
  #isMerged = false;
  #fromProspect = silentFrame;

  constructor(events: EventOutlet, prospect: { hold: () => void; unhold: () => void }) {
    this.#events = events;
    this.#prospect = prospect;
  }

  get party(): Party | null {
    return this.#party;
  }

  get isMerged(): boolean {
    return this.#isMerged;
  }

  /** Somebody is asked in; the prospect waits on hold. */
  askIn(party: Party): void {
    this.#prospect.hold();
    this.#party = party;
    this.#events.emit({ kind: 'partyAsked', party: party.word }, 'invite');
  }

  joined(party: Party): void {
    if (this.#party === party) this.#events.emit({ kind: 'partyJoined', party: party.word }, 'joined');
  }

  /** The prospect comes off hold and hears him too. */
  merge(): void {
    if (!this.#party || this.#isMerged) return;
    this.#prospect.unhold();
    this.#isMerged = true;
    this.#events.emit({ kind: 'partyMerged', party: this.#party.word }, 'merge');
  }

  /** He has gone, was let go, or never came. Of anybody, or only of the one who was named. */
  leave(carrierWord: string, who = this.#party): void {
    if (!this.#party || this.#party !== who) return;
    const party = this.#party;
    this.#party = null;
    this.#isMerged = false;
    party.leave();
    this.#events.emit({ kind: 'partyLeft', party: party.word }, carrierWord);
  }

  /** His next 20 ms, after hearing the rep and, once they were brought together, the prospect. */
  exchange(fromRep: Int16Array): Int16Array {
    return this.#party?.exchange(mixed(fromRep, this.#isMerged ? this.#fromProspect : silentFrame)) ?? silentFrame;
  }

  hearProspect(fromProspect: Int16Array): void {
    this.#fromProspect = fromProspect;
  }
}
