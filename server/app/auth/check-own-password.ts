import type { Actor } from '../actor.ts';
import type { Reads } from '../ports/reads/index.ts';
import { invalid, notFound } from '../problem.ts';
import { checkPassword, type PasswordParts } from './check-password.ts';

export type OwnPasswordContext = PasswordParts & { reads: Pick<Reads, 'people'> };

/**
 * Makes sure that it is the person himself who sits at his session, not whoever passes by.
 * @throws Refused 422 `wrongPassword` at `field`, 429 `tooManyTries`
 */
export async function checkOwnPassword(
  app: OwnPasswordContext,
  actor: Actor,
  given: { field: string; password: string; address: string },
): Promise<void> {
  const person = await app.reads.people.me(actor.id);
  if (!person) throw notFound('user');
  const account = await checkPassword(app, { email: person.email, password: given.password, address: given.address });
  if (!account) throw invalid(given.field, 'wrongPassword', 'this is not the password');
  await app.signIns.forgetFailures(person.email);
}
