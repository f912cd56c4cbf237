import { seesEveryone, type Actor } from './actor.ts';
import type { Scope } from './ports/reads/scope.ts';

/** The most an actor may see of records that belong to people: a head everybody's, a lead his team's, the rest their own. */
export function widestScope(actor: Actor): Scope {
  if (seesEveryone(actor)) return { kind: 'all' };
  return actor.role === 'lead' && actor.teamId !== null
    ? { kind: 'team', teamId: actor.teamId, userId: actor.id }
    : { kind: 'own', userId: actor.id };
}

/** Whether a record of `person` lies within what the actor may see. */
export function maySee(actor: Actor, person: { id: number; teamId: number | null }): boolean {
  const scope = widestScope(actor);
  if (scope.kind === 'all' || person.id === actor.id) return true;
  return scope.kind === 'team' && person.teamId === scope.teamId;
}
