import type { Actor } from '../actor.ts';
import type { PeopleContext } from '../people/create-user.ts';
import { invalid, Refused } from '../problem.ts';
import { checkOwnPassword, type OwnPasswordContext } from './check-own-password.ts';

/**
 * Changes the actor's own password and ends all his other sessions; answers the hashes of their tokens, whose sockets the caller closes.
 * @throws Refused 422 `wrongPassword`, `samePassword`, 429 `tooManyTries`, 401 when the asking session ended meanwhile
 */
export async function changeOwnPassword(
  app: PeopleContext & OwnPasswordContext,
  actor: Actor,
  input: { currentPassword: string; newPassword: string; address: string; tokenHash: string },
): Promise<string[]> {
  await checkOwnPassword(app, actor, { field: 'currentPassword', password: input.currentPassword, address: input.address });
  if (input.newPassword === input.currentPassword) throw invalid('newPassword', 'samePassword', 'this is the password of now');
  const passwordHash = await app.passwords.hash(input.newPassword);
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    await stores.people.lock(actor.id);
    // A reset by an admin may have come in between: what it ended must not set a password.
    if (!(await stores.sessions.actorOf(input.tokenHash, now))) throw new Refused(401, 'signInFirst', 'sign in first');
    await stores.people.setPasswordHash(actor.id, passwordHash);
    const ended = await stores.sessions.removeOthersOf(actor.id, input.tokenHash);
    await stores.audit.write({
      userId: actor.id,
      action: 'user.changePassword',
      entity: 'user',
      entityId: actor.id,
      details: { sessions: ended.length },
    });
    return ended;
  });
}
