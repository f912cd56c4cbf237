import type { AttemptKind } from '../../../core/dispositions/plan.ts';
import type { CallDimensions } from './calls.ts';

export interface NewAttempt extends CallDimensions {
  kind: AttemptKind;
  yes: boolean;
  at: Date;
  repId: number;
  companyId: number;
  callId: number | null;
  dealId: number | null;
  meetingId: number | null;
}

export type WinKind = 'stageUp' | 'meetingHeld' | 'handoffAccepted' | 'newDecisionMaker' | 'workStarted';

export interface NewWin extends CallDimensions {
  kind: WinKind;
  /** What makes it one win: repeated, it writes nothing. */
  key: string;
  at: Date;
  repId: number;
  companyId: number;
  callId: number | null;
  dealId: number | null;
}

/** The ledger that every figure can be counted from again. */
export interface AttemptStore {
  /** False when the ledger has it already. */
  write(attempt: NewAttempt): Promise<boolean>;
  writeWin(win: NewWin): Promise<boolean>;
}
