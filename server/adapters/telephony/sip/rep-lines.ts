import { guestName, joinWithOffer, openRoom, repName, repRoom, whoIsIn } from './bridge.ts';
import { nobodyListens, type HandleEvents, type JanusHandle } from './janus-node.ts';
import type { Line } from './line.ts';
import { beginsHandshake, browserCodec } from './offers.ts';
import type { Station } from './station.ts';

/** A rep's browser as it is reached. */
export interface Headset {
  station: Station;
  handle: JanusHandle;
}

/** A rep's browser in his room, through his shift. */
interface RepLine {
  station: Station;
  handle: JanusHandle | null;
  isConnected: boolean;
}

/** The reps' browsers, each in a room of his own on the Janus where his shift began. */
export class RepLines {
  readonly #line: Line;
  readonly #lines = new Map<number, RepLine>();

  constructor(line: Line) {
    this.#line = line;
  }

  get count(): number {
    return this.#lines.size;
  }

  stationOf(repId: number): Station | undefined {
    return this.#lines.get(repId)?.station;
  }

  /** A connected headset; null when there is none. */
  headsetOf(repId: number): Headset | null {
    const { station, handle, isConnected } = this.#lines.get(repId) ?? {};
    return station?.isUp && handle && isConnected ? { station, handle } : null;
  }

  countOn(station: Station): number {
    return [...this.#lines.values()].filter((line) => line.station === station).length;
  }

  /** Takes the browser's offer; its earlier line leaves the room for it. */
  async connect(repId: number, station: Station, offerSdp: string, muted: boolean): Promise<{ answerSdp: string }> {
    const earlier = this.#lines.get(repId);
    const repLine: RepLine = { station, handle: null, isConnected: false };
    this.#lines.set(repId, repLine);
    this.#line.tell.headset(repId, 'connecting');
    if (earlier?.station.isUp) await earlier.handle?.detach();
    const room = repRoom(repId);
    await openRoom(station.control, room);
    repLine.handle = await station.attach('janus.plugin.audiobridge', this.#eventsOf(repId, repLine));
    this.#remember(repId, repLine);
    const at = { room, id: repName, muted, codec: browserCodec(offerSdp), inner: false };
    const answer = await joinWithOffer(repLine.handle, at, beginsHandshake({ type: 'offer', sdp: offerSdp }));
    return { answerSdp: answer.sdp };
  }

  /**
   * Takes over a line that an earlier process left in this Janus, if the browser is still there.
   * @param hostId the colleague into whose call the rep was asked: his headset may be in that room
   */
  async adopt(repId: number, station: Station, handleId: number, hostId: number | undefined): Promise<void> {
    const repLine: RepLine = { station, handle: null, isConnected: false };
    repLine.handle = station.node.adopt(handleId, this.#eventsOf(repId, repLine));
    const isIn = async (room: string, name: string): Promise<boolean> => (await whoIsIn(station.control, room)).get(name) === true;
    const isGuest = hostId !== undefined && (await isIn(repRoom(hostId), guestName(repId)));
    if (!isGuest && !(await isIn(repRoom(repId), repName))) {
      await repLine.handle.detach();
      this.#remember(repId, null);
      return;
    }
    this.#lines.set(repId, repLine);
    repLine.isConnected = true;
    this.#line.tell.headset(repId, 'connected');
  }

  async addCandidate(repId: number, candidate: Record<string, unknown>): Promise<void> {
    await this.#lines.get(repId)?.handle?.trickle(candidate);
  }

  async disconnect(repId: number): Promise<void> {
    const repLine = this.#lines.get(repId);
    if (!repLine) return;
    this.#lines.delete(repId);
    this.#remember(repId, null);
    if (repLine.station.isUp) await repLine.handle?.detach();
    this.#line.tell.headset(repId, 'closed');
  }

  async disconnectAll(): Promise<void> {
    await Promise.all([...this.#lines.keys()].map((repId) => this.disconnect(repId)));
  }

  /** Every line of a lost Janus is interrupted: its rep's browser comes back, to another. */
  dropStation(station: Station): void {
    for (const [repId, repLine] of this.#lines) {
      if (repLine.station !== station) continue;
      this.#lines.delete(repId);
      this.#remember(repId, null);
      this.#line.tell.headset(repId, 'interrupted');
    }
  }

  #eventsOf(repId: number, repLine: RepLine): HandleEvents {
    const tell = (state: 'connected' | 'interrupted'): void => {
      repLine.isConnected = state === 'connected';
      if (this.#lines.get(repId) === repLine) this.#line.tell.headset(repId, state);
    };
    return {
      ...nobodyListens,
      onUp: () => tell('connected'),
      onDown: () => tell('interrupted'),
      // A browser sends silence too: none at all means that its network is gone, long before the connection fails.
      onMedia: (receiving) => tell(receiving ? 'connected' : 'interrupted'),
    };
  }

  #remember(repId: number, repLine: RepLine | null): void {
    this.#line.memory.keep(({ lines }) => {
      if (repLine?.handle) lines[repId] = { url: repLine.station.url, handle: repLine.handle.id };
      else Reflect.deleteProperty(lines, repId);
    });
  }
}
