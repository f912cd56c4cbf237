import type { Actor } from '../actor.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { SupervisionRecord } from '../ports/stores/supervision.ts';
import { notFound } from '../problem.ts';

/** The actor's own live part in a call, locked; one that is over or another's answers like an absent one. */
export async function lockAsSupervisor(stores: Stores, actor: Actor, id: number): Promise<SupervisionRecord> {
  const supervision = await stores.supervision.lock(id);
  if (supervision?.supervisorId !== actor.id) throw notFound('supervision');
  return supervision;
}

/** Somebody's live part in the actor's own call, locked. */
export async function lockAsRep(stores: Stores, actor: Actor, id: number): Promise<SupervisionRecord> {
  const supervision = await stores.supervision.lock(id);
  if (supervision?.repId !== actor.id) throw notFound('supervision');
  return supervision;
}
