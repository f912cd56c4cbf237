import type { CallParty } from '../../../core/calls/call-party.ts';
import type { JanusHandle } from './janus-node.ts';
import type { Trunk } from './trunks.ts';

/** `leaving`: its rep is out of it, and the far side hears what he left behind. */
export type CallPhase = 'waiting' | 'ringing' | 'answered' | 'message' | 'leaving' | 'ended';

/** A call's two ends in Janus: the one to the trunk, and its place in a room. */
export interface CallEnds {
  sip: JanusHandle;
  bridge: JanusHandle;
  /** The handle is a registration, which lives on. */
  keepSip?: boolean;
}

/** Somebody besides the far side, with the rep or on the way to him. */
export interface Party {
  readonly party: CallParty;
  readonly hasJoined: boolean;
  /** Whether he still is, or is still being called, after a while in which nobody listened. */
  isThere(): Promise<boolean>;
  /** He is let go; nothing more is asked of him. */
  release(): Promise<void>;
  /** He and the far side go on together without us; null for a colleague, who is handed the call instead. */
  readonly leaveWith: (() => Promise<void>) | null;
}

export interface CallTerms {
  callId: number;
  repId: number | null;
  inbound: boolean;
  record: boolean;
  /** The prospect hears that he is recorded before he is. */
  isUntold: boolean;
  trunk: Trunk;
}
