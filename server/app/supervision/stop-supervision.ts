import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { endSupervision } from './end-supervision.ts';

/**
 * Either side ends it: the supervisor because he has heard enough or the sound was lost or never came, the rep's browser because
 * the supervisor's is gone. One that is over is stopped already.
 */
export async function stopSupervision(
  app: AppContext,
  actor: Actor,
  { id, why }: { id: number; why: 'stopped' | 'lost' | 'notAnswered' },
): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const supervision = await stores.supervision.lock(id);
    if (supervision?.supervisorId === actor.id) await endSupervision(stores, supervision, why === 'lost' ? 'repGone' : why, now);
    else if (supervision?.repId === actor.id) await endSupervision(stores, supervision, 'supervisorGone', now);
  });
}
