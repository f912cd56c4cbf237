import type { CallParty } from '../../../core/calls/call-party.ts';
import { pairRoom, repRoom, takeAnswer, whoIsIn } from './bridge.ts';
import type { CallEnds, Party } from './call-parts.ts';
import type { SipCall } from './call.ts';
import { dialogueOf } from './dialogues.ts';
import type { PluginWord } from './janus-messages.ts';
import { nobodyListens } from './janus-node.ts';
import { inBackground, type Line } from './line.ts';
import type { WithheldWays } from './offers.ts';
import { openLeg } from './outgoing-leg.ts';
import { putTogether } from './pairs.ts';
import { sipWord, wordOf } from './sip-words.ts';
import { startSound, stopSound } from './sounds.ts';

const ringTimeoutSeconds = 30;

/** A number asked in: a call of its own into the rep's room. */
export class GuestNumber implements Party {
  readonly party: CallParty;
  hasJoined = false;
  readonly #line: Line;
  readonly #call: SipCall;
  readonly #repId: number;
  readonly #to: string;
  #ends: CallEnds | null = null;
  #withheld: WithheldWays['candidates'] = [];
  #hasAnswer = false;
  #isReleased = false;
  #ringTimer: NodeJS.Timeout | undefined;

  constructor(line: Line, call: SipCall, repId: number, to: string) {
    this.#line = line;
    this.#call = call;
    this.#repId = repId;
    this.#to = to;
    this.party = { kind: 'number', e164: to };
  }

  get #name(): string {
    return `guest-of-${this.#call.callId}`;
  }

  async dial(): Promise<void> {
    const { trunk, codec, station, callId } = this.#call;
    const at = { room: repRoom(this.#repId), name: this.#name, to: this.#to, from: null };
    const events = { onWord: (word: PluginWord) => this.#hear(word), onSoundEnded: () => undefined };
    const leg = await openLeg(station, at, { trunk, codec }, events);
    this.#ends = leg.ends;
    this.#withheld = leg.withheld;
    const ends = { sip: leg.ends.sip.id, bridge: leg.ends.bridge.id };
    // Before his telephone rings: the process after this one must be able to end it.
    await this.#line.memory.ofCall(callId, (known) => (known.party = { url: station.url, ends }));
    this.#ringFor();
    await leg.call();
  }

  /** Goes on with a call that an earlier process left in Janus. */
  adopt({ sip, bridge }: { sip: number; bridge: number }, hasJoined: boolean): void {
    const { node } = this.#call.station;
    this.#ends = {
      sip: node.adopt(sip, { ...nobodyListens, onWord: (word) => this.#hear(word) }),
      bridge: node.adopt(bridge, nobodyListens),
    };
    this.hasJoined = hasJoined;
    if (!hasJoined) this.#ringFor();
  }

  async isThere(): Promise<boolean> {
    const ends = this.#ends;
    if (!ends) return false;
    const isHeard = (await whoIsIn(this.#call.station.control, repRoom(this.#repId))).get(this.#name) === true;
    if (this.hasJoined) return isHeard;
    const dialogue = await dialogueOf(ends.sip);
    // The answer of one who was not heard before is lost, and with it the way to him.
    if (dialogue !== 'established' || !isHeard) return dialogue === 'inviting';
    await this.#join('answered while nobody listened');
    return true;
  }

  /** The two stay together in a room of their own, which Janus keeps for them until one of them goes. */
  readonly leaveWith = async (): Promise<void> => {
    const { ends, station, callId, record, name, isHeld } = this.#call;
    const guest = this.#ends;
    if (!ends || !guest) return;
    const leaving = { names: [name, this.#name] satisfies [string, string], isHeld, isRecorded: record };
    await putTogether(this.#line, station, { room: pairRoom(callId), pair: [ends, guest], leaving });
    this.#isReleased = true;
    this.#call.ends = null;
  };

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    clearTimeout(this.#ringTimer);
    const ends = this.#ends;
    if (!ends || !this.#call.station.isUp) return;
    await this.#stopRingback();
    // Ending the handle ends the call on it.
    await ends.sip.command({ request: 'hangup' });
    await Promise.all([ends.sip.detach(), ends.bridge.detach()]);
  }

  #ringFor(): void {
    const { callId } = this.#call;
    const hangUp = async (): Promise<void> => this.#ends?.sip.command({ request: 'hangup' });
    const giveUp = (): void => inBackground(this.#line, { callId }, 'a number that rang too long was not let go', hangUp());
    this.#ringTimer = setTimeout(giveUp, ringTimeoutSeconds * 1000);
  }

  #hear(word: PluginWord): void {
    this.#call.inOrder(() => this.#take(word));
  }

  async #take({ data, jsep }: PluginWord): Promise<void> {
    const parsed = sipWord.safeParse(data);
    if (!parsed.success || this.#isReleased || !this.#ends) return;
    const { result } = parsed.data;
    if (jsep && !this.#hasAnswer) {
      this.#hasAnswer = true;
      await takeAnswer(this.#ends.bridge, jsep);
      await this.#ends.sip.trickleAll(this.#withheld);
    }
    if (result.event === 'ringing' && !this.#hasAnswer)
      await startSound(this.#line, this.#call.station, { room: repRoom(this.#repId), sound: 'ringback', loop: true });
    else if (result.event === 'accepted') await this.#join(wordOf(result));
    else if (result.event === 'hangup') await this.#call.partyLeft(this, wordOf(result));
  }

  async #join(word: string): Promise<void> {
    clearTimeout(this.#ringTimer);
    await this.#stopRingback();
    this.hasJoined = true;
    await this.#call.partyJoined(this, word);
  }

  async #stopRingback(): Promise<void> {
    await stopSound(this.#call.station, { room: repRoom(this.#repId), sound: 'ringback' });
  }
}
