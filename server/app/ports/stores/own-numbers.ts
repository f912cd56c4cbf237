import type { OwnNumber } from '../../../core/caller-id/choose-number.ts';

export interface OwnNumberFacts {
  e164: string;
  region: string | null;
  dailyLimit: number;
  enabled: boolean;
  restsUntil: Date | null;
}

export interface OwnNumberRow extends OwnNumber {
  id: number;
}

/** The department's own numbers, which dials show. */
export interface OwnNumberStore {
  /** All with what each has dialled on that day; locked, so that two dials at once do not both take the last of a limit. */
  lockAll(day: string): Promise<OwnNumberRow[]>;
  all(day: string): Promise<OwnNumberRow[]>;
  find(id: number): Promise<OwnNumberRow | null>;
  /** Null when we have this number already. */
  add(number: OwnNumberFacts): Promise<number | null>;
  change(id: number, change: Partial<Omit<OwnNumberFacts, 'e164'>>): Promise<void>;
  remove(id: number): Promise<boolean>;
}
