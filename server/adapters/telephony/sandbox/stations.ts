import { HeadsetCheckImpossible, LineInUse, PartyUnreachable, type HeadsetLine } from '../../../app/ports/telephony.ts';
import type { ClipLibrary } from './clip-library.ts';
import type { HeadsetPeer } from './headset-peer.ts';
import type { GuestRep } from './party.ts';
import { busySound, clipSound, RepStation } from './rep-station.ts';
import type { SandboxCall } from './sandbox-call.ts';

export interface StationsOptions {
  onLine: (repId: number, line: HeadsetLine) => void;
  /** There is a line or a call to carry sound for. */
  onBusy: () => void;
  /** A station became empty and was put away. */
  onEmptied: () => void;
}

/** The reps' ends of the sandbox: who has a headset, who has a call, and what each of them hears. */
export class Stations {
  readonly #options: StationsOptions;
  readonly #stations = new Map<number, RepStation>();

  constructor(options: StationsOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#stations.size === 0;
  }

  get lineCount(): number {
    return [...this.#stations.values()].filter((station) => station.line).length;
  }

  /** Whether this rep is in a call, his own or one that he was asked into. */
  isInUse(repId: number): boolean {
    return this.#stations.get(repId)?.isInUse ?? false;
  }

  /** Joins a rep's headset to a colleague's call. @throws LineInUse, PartyUnreachable without a headset */
  join(repId: number, guestOf: (onLeft: () => void) => GuestRep): GuestRep {
    const station = this.#stations.get(repId);
    if (station?.isInUse) throw new LineInUse(repId);
    if (!station?.line) throw new PartyUnreachable(`rep ${repId}`);
    station.stopSounds();
    const guest = guestOf(() => {
      if (station.guest !== guest) return;
      station.guest = null;
      this.#putAwayIfEmpty(repId, station);
    });
    station.guest = guest;
    return guest;
  }

  /** Twenty milliseconds pass at every station. */
  tick(): void {
    for (const station of this.#stations.values()) station.tick();
  }

  takeCall(repId: number, call: SandboxCall): void {
    this.#stationOf(repId).takeCall(call);
    this.#options.onBusy();
  }

  /** The call is over; its rep still hears how. */
  dropCall(call: SandboxCall, clips: ClipLibrary): void {
    const station = call.repId === null ? undefined : this.#stations.get(call.repId);
    if (call.repId === null || !station) return;
    if (call.cause === 'busy' || call.cause === 'rejected') station.dropCall(busySound);
    else if (call.cause === 'invalidNumber') station.dropCall(clipSound(clips.get('network-invalidNumber-1').samples));
    else station.dropCall(null);
    this.#putAwayIfEmpty(call.repId, station);
  }

  /** A newer offer of the same rep replaces the older line. */
  async connect(repId: number, offerSdp: string): Promise<{ answerSdp: string }> {
    // WebRTC is read when the first headset comes: it is a tenth of a start.
    const { HeadsetPeer } = await import('./headset-peer.ts');
    const station = this.#stationOf(repId);
    const older = station.line;
    const line: HeadsetPeer = new HeadsetPeer({
      additionalAddresses: ['127.0.0.1'],
      onState: (state) => {
        // A line that was replaced has nothing more to say about this rep.
        if (station.line === line) this.#options.onLine(repId, state);
      },
    });
    station.line = line;
    await older?.close();
    this.#options.onBusy();
    try {
      return { answerSdp: await line.answer(offerSdp) };
    } catch (error) {
      if (station.line === line) await this.disconnect(repId);
      throw error;
    }
  }

  async addCandidate(repId: number, candidate: Parameters<HeadsetPeer['addCandidate']>[0]): Promise<void> {
    await this.#stations.get(repId)?.line?.addCandidate(candidate);
  }

  async disconnect(repId: number): Promise<void> {
    const station = this.#stations.get(repId);
    const line = station?.line;
    if (!station || !line) return;
    await line.close();
    if (station.line === line) station.line = null;
    this.#putAwayIfEmpty(repId, station);
  }

  async disconnectAll(): Promise<void> {
    await Promise.all([...this.#stations.keys()].map((repId) => this.disconnect(repId)));
  }

  /** @throws HeadsetCheckImpossible without a line or during a call */
  playCheck(repId: number, what: 'tone' | 'echo' | 'stop'): void {
    const station = this.#stations.get(repId);
    if (!station?.line) throw new HeadsetCheckImpossible('no headset is connected');
    if (station.isInUse) throw new HeadsetCheckImpossible('a call is live');
    if (what === 'tone') station.playCheckTone();
    if (what === 'echo') station.loopOwnVoice();
    if (what === 'stop') station.stopSounds();
  }

  #stationOf(repId: number): RepStation {
    const station = this.#stations.get(repId) ?? new RepStation();
    this.#stations.set(repId, station);
    return station;
  }

  #putAwayIfEmpty(repId: number, station: RepStation): void {
    if (station.isEmpty) this.#stations.delete(repId);
    this.#options.onEmptied();
  }
}
