import { generateSecret, generateURI, verify } from 'otplib';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../problem.ts';
import type { PeopleContext } from './create-user.ts';

/** A fresh secret for an authenticator. Nothing is stored until its first digits are confirmed. @throws Refused 404 */
export async function startTotp(app: PeopleContext, userId: number): Promise<{ secret: string; uri: string }> {
  const user = await app.reads.people.user(userId);
  if (!user) throw notFound('user');
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: 'Zagon', label: user.email, secret }) };
}

/** Switches the second factor on. @throws Refused 404, 422 `totpWrong` */
export async function confirmTotp(
  app: PeopleContext,
  actor: Actor,
  userId: number,
  input: { secret: string; code: string },
): Promise<void> {
  const { valid } = await verify({ secret: input.secret, token: input.code, epoch: app.clock.now().getTime() / 1000, epochTolerance: 30 });
  if (!valid) throw invalid('code', 'totpWrong', 'these six digits do not fit');
  await setSecret(app, actor, userId, input.secret, 'user.totpOn');
}

/** Switches the second factor off. @throws Refused 404 */
export const removeTotp = (app: PeopleContext, actor: Actor, userId: number): Promise<void> =>
  setSecret(app, actor, userId, null, 'user.totpOff');

async function setSecret(app: PeopleContext, actor: Actor, userId: number, secret: string | null, action: string): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.people.lock(userId))) throw notFound('user');
    await stores.people.setTotpSecret(userId, secret);
    await stores.audit.write({ userId: actor.id, action, entity: 'user', entityId: userId });
  });
}
