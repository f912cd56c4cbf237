import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { LineInUse, PartyUnreachable, type DialOutcome, type DialRequest } from '../../../app/ports/telephony.ts';
import { dropAnnouncement } from './announcing.ts';
import { takeInvite } from './arriving.ts';
import type { SipCall } from './call.ts';
import { placeCall } from './dialling.ts';
import { nobodyListens } from './janus-node.ts';
import { inBackground, type Line } from './line.ts';
import { nothingRemembered, type Remembered } from './memory.ts';
import { readPlace } from './places.ts';
import { settleRecording } from './recordings.ts';
import { Registration, type ArrivingInvite } from './registrations.ts';
import { RepLines, type Headset } from './rep-lines.ts';
import { dropGuestOf, dropLinkTo } from './reaching.ts';
import { adoptRemains } from './remains.ts';
import { adoptCall, adoptOthers, checkCall, checkParty, finishJoin, isLeft, leaveCall } from './restoring.ts';
import { Station } from './station.ts';
import { resumeHandOver, type HandOver } from './transfers.ts';

const soundEndMilliseconds = 2000;

/** Which calls, headsets and registrations are on which Janus. */
export class Switchboard {
  readonly #line: Line;
  readonly #secret: string | undefined;
  readonly lines: RepLines;
  readonly calls = new Map<number, SipCall>();
  registrations: readonly Registration[] = [];
  stations: readonly Station[] = [];
  /** What an earlier process left. */
  #earlier: Remembered = nothingRemembered;
  readonly #restored = new Set<Station>();
  /** Until every Janus was tried once: what spans two of them is taken over after that. */
  #isStarting = true;

  constructor(line: Line, secret: string | undefined) {
    this.#line = line;
    this.#secret = secret;
    this.lines = new RepLines(line);
  }

  async start(urls: readonly string[]): Promise<void> {
    const earlier = await this.#line.memory.read();
    this.#earlier = earlier;
    this.stations = urls.map(
      (url) =>
        new Station(
          this.#line.log,
          { url, secret: this.#secret, earlierSession: earlier.sessions[url] },
          { onUp: (station, isSameSession) => this.#up(station, isSameSession), onLost: (station) => this.#lose(station) },
        ),
    );
    await Promise.all(this.stations.map((station) => station.node.start()));
    this.#isStarting = false;
    for (const station of this.#restored) await this.#restoreOthers(station);
  }

  async stop(how: { keepCalls: boolean }): Promise<void> {
    for (const registration of this.registrations) registration.stop();
    if (!how.keepCalls) await this.#endAll();
    // What ends may leave more to be put away.
    while (this.#line.unfinished.size > 0) await Promise.all(this.#line.unfinished);
    await Promise.all(this.stations.map((station) => station.node.stop({ keepSession: how.keepCalls })));
    await this.#line.memory.settled();
  }

  callOf(repId: number): SipCall | undefined {
    return [...this.calls.values()].find((call) => call.repId === repId);
  }

  /** Whether the rep is asked into a colleague's call. */
  isGuest(repId: number): boolean {
    return [...this.calls.values()].some(({ party }) => party?.party.kind === 'rep' && party.party.repId === repId);
  }

  /** @throws LineInUse, PartyUnreachable */
  findColleague(repId: number): Headset {
    if (this.callOf(repId) ?? this.isGuest(repId)) throw new LineInUse(repId);
    const headset = this.lines.headsetOf(repId);
    if (!headset) throw new PartyUnreachable(`rep:${repId}`);
    return headset;
  }

  /** A rep and the Janus of his line, if he has one. */
  repAt(repId: number): { id: number; station: Station | undefined } {
    return { id: repId, station: this.lines.stationOf(repId) };
  }

  /** What a far side needs that goes on by itself. */
  handOver(): HandOver {
    return {
      hooks: { onEnded: (ended) => this.#ended(ended), tryOtherwise: () => Promise.resolve(false) },
      onHandedOver: (call) => this.calls.set(call.callId, call),
    };
  }

  /** The Janus where the rep's line or call is, else the one with the fewest. */
  stationFor(repId: number): Station | undefined {
    const known = this.lines.stationOf(repId) ?? this.callOf(repId)?.station;
    if (known?.isUp) return known;
    const load = (station: Station): number => this.lines.countOn(station);
    return this.stations.filter((station) => station.isUp).sort((one, other) => load(one) - load(other))[0];
  }

  place(station: Station, request: DialRequest): Promise<DialOutcome> {
    const { call, outcome } = placeCall(this.#line, station, request, (ended) => this.#ended(ended));
    this.calls.set(call.callId, call);
    return outcome;
  }

  async #up(station: Station, isSameSession: boolean): Promise<void> {
    const { url, session } = { url: station.url, session: station.node.session };
    this.#line.memory.keep((content) => {
      if (session !== undefined) content.sessions[url] = session;
    });
    if (this.#restored.has(station)) {
      for (const call of this.calls.values()) {
        if (call.station === station) await checkCall(this.#line, call);
        await checkParty(this.#line, call);
      }
    } else {
      this.#restored.add(station);
      if (!isSameSession) this.#line.memory.forgetJanus(url);
      await this.#restoreCalls(station, isSameSession);
      if (!this.#isStarting) await this.#restoreOthers(station);
      // Who sits there was taken over on trust while it was out of reach.
      for (const call of this.calls.values()) if (call.station !== station) await checkParty(this.#line, call);
    }
    for (const trunk of this.#line.trunks.filter(({ register }) => register)) this.#register(station, trunk.name);
  }

  /** Goes on with the calls that an earlier process left in this Janus, and ends what is left of them nowhere. */
  async #restoreCalls(station: Station, isSameSession: boolean): Promise<void> {
    for (const leg of await this.#line.legs.live()) {
      if (this.calls.has(leg.callId) || readPlace(leg.roomSid)?.url !== station.url) continue;
      const call = adoptCall(this.#line, station, leg, {
        onEnded: (ended) => this.#ended(ended),
        tryOtherwise: () => Promise.resolve(false),
        earlier: this.#earlier,
      });
      if (!call) continue;
      this.calls.set(call.callId, call);
      if (isSameSession) await this.#resume(call, leg);
      else await call.end('providerError', 'Janus is lost');
    }
  }

  async #resume(call: SipCall, leg: CarrierLeg): Promise<void> {
    if (isLeft(call, this.#earlier)) {
      await leaveCall(this.#line, call, leg);
      return;
    }
    await checkCall(this.#line, call);
    await finishJoin(this.#line, call, this.#earlier);
  }

  /** Goes on with what else is left in this Janus; whatever of it cannot be had, the calls go on. */
  async #restoreOthers(station: Station): Promise<void> {
    try {
      await this.#adoptOthers(station);
    } catch (error) {
      this.#line.log.error({ url: station.url, err: error }, 'what an earlier process left in a Janus could not all be taken over');
    }
  }

  /** Headsets, who was asked in, and far sides that are in no call any more. */
  async #adoptOthers(station: Station): Promise<void> {
    const earlier = this.#earlier;
    const { url } = station;
    const hosts = new Map<string, number>();
    const live = await this.#line.legs.live();
    for (const leg of live) {
      const call = this.calls.get(leg.callId);
      if (call?.station === station) await adoptOthers(this.#line, call, leg, { earlier, stationOf: (at) => this.#stillAt(at) });
      if (leg.party !== null && leg.repId !== null) hosts.set(leg.party, leg.repId);
    }
    if (this.#stillAt(url) !== station) return;
    for (const [repId, { url: at, handle }] of Object.entries(earlier.lines))
      if (at === url) await this.lines.adopt(Number(repId), station, handle, hosts.get(`rep:${repId}`));
    await adoptRemains(this.#line, station, earlier, new Set(live.map(({ callId }) => callId)));
    for (const [callId, known] of Object.entries(earlier.handOvers))
      if (known.url === url) await resumeHandOver(this.#line, station, [Number(callId), known], this.handOver());
    await this.#dropEars(station, earlier.ears[url] ?? []);
  }

  /** A Janus that still has the session that an earlier process left there. */
  #stillAt(url: string): Station | undefined {
    const { sessions } = this.#earlier;
    return this.stations.find((station) => station.url === url && station.node.session === sessions[url]);
  }

  /** Registrations of the earlier process go, unless somebody speaks on one of them: they fall together. */
  async #dropEars(station: Station, ears: readonly number[]): Promise<void> {
    const isInUse = [...this.calls.values()].some((call) => call.station === station && call.inbound);
    if (!isInUse) for (const id of ears) await station.node.adopt(id, nobodyListens).detach();
    this.#line.memory.keep((content) => (content.ears[station.url] = isInUse ? [...ears] : []));
  }

  #register(station: Station, trunkName: string): void {
    if (this.registrations.some((known) => known.station === station && known.trunk.name === trunkName)) return;
    const trunk = this.#line.trunks.find(({ name }) => name === trunkName);
    if (!trunk) return;
    const registration = new Registration(this.#line, station, trunk, (invite) => this.#arriving(invite));
    this.registrations = [...this.registrations, registration];
    inBackground(this.#line, { trunk: trunkName }, 'a trunk could not be registered', registration.start());
  }

  #arriving(invite: ArrivingInvite): void {
    const take = async (): Promise<void> => {
      const call = await takeInvite(this.#line, invite, (ended) => this.#ended(ended, () => invite.listen(null)));
      if (!call) {
        invite.listen(null);
        return;
      }
      this.calls.set(call.callId, call);
    };
    inBackground(this.#line, { trunk: invite.trunk.name }, 'an arriving call was not taken', take());
  }

  #ended(call: SipCall, whenReleased: () => void = () => undefined): void {
    this.calls.delete(call.callId);
    const settle = async (): Promise<void> => {
      const leg = await this.#line.legs.find(call.callId);
      const wasHeard = leg !== null && (leg.answeredAt !== null || leg.message);
      // One whose far side went on elsewhere left its files closed.
      if (wasHeard && call.ends && call.station.isUp) await call.soundEnded(soundEndMilliseconds);
      await call.release();
      whenReleased();
      this.#line.memory.forgetCall(call.callId);
      await dropAnnouncement(this.#line, call.callId);
      if (leg?.record && wasHeard) await settleRecording(this.#line, leg);
    };
    inBackground(this.#line, { callId: call.callId }, 'an ended call was not put away; the sweep tries again', settle());
  }

  #lose(station: Station): void {
    this.#line.log.error({ url: station.url }, 'a Janus is lost with its calls');
    for (const registration of this.registrations.filter((known) => known.station === station)) registration.stop();
    this.registrations = this.registrations.filter((known) => known.station !== station);
    for (const call of [...this.calls.values()].filter((known) => known.station === station))
      inBackground(this.#line, { callId: call.callId }, 'the end of a lost call was not told', call.end('providerError', 'Janus is lost'));
    for (const call of this.calls.values()) {
      const { callId } = call;
      inBackground(this.#line, { callId }, 'a link to a lost Janus was not given up', dropLinkTo(station, call));
      const dropped = dropGuestOf(station, call, (repId) => this.lines.stationOf(repId));
      inBackground(this.#line, { callId }, 'whoever was asked in from a lost Janus was not let go', dropped);
    }
    this.lines.dropStation(station);
  }

  async #endAll(): Promise<void> {
    const ending = [...this.calls.values()].map(async (call) => {
      const over = new Promise<void>((resolve) => call.whenEnded(resolve));
      await call.hangup('hangup');
      await over;
      // Who was asked in is let go, and the files are closed, after that.
      await call.settled();
    });
    await Promise.all(ending);
    await this.lines.disconnectAll();
  }
}
