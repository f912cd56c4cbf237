import type { Actor } from '../actor.ts';
import type { PeopleContext } from '../people/create-user.ts';
import { confirmTotp, removeTotp } from '../people/second-factor.ts';
import { conflict } from '../problem.ts';
import { checkOwnPassword, type OwnPasswordContext } from './check-own-password.ts';

/**
 * Switches the actor's own second factor on. One that is on goes only with the password: an open session alone must not swap it.
 * @throws Refused 409 `totpOn`, 422 `totpWrong`
 */
export async function confirmOwnTotp(app: PeopleContext, actor: Actor, input: { secret: string; code: string }): Promise<void> {
  if ((await app.reads.people.me(actor.id))?.totp === true) throw conflict('totpOn', 'the second factor is on already');
  await confirmTotp(app, actor, actor.id, input);
}

/** Switches the actor's own second factor off. @throws Refused 422 `wrongPassword`, 429 `tooManyTries` */
export async function removeOwnTotp(
  app: PeopleContext & OwnPasswordContext,
  actor: Actor,
  input: { password: string; address: string },
): Promise<void> {
  await checkOwnPassword(app, actor, { field: 'password', ...input });
  await removeTotp(app, actor, actor.id);
}
