import { partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import { PartyMismatch } from '../../../app/ports/telephony.ts';
import type { ClipLibrary } from './clip-library.ts';
import { lookUpNumber } from './number-book.ts';
import { GuestNumber, GuestRep, partyEndWord } from './party.ts';
import type { ProspectPlan } from './prospect-plan.ts';
import { ProspectVoice } from './prospect-voice.ts';
import type { SandboxCall } from './sandbox-call.ts';
import type { Scheduler } from './scheduler.ts';
import type { Stations } from './stations.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
const networkSetupSeconds = 0.4;
const ringTimeoutSeconds = 30;

export interface PartiesOptions {
  seed: number;
  speed: number;
  scheduler: Scheduler;
  stations: Stations;
}

/** @throws RangeError unless it is a rep or an E.164 number */
export function checkParty(party: CallParty): void {
  if (party.kind === 'number' && !e164.test(party.e164)) throw new RangeError('a number must be E.164');
}

/** Asks others into live calls: reps at their headsets, and numbers with the fates that they have for any dial. */
export class Parties {
  readonly #options: PartiesOptions;

  constructor(options: PartiesOptions) {
    this.#options = options;
  }

  /** @throws PartyMismatch, LineInUse, PartyUnreachable, RangeError */
  askIn(call: SandboxCall, party: CallParty, clips: ClipLibrary): void {
    checkParty(party);
    if (call.seat.party) throw new PartyMismatch(`somebody is in call ${call.callId} already`);
    if (party.kind === 'number') {
      this.#dial(call, party.e164, clips);
      return;
    }
    const guest = this.#options.stations.join(party.repId, (onLeft) => new GuestRep(partyWord(party), onLeft));
    call.seat.askIn(guest);
    call.seat.joined(guest);
  }

  #dial(call: SandboxCall, e164Number: string, clips: ClipLibrary): void {
    const { seed } = this.#options;
    const guest = new GuestNumber(e164Number);
    call.seat.askIn(guest);
    const { plan } = lookUpNumber(seed, e164Number, 1);
    const gone = (seconds: number, word: string): void => this.#after(seconds, () => call.seat.leave(word, guest));
    switch (plan.kind) {
      case 'refused':
        gone(networkSetupSeconds, partyEndWord(plan.cause));
        break;
      case 'turnedAway':
        gone(plan.afterSeconds, partyEndWord(plan.cause));
        break;
      case 'declined':
        gone(networkSetupSeconds + plan.ringSeconds, partyEndWord(plan.cause));
        break;
      case 'unanswered':
        gone(ringTimeoutSeconds, partyEndWord('noAnswer'));
        break;
      case 'answered':
        this.#after(networkSetupSeconds + plan.ringSeconds, () => this.#answer(call, guest, plan, clips));
        break;
      default:
        plan satisfies never;
    }
  }

  #answer(call: SandboxCall, guest: GuestNumber, plan: Extract<ProspectPlan, { kind: 'answered' }>, clips: ClipLibrary): void {
    if (call.seat.party !== guest) return;
    guest.answer(
      new ProspectVoice({
        clips,
        steps: plan.steps,
        speed: this.#options.speed,
        onStrangeWord: () => undefined,
        onHangUp: () => this.#after(0, () => call.seat.leave('bye', guest)),
      }),
    );
    call.seat.joined(guest);
  }

  #after(seconds: number, action: () => void): void {
    this.#options.scheduler.after((seconds * 1000) / this.#options.speed, action);
  }
}
