import type { Actor } from '../actor.ts';
import { notFound } from '../problem.ts';
import type { PeopleContext } from './create-user.ts';
import { oneTimePassword } from './one-time-password.ts';

/** Gives a new password, shown once, and ends every session of the account. @throws Refused 404 */
export async function resetPassword(app: PeopleContext, actor: Actor, userId: number): Promise<string> {
  const password = oneTimePassword();
  const passwordHash = await app.passwords.hash(password);
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.people.lock(userId))) throw notFound('user');
    await stores.people.setPasswordHash(userId, passwordHash);
    await stores.sessions.removeAllOf(userId);
    await stores.audit.write({ userId: actor.id, action: 'user.resetPassword', entity: 'user', entityId: userId });
  });
  return password;
}
