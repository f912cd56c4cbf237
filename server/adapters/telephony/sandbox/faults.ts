import type { CarrierEventKind } from '../../../core/calls/carrier-event.ts';

/** What goes wrong between the sandbox and us, for one call; an empty set is a carrier on a good day. */
export interface CarrierFaults {
  /** Each event is delivered twice with the same key. */
  doubledEvents?: boolean;
  /** Neighbouring events change places. */
  reorderedEvents?: boolean;
  /** Each event waits this long before it is delivered; scaled by the speed option. */
  lateEventSeconds?: number;
  /** Events of these kinds never arrive. */
  lostEvents?: readonly CarrierEventKind[];
  /** The dial request has no clear answer; the call itself is placed only with `afterAccepting`. */
  ambiguousDial?: 'beforeAccepting' | 'afterAccepting';
  recording?: 'missing' | 'partial';
}
