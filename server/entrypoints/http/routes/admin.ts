import { createUser } from '../../../app/people/create-user.ts';
import { disableUser, enableUser } from '../../../app/people/disable-user.ts';
import { resetPassword } from '../../../app/people/reset-password.ts';
import { confirmTotp, removeTotp, startTotp } from '../../../app/people/second-factor.ts';
import { createTeam, removeTeam, renameTeam } from '../../../app/people/teams.ts';
import { updateUser } from '../../../app/people/update-user.ts';
import { readAudit } from '../../../app/settings/read-audit.ts';
import * as admin from '../../../contract/http/admin.ts';
import type { LiveSockets } from '../../sockets/live-sockets.ts';
import { route, type Route } from '../kit/route.ts';

const done = { ok: true } as const;

function accountRoutes(sockets: LiveSockets): Route[] {
  return [
    route(admin.listUsers, async ({ app }) => ({ items: await app.reads.people.users() })),
    route(admin.createUser, ({ app, actor, body }) => createUser(app, actor, body)),
    route(admin.updateUser, async ({ app, actor, params, body }) => {
      const { user, rightsChanged } = await updateUser(app, actor, params.id, body);
      // The console connects again by itself and joins the rooms that are his now.
      if (rightsChanged) sockets.closeUser(params.id);
      return user;
    }),
    route(admin.resetPassword, async ({ app, actor, params }) => {
      const oneTimePassword = await resetPassword(app, actor, params.id);
      sockets.closeUser(params.id);
      return { oneTimePassword };
    }),
    route(admin.startTotp, ({ app, params }) => startTotp(app, params.id)),
    route(admin.confirmTotp, async ({ app, actor, params, body }) => {
      await confirmTotp(app, actor, params.id, body);
      return done;
    }),
    route(admin.removeTotp, async ({ app, actor, params }) => {
      await removeTotp(app, actor, params.id);
      return done;
    }),
    route(admin.disableUser, async ({ app, actor, params, body }) => {
      const handedOn = await disableUser(app, actor, params.id, body.handOn);
      sockets.closeUser(params.id);
      return { handedOn };
    }),
    route(admin.enableUser, async ({ app, actor, params }) => {
      await enableUser(app, actor, params.id);
      return done;
    }),
    route(admin.listColleagues, async ({ app, query }) => ({ items: await app.reads.people.colleagues(query.role) })),
  ];
}

const teamRoutes: Route[] = [
  route(admin.listTeams, async ({ app }) => ({ items: await app.reads.people.teams() })),
  route(admin.createTeam, ({ app, actor, body }) => createTeam(app, actor, body.name)),
  route(admin.renameTeam, ({ app, actor, params, body }) => renameTeam(app, actor, params.id, body.name)),
  route(admin.removeTeam, async ({ app, actor, params }) => {
    await removeTeam(app, actor, params.id);
    return done;
  }),
];

/** Accounts, teams and the log of who did what. */
export const adminRoutes = (sockets: LiveSockets): Route[] => [
  ...accountRoutes(sockets),
  ...teamRoutes,
  route(admin.listAudit, ({ app, actor, query }) => readAudit(app, actor, query)),
];
