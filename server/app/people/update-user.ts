import type { UserChange, UserView } from '../../contract/http/admin.ts';
import type { Actor } from '../actor.ts';
import type { Account } from '../ports/stores/people.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, invalid, notFound, Refused } from '../problem.ts';
import { refuseWrongChannel, refuseWrongSkills, userView, type PeopleContext } from './create-user.ts';

const headsOwn: readonly (keyof UserChange)[] = ['teamId', 'norms', 'skillIds', 'absentFrom', 'absentUntil'];

function refuseBeyondHead(actor: Actor, account: Account, change: UserChange): void {
  if (actor.role === 'admin') return;
  const beyond = Object.keys(change).find((field) => !headsOwn.some((own) => own === field));
  if (beyond !== undefined || account.role === 'admin') {
    throw new Refused(403, 'notAllowed', 'only an admin changes this', beyond === undefined ? {} : { field: beyond });
  }
}

async function refuseWrongInput(stores: Stores, account: Account, change: UserChange): Promise<void> {
  const { email, teamId } = change;
  if (email !== undefined) {
    const holder = await stores.people.reserveEmail(email);
    if (holder !== null && holder !== account.id) throw invalid('email', 'emailTaken', 'somebody has this address already');
  }
  if (teamId !== undefined && teamId !== null && !(await stores.teams.exists(teamId)))
    throw invalid('teamId', 'noSuchTeam', 'there is no such team');
  await refuseWrongChannel(stores, change.channelId);
  await refuseWrongSkills(stores, change.skillIds ?? []);
  const from = change.absentFrom === undefined ? account.absentFrom : change.absentFrom;
  const until = change.absentUntil === undefined ? account.absentUntil : change.absentUntil;
  if (from !== null && until !== null && until < from) throw invalid('absentUntil', 'endsBeforeStart', 'the absence ends before it begins');
}

/**
 * The account, locked after the enabled admins: two admins who take each other away would otherwise each hold his victim and
 * wait for the other. At least one enabled admin always stays.
 */
export async function lockAmongAdmins(stores: Stores, userId: number): Promise<{ account: Account; isLastAdmin: boolean }> {
  const admins = await stores.people.lockEnabledAdmins();
  const account = await stores.people.lock(userId);
  if (!account) throw notFound('user');
  return { account, isLastAdmin: admins.includes(userId) && admins.length === 1 };
}

export const lastAdmin = (): Refused => conflict('lastAdmin', 'somebody has to stay admin; make another one first');

/**
 * Changes an account. Heads set team, norms, skills and absence; the rest is an admin's.
 * `rightsChanged` says that what the person may see is another now: his sockets have to join their rooms anew.
 * @throws Refused 403, 404, 409 `lastAdmin`, 422 `emailTaken`, `noSuchTeam`, `noSuchChannel`, `noSuchSkill`, `endsBeforeStart`
 */
export async function updateUser(
  app: PeopleContext,
  actor: Actor,
  userId: number,
  change: UserChange,
): Promise<{ user: UserView; rightsChanged: boolean }> {
  const rightsChanged = await app.unitOfWork.run(async (stores) => {
    const { account, isLastAdmin } = await lockAmongAdmins(stores, userId);
    refuseBeyondHead(actor, account, change);
    await refuseWrongInput(stores, account, change);
    if (isLastAdmin && change.role !== undefined && change.role !== 'admin') throw lastAdmin();
    await stores.people.update(userId, change);
    const newRole = change.role ?? account.role;
    await stores.audit.write({
      userId: actor.id,
      action: 'user.change',
      entity: 'user',
      entityId: userId,
      details: { fields: Object.keys(change).sort().join(', '), ...(newRole === account.role ? {} : { from: account.role, to: newRole }) },
    });
    return newRole !== account.role || (change.teamId !== undefined && change.teamId !== account.teamId);
  });
  return { user: await userView(app, userId), rightsChanged };
}
