import type { z } from 'zod';
import type { MissedCall, missedCalls, Ring } from '../../contract/http/inbound.ts';
import type { Actor } from '../actor.ts';
import { seesEveryone } from '../actor.ts';
import type { AppContext } from '../context.ts';

/** What rings for the actor now, the longest waiting first. */
export async function ringsFor(app: AppContext, actor: Actor): Promise<Ring[]> {
  return app.unitOfWork.run(async (stores) => {
    const rings: Ring[] = [];
    for (const callId of await stores.inbound.ringing(actor.id)) {
      const ring = await stores.inbound.ring(callId);
      if (ring) rings.push(ring);
    }
    return rings;
  });
}

/** Calls that nobody answered: a rep's own, a lead's team's, everybody's for a head. */
export async function missedOf(
  app: AppContext,
  actor: Actor,
  query: z.output<typeof missedCalls.query>,
): Promise<{ items: MissedCall[]; nextCursor: string | null }> {
  const isLead = actor.role === 'lead' && actor.teamId !== null;
  const whose = { repId: seesEveryone(actor) || isLead ? null : actor.id, teamId: isLead ? actor.teamId : null };
  const { cursor, limit, open } = query;
  return app.unitOfWork.run((stores) => stores.inbound.missed({ ...whose, openOnly: open === 'true', cursor, limit }));
}
