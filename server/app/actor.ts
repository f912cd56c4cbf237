import type { Actor } from './ports/actor.ts';

export type { Actor } from './ports/actor.ts';

/** Heads and admins see every team; a lead his own; others only themselves. */
export const seesEveryone = (actor: Actor): boolean => actor.role === 'head' || actor.role === 'admin';
