import type { TeamView } from '../../contract/http/admin.ts';
import type { Actor } from '../actor.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import type { PeopleContext } from './create-user.ts';

const nameTaken = () => invalid('name', 'nameTaken', 'another team has this name');

async function teamView(app: PeopleContext, teamId: number): Promise<TeamView> {
  const team = await app.reads.people.team(teamId);
  if (!team) throw notFound('team');
  return team;
}

/** @throws Refused 422 `nameTaken` */
export async function createTeam(app: PeopleContext, actor: Actor, name: string): Promise<TeamView> {
  const teamId = await app.unitOfWork.run(async (stores) => {
    const created = await stores.teams.create(name);
    if (created === null) throw nameTaken();
    await stores.audit.write({ userId: actor.id, action: 'team.create', entity: 'team', entityId: created });
    return created;
  });
  return teamView(app, teamId);
}

/** @throws Refused 404, 422 `nameTaken` */
export async function renameTeam(app: PeopleContext, actor: Actor, teamId: number, name: string): Promise<TeamView> {
  await app.unitOfWork.run(async (stores) => {
    const renamed = await stores.teams.rename(teamId, name);
    if (renamed === 'absent') throw notFound('team');
    if (renamed === 'nameTaken') throw nameTaken();
    await stores.audit.write({ userId: actor.id, action: 'team.rename', entity: 'team', entityId: teamId });
  });
  return teamView(app, teamId);
}

/** Removes a team that nobody is in, not even a disabled person. @throws Refused 404, 409 `teamHasPeople` */
export async function removeTeam(app: PeopleContext, actor: Actor, teamId: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const removed = await stores.teams.remove(teamId);
    if (removed === 'absent') throw notFound('team');
    if (removed === 'hasPeople') throw conflict('teamHasPeople', 'move its people to another team first');
    await stores.audit.write({ userId: actor.id, action: 'team.remove', entity: 'team', entityId: teamId });
  });
}
