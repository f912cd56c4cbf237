import type { Locale } from '../../contract/http/auth.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';

/** Changes the actor's own language, zone or way of going on; nothing else about a person is his own to change. */
export async function updateOwnProfile(
  app: AppContext,
  actor: Actor,
  change: { locale?: Locale | undefined; timeZone?: string | undefined; continuesByItself?: boolean | undefined },
): Promise<void> {
  await app.unitOfWork.run((stores) => stores.people.update(actor.id, change));
}
