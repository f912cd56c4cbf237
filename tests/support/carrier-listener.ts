import type { CarrierEvent, CarrierEventBody } from '../../server/core/calls/carrier-event.ts';
import type { ArrivingCall, CarrierRecording, HeadsetLine, SupervisionWord, TelephonyListener } from '../../server/app/ports/telephony.ts';

/** Keeps everything that a carrier said, for assertions. */
export class CarrierNotebook implements TelephonyListener {
  readonly events: CarrierEvent[] = [];
  readonly recordings: CarrierRecording[] = [];
  readonly lines: { repId: number; state: HeadsetLine['state'] }[] = [];

  onCarrierEvent(event: CarrierEvent): Promise<void> {
    this.events.push(event);
    return Promise.resolve();
  }

  /** The id by which the next arriving call is known; null turns it away. */
  nextArrivalId: number | null = 500_000;
  readonly arrivals: ArrivingCall[] = [];

  onArrivingCall(call: ArrivingCall): Promise<number | null> {
    this.arrivals.push(call);
    if (this.nextArrivalId !== null) this.nextArrivalId += 1;
    return Promise.resolve(this.nextArrivalId);
  }

  onRecording(recording: CarrierRecording): Promise<void> {
    this.recordings.push(recording);
    return Promise.resolve();
  }

  readonly supervision: SupervisionWord[] = [];

  onSupervision(word: SupervisionWord): Promise<void> {
    this.supervision.push(word);
    return Promise.resolve();
  }

  onHeadsetLine(repId: number, line: HeadsetLine): void {
    this.lines.push({ repId, state: line.state });
  }

  of(callId: number): CarrierEvent[] {
    return this.events.filter((event) => event.callId === callId);
  }

  kinds(callId: number): CarrierEventBody['kind'][] {
    return this.of(callId).map((event) => event.body.kind);
  }

  has(callId: number, kind: CarrierEventBody['kind']): boolean {
    return this.kinds(callId).includes(kind);
  }

  /** When the first event of that kind happened, in the carrier's time; NaN when it did not. */
  instant(callId: number, kind: CarrierEventBody['kind']): number {
    return (
      this.of(callId)
        .find((event) => event.body.kind === kind)
        ?.at.getTime() ?? Number.NaN
    );
  }

  cause(callId: number): string | null {
    const end = this.of(callId).find((event) => event.body.kind === 'ended');
    return end?.body.kind === 'ended' ? end.body.cause : null;
  }

  recordingOf(callId: number): CarrierRecording | undefined {
    return this.recordings.find((recording) => recording.callId === callId);
  }
}
