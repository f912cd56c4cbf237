import type { Colleague, TeamView, UserView } from '../../../contract/http/admin.ts';
import type { Me } from '../../../contract/http/auth.ts';
import type { Role } from '../../../contract/http/endpoint.ts';

/** A live session as its owner may look at it. */
export interface OwnSession {
  id: number;
  tokenHash: string;
  createdAt: Date;
  lastSeenAt: Date;
  ip: string | null;
  userAgent: string | null;
}

export interface PeopleReads {
  /** The signed-in person's own page; null when the account is gone or disabled. */
  me(userId: number): Promise<Omit<Me, 'telephony'> | null>;
  /** Where the person is signed in, last seen first. */
  sessionsOf(userId: number, now: Date): Promise<OwnSession[]>;
  /** Somebody whose work may be looked at, disabled or not; null when there is no such person. */
  rep(userId: number): Promise<{ id: number; name: string; teamId: number | null; timeZone: string } | null>;
  users(): Promise<UserView[]>;
  user(userId: number): Promise<UserView | null>;
  colleagues(role: Role | undefined): Promise<Colleague[]>;
  teams(): Promise<TeamView[]>;
  team(teamId: number): Promise<TeamView | null>;
}
