import type { Locale } from '../../../contract/http/auth.ts';
import type { Role } from '../../../contract/http/endpoint.ts';
import type { Actor } from '../actor.ts';
import type { Norms } from '../../../contract/http/kpi.ts';

/** What rules about accounts need to know of one. */
export interface Account {
  id: number;
  email: string;
  name: string;
  role: Role;
  teamId: number | null;
  absentFrom: string | null;
  absentUntil: string | null;
  disabled: boolean;
}

export interface AccountChange {
  email?: string | undefined;
  name?: string | undefined;
  role?: Role | undefined;
  teamId?: number | null | undefined;
  channelId?: number | null | undefined;
  timeZone?: string | undefined;
  locale?: Locale | undefined;
  norms?: Partial<Norms> | undefined;
  /** All that he has from now on. */
  skillIds?: readonly number[] | undefined;
  continuesByItself?: boolean | undefined;
  /** YYYY-MM-DD. */
  absentFrom?: string | null | undefined;
  absentUntil?: string | null | undefined;
}

export interface NewAccount {
  email: string;
  name: string;
  role: Role;
  teamId: number | null;
  channelId: number | null;
  timeZone: string;
  locale: Locale;
  norms: Partial<Norms>;
  skillIds: readonly number[];
  passwordHash: string;
}

export interface PeopleStore {
  update(userId: number, change: AccountChange): Promise<void>;
  /** A person as who does something, for what follows from a carrier's word. */
  actor(userId: number): Promise<Actor>;
  /** The account with its row locked until the transaction ends; null when there is none. */
  lock(userId: number): Promise<Account | null>;
  /** Ids of the enabled admins, their rows locked: two admins cannot disable each other at once. */
  lockEnabledAdmins(): Promise<number[]>;
  /** Whose address it is; no other transaction can take it until this one ends. */
  reserveEmail(email: string): Promise<number | null>;
  create(account: NewAccount): Promise<number>;
  /** Those of the skills that there are. */
  existingSkills(skillIds: readonly number[]): Promise<number[]>;
  setPasswordHash(userId: number, passwordHash: string): Promise<void>;
  setTotpSecret(userId: number, secret: string | null): Promise<void>;
  setDisabledAt(userId: number, at: Date | null): Promise<void>;
}
