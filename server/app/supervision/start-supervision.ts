import type { SupervisionSound, SupervisionView } from '../../contract/sockets/supervision.ts';
import type { SupervisionMode } from '../../core/supervision/mode.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { repSeenBy } from '../people/rep-seen-by.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Telephony } from '../ports/telephony.ts';
import { conflict, Refused } from '../problem.ts';
import { endSupervision } from './end-supervision.ts';
import { leaseFrom } from './keep-supervision.ts';

const supervisors: readonly Actor['role'][] = ['lead', 'head', 'admin'];

type Started = { supervision: SupervisionView; sound: SupervisionSound };

/**
 * Begins a part in the live call of a rep whom the actor looks after: a lead's own team, anybody's for heads and admins. Until the
 * sound is there nothing is heard; a part that he has in another call ends.
 * @throws Refused 403 for other roles, 404 for others' reps, 409 `noLiveCall`, `ownCall`
 */
export async function startSupervision(
  app: AppContext & { reads: Pick<Reads, 'people'>; telephony: Pick<Telephony, 'coaching'> },
  actor: Actor,
  input: { repId: number; mode: SupervisionMode; socketId: string },
): Promise<Started> {
  if (!supervisors.includes(actor.role)) throw new Refused(403, 'notAllowed', `not for the role ${actor.role}`);
  if (input.repId === actor.id) throw conflict('ownCall', 'nobody supervises himself');
  const rep = await repSeenBy(app, actor, input.repId);
  const now = app.clock.now();
  const supervision = await app.unitOfWork.run(async (stores) => {
    const call = await talkOf(stores, rep.id);
    const before = await stores.supervision.lockOf(actor.id);
    if (before) await endSupervision(stores, before, 'replaced', now);
    const lease = leaseFrom(now, input.socketId);
    const id = await stores.supervision.open({
      callId: call.id,
      supervisorId: actor.id,
      repId: rep.id,
      wanted: input.mode,
      now,
      lease,
    });
    return stores.supervision.view(id);
  });
  const part = { supervisionId: supervision.id, callId: supervision.callId, mode: input.mode, supervisorId: actor.id };
  const { coaching } = app.telephony;
  return { supervision, sound: coaching ? { kind: 'carrier', ticket: coaching.ticket(part) } : { kind: 'browsers' } };
}

/** The rep's call in which somebody speaks, locked, so that it cannot end unnoticed meanwhile. */
async function talkOf(stores: Stores, repId: number): Promise<CallRecord> {
  const open = await stores.calls.openOf(repId);
  const call = open && (await stores.calls.lock(open.id));
  if (call?.state !== 'answered') throw conflict('noLiveCall', 'the rep is in no talk');
  return call;
}
