import { seesEveryone, type Actor } from '../actor.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

export interface SeenRep {
  id: number;
  name: string;
  teamId: number | null;
  timeZone: string;
}

/** The rep whose work the actor looks at: himself when none is named; a lead's own team; anybody for heads. Others are "not found". */
export async function repSeenBy(app: { reads: Pick<Reads, 'people'> }, actor: Actor, repId: number | undefined): Promise<SeenRep> {
  if (repId === undefined || repId === actor.id) return actor;
  const rep = await app.reads.people.rep(repId);
  const sameTeam = actor.role === 'lead' && rep !== null && rep.teamId !== null && rep.teamId === actor.teamId;
  if (!rep || (!seesEveryone(actor) && !sameTeam)) throw notFound('rep');
  return rep;
}
