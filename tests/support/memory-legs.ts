import {
  mostRecordingsDue,
  type CarrierLeg,
  type CarrierLegs,
  type CarrierPace,
  type LegChange,
  type LegPhase,
  type NewLeg,
} from '../../server/app/ports/carrier-legs.ts';

const over: readonly LegPhase[] = ['ended', 'refused'];

/** The legs of calls without a base, for tests of the adapter alone; the base's own are held to the same suite. */
export class MemoryLegs implements CarrierLegs {
  readonly all = new Map<number, CarrierLeg>();

  open(leg: NewLeg): Promise<'opened' | 'known' | 'repBusy'> {
    if (this.all.has(leg.callId)) return Promise.resolve('known');
    if (leg.repId !== null && this.#live(leg.repId)) return Promise.resolve('repBusy');
    this.all.set(leg.callId, {
      phase: 'waiting',
      inbound: false,
      message: false,
      askedAt: null,
      sid: null,
      roomSid: null,
      answeredAt: null,
      answeredBy: null,
      endedAt: null,
      endCause: null,
      endWord: null,
      hangupAsked: false,
      muted: false,
      recording: 'none',
      recordingSid: null,
      announcement: 'none',
      announcementClipId: null,
      announcementSeconds: 0,
      party: null,
      partySid: null,
      ...leg,
    });
    return Promise.resolve('opened');
  }

  find(callId: number): Promise<CarrierLeg | null> {
    return Promise.resolve(this.all.get(callId) ?? null);
  }

  liveOf(repId: number): Promise<CarrierLeg | null> {
    return Promise.resolve(this.#live(repId) ?? null);
  }

  liveWithParty(party: string): Promise<CarrierLeg | null> {
    return Promise.resolve([...this.all.values()].find((leg) => leg.party === party && !over.includes(leg.phase)) ?? null);
  }

  live(): Promise<CarrierLeg[]> {
    return Promise.resolve([...this.all.values()].filter(({ phase }) => !over.includes(phase)));
  }

  change(callId: number, whilePhase: readonly LegPhase[], change: LegChange): Promise<boolean> {
    const leg = this.all.get(callId);
    if (!leg || !whilePhase.includes(leg.phase)) return Promise.resolve(false);
    this.all.set(callId, { ...leg, ...change });
    return Promise.resolve(true);
  }

  beginAnnouncement(callId: number): Promise<boolean> {
    const leg = this.all.get(callId);
    return leg?.announcement === 'due' ? this.change(callId, ['placed'], { announcement: 'playing' }) : Promise.resolve(false);
  }

  known(sids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const legs = [...this.all.values()];
    return Promise.resolve(
      new Map(legs.flatMap(({ sid, callId }) => (sid !== null && sids.includes(sid) ? [[sid, callId] as const] : []))),
    );
  }

  recordingsDue({ since, before, states }: Parameters<CarrierLegs['recordingsDue']>[0]): Promise<CarrierLeg[]> {
    const due = [...this.all.values()]
      .filter(
        ({ phase, answeredAt, message, endedAt, recording, record }) =>
          record &&
          phase === 'ended' &&
          (answeredAt !== null || message || recording === 'announced') &&
          endedAt !== null &&
          endedAt >= since &&
          endedAt < before &&
          states.includes(recording),
      )
      .sort((one, other) => (one.endedAt?.getTime() ?? 0) - (other.endedAt?.getTime() ?? 0));
    return Promise.resolve(due.slice(0, mostRecordingsDue));
  }

  #live(repId: number): CarrierLeg | undefined {
    return [...this.all.values()].find((leg) => leg.repId === repId && !over.includes(leg.phase));
  }
}

/** A pace that keeps nobody waiting. */
export const noPace: CarrierPace = { takeTurn: () => Promise.resolve(0), pushBack: () => Promise.resolve() };
