import type { VolleyView } from '../../contract/http/volleys.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Telephony } from '../ports/telephony.ts';
import { notFound } from '../problem.ts';
import { settleVolley } from './settle-volley.ts';

/** Takes all of the rep's lines back; whoever has won stays with him. @throws Refused 404 */
export async function cancelVolley(app: AppContext & { telephony: Telephony }, actor: Pick<Actor, 'id'>, volleyId: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const found = await stores.volleys.lock(volleyId);
    if (found?.rep.id !== actor.id) throw notFound('volley');
    const { canceledAt, endedAt } = found.volley;
    if (canceledAt === null && endedAt === null) await stores.volleys.save(volleyId, { canceledAt: app.clock.now() });
  });
  await settleVolley(app, volleyId);
}

/** The rep's lines that ring, or null. */
export const currentVolley = (app: AppContext, actor: Actor): Promise<VolleyView | null> =>
  app.unitOfWork.run(async (stores) => {
    const volleyId = await stores.volleys.openOf(actor.id);
    return volleyId === null ? null : stores.volleys.view(volleyId);
  });
