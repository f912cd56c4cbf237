import type { SupervisionView } from '../../../contract/sockets/supervision.ts';
import type { SupervisionEnd, SupervisionMode } from '../../../core/supervision/mode.ts';

export interface SupervisionRecord {
  id: number;
  callId: number;
  supervisorId: number;
  repId: number;
  wanted: SupervisionMode;
  mode: SupervisionMode | null;
  modeSince: Date | null;
  supervisorLeaseUntil: Date;
  repLeaseUntil: Date | null;
}

export type SupervisionSide = 'supervisor' | 'rep';

/** A browser's word that it is still there, by its socket, until an instant. */
export interface SupervisionLease {
  socketId: string;
  until: Date;
}

/** Parts that supervisors have in live calls. What is over stays as history and is found by none of these. */
export interface SupervisionStore {
  open(supervision: {
    callId: number;
    supervisorId: number;
    repId: number;
    wanted: SupervisionMode;
    now: Date;
    lease: SupervisionLease;
  }): Promise<number>;
  /** The live one with this number, locked until the transaction ends. */
  lock(id: number): Promise<SupervisionRecord | null>;
  /** The one that this person has a part in, locked; he himself too, so that he cannot begin two at once. */
  lockOf(supervisorId: number): Promise<SupervisionRecord | null>;
  /** All of one call, locked. */
  lockOfCall(callId: number): Promise<SupervisionRecord[]>;
  /** Those of which a browser fell silent, locked. */
  lockLapsed(now: Date): Promise<SupervisionRecord[]>;
  saveWanted(id: number, wanted: SupervisionMode): Promise<void>;
  saveMode(id: number, mode: SupervisionMode, since: Date): Promise<void>;
  saveEnd(id: number, because: SupervisionEnd, at: Date): Promise<void>;
  keep(id: number, side: SupervisionSide, lease: SupervisionLease): Promise<void>;
  /** The rep's browser has until then to answer. */
  expectRep(id: number, until: Date): Promise<void>;
  /** A socket was lost: what hangs on it ends then, unless its browser comes back with another. Answers whether anything does. */
  shorten(socketId: string, until: Date): Promise<boolean>;
  view(id: number): Promise<SupervisionView>;
  person(userId: number): Promise<{ id: number; name: string }>;
}
