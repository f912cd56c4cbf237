import type { NewUser, UserView } from '../../contract/http/admin.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Reads } from '../ports/reads/index.ts';
import { invalid, notFound } from '../problem.ts';
import { oneTimePassword } from './one-time-password.ts';

export type PeopleContext = AppContext & { passwords: Passwords; reads: Pick<Reads, 'people'> };

/** Makes an account; answers its first password, which is stored nowhere. @throws Refused 422 `emailTaken`, `noSuchTeam`, `noSuchChannel`, `noSuchSkill` */
export async function createUser(
  app: PeopleContext,
  actor: Actor,
  { teamId, ...input }: NewUser,
): Promise<{ user: UserView; oneTimePassword: string }> {
  const password = oneTimePassword();
  const passwordHash = await app.passwords.hash(password);
  const userId = await app.unitOfWork.run(async (stores) => {
    if ((await stores.people.reserveEmail(input.email)) !== null) throw invalid('email', 'emailTaken', 'somebody has this address already');
    if (teamId !== null && !(await stores.teams.exists(teamId))) throw invalid('teamId', 'noSuchTeam', 'there is no such team');
    await refuseWrongChannel(stores, input.channelId);
    await refuseWrongSkills(stores, input.skillIds);
    const created = await stores.people.create({ ...input, teamId, passwordHash });
    await stores.audit.write({
      userId: actor.id,
      action: 'user.create',
      entity: 'user',
      entityId: created,
      details: { role: input.role, teamId },
    });
    return created;
  });
  return { user: await userView(app, userId), oneTimePassword: password };
}

/** @throws Refused 422 `noSuchChannel` */
export async function refuseWrongChannel(stores: Pick<Stores, 'companies'>, channelId: number | null | undefined): Promise<void> {
  if (channelId === undefined || channelId === null) return;
  if ((await stores.companies.wrongEntry({ channelId })) !== null) throw invalid('channelId', 'noSuchChannel', 'there is no such channel');
}

/** @throws Refused 422 `noSuchSkill` */
export async function refuseWrongSkills(stores: Pick<Stores, 'people'>, skillIds: readonly number[]): Promise<void> {
  const found = await stores.people.existingSkills(skillIds);
  if (found.length < new Set(skillIds).size) throw invalid('skillIds', 'noSuchSkill', 'there is no such skill');
}

/** The account as the admin's page shows it. @throws Refused 404 */
export async function userView(app: { reads: Pick<Reads, 'people'> }, userId: number): Promise<UserView> {
  const user = await app.reads.people.user(userId);
  if (!user) throw notFound('user');
  return user;
}
