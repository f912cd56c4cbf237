import { CarrierRefusal, carrierDate, newSid } from './refusal.ts';
import type { Deliveries } from './deliveries.ts';
import type { Leg } from './leg.ts';

export const roomEvents = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify', 'speaker', 'announcement'] as const;

export interface RoomCallback {
  url: string;
  events: readonly string[];
}

export interface Member {
  leg: Leg;
  label: string | null;
  endConferenceOnExit: boolean;
  coaching: boolean;
  callSidToCoach: string | null;
}

/** A conference. Who opens it says where its life is told. */
export class Room {
  readonly sid = newSid('CF');
  readonly name: string;
  readonly createdAt = new Date();
  readonly #accountSid: string;
  readonly #deliveries: Deliveries;
  readonly #members = new Map<string, Member>();
  readonly #everyone = new Set<Leg>();
  #callback: RoomCallback | null;
  #sequence = 0;
  isOver = false;
  #hasBegun = false;

  constructor(name: string, parts: { accountSid: string; deliveries: Deliveries; callback: RoomCallback | null }) {
    this.name = name;
    this.#accountSid = parts.accountSid;
    this.#deliveries = parts.deliveries;
    this.#callback = parts.callback;
  }

  /** It begins with the second participant. */
  get status(): 'init' | 'in-progress' | 'completed' {
    if (this.isOver) return 'completed';
    return this.#hasBegun ? 'in-progress' : 'init';
  }

  /** Everybody who ever was in it, for the sound. */
  members(): Iterable<Leg> {
    return this.#everyone;
  }

  get present(): readonly Member[] {
    return [...this.#members.values()];
  }

  find(sidOrLabel: string): Member | undefined {
    return this.present.find(({ leg, label }) => leg.sid === sidOrLabel || label === sidOrLabel);
  }

  join(member: Member): void {
    this.#members.set(member.leg.sid, member);
    if (!this.#hasBegun && this.#members.size > 1) {
      this.#hasBegun = true;
      this.#tell('conference-start', 'start', null);
    }
    this.#everyone.add(member.leg);
    member.leg.room.set(Date.now(), this);
    this.#coaching(member);
    this.#tell('participant-join', 'join', member);
  }

  leave(leg: Leg): void {
    const member = this.#members.get(leg.sid);
    if (!member) return;
    this.#members.delete(leg.sid);
    leg.room.set(Date.now(), null);
    this.#tell('participant-leave', 'leave', member);
    if (!member.endConferenceOnExit && this.#members.size > 0) return;
    for (const { leg: other } of this.present) this.leave(other);
    if (this.isOver) return;
    this.isOver = true;
    this.#tell('conference-end', 'end', null);
  }

  setMuted(member: Member, isMuted: boolean): void {
    if (member.leg.muted.at(Date.now()) === isMuted) return;
    member.leg.muted.set(Date.now(), isMuted);
    this.#tell(isMuted ? 'participant-mute' : 'participant-unmute', 'mute', member);
  }

  setHeld(member: Member, isHeld: boolean): void {
    if (member.leg.held.at(Date.now()) === isHeld) return;
    member.leg.held.set(Date.now(), isHeld);
    this.#tell(isHeld ? 'participant-hold' : 'participant-unhold', 'hold', member);
  }

  setCoaching(member: Member, coaching: boolean, callSidToCoach: string | null): void {
    if (coaching && !this.find(callSidToCoach ?? '')) throw new CarrierRefusal(400, 16023, 'CallSidToCoach is not in this conference');
    member.coaching = coaching;
    member.callSidToCoach = coaching ? callSidToCoach : null;
    this.#coaching(member);
    this.#tell('participant-modify', 'modify', member);
  }

  /** Only he hears a coach; everybody hears who coaches nobody. */
  #coaching(member: Member): void {
    const coached = member.coaching ? (this.find(member.callSidToCoach ?? '')?.leg ?? null) : null;
    member.leg.heardBy.set(Date.now(), coached);
  }

  announced(member: Member, url: string, failed: boolean): void {
    this.#tell(failed ? 'announcement-fail' : 'announcement-end', 'announcement', member, { AnnounceUrl: url });
  }

  view(member: Member): object {
    const { leg } = member;
    return {
      account_sid: this.#accountSid,
      call_sid: leg.sid,
      conference_sid: this.sid,
      label: member.label,
      muted: leg.muted.at(Date.now()),
      hold: leg.held.at(Date.now()),
      coaching: member.coaching,
      call_sid_to_coach: member.callSidToCoach,
      end_conference_on_exit: member.endConferenceOnExit,
      start_conference_on_enter: true,
      status: leg.answeredAt ? 'connected' : leg.status === 'initiated' ? 'connecting' : leg.status,
      date_created: carrierDate(leg.createdAt),
      date_updated: carrierDate(new Date()),
    };
  }

  #tell(word: string, event: string, member: Member | null, more: Record<string, string> = {}): void {
    const callback = this.#callback;
    if (!callback?.events.includes(event)) return;
    const parameters = {
      AccountSid: this.#accountSid,
      ConferenceSid: this.sid,
      FriendlyName: this.name,
      StatusCallbackEvent: word,
      SequenceNumber: String(this.#sequence),
      Timestamp: carrierDate(new Date()),
      ...(member
        ? {
            CallSid: member.leg.sid,
            ...(member.label ? { ParticipantLabel: member.label } : {}),
            Muted: String(member.leg.muted.at(Date.now())),
            Hold: String(member.leg.held.at(Date.now())),
            Coaching: String(member.coaching),
            EndConferenceOnExit: String(member.endConferenceOnExit),
            StartConferenceOnEnter: 'true',
          }
        : {}),
      ...more,
    };
    this.#sequence += 1;
    this.#deliveries.tell(callback.url, parameters, { callSid: member?.leg.sid ?? '', word });
  }
}
