import { z } from 'zod';
import { localeSchema } from './auth.ts';
import {
  daySchema,
  doneSchema,
  idParams,
  idSchema,
  idTextSchema,
  instantSchema,
  pageOf,
  pageQuery,
  personSchema,
  textSchema,
  timeZoneSchema,
} from './common.ts';
import { defineEndpoint, roleSchema } from './endpoint.ts';
import { totpConfirmationSchema, totpOfferSchema } from './profile.ts';
import { normsSchema } from './kpi.ts';

const managers = ['admin', 'head'] as const;
const admins = ['admin'] as const;

/** A person's own norms; what is absent comes from the setting "norms". */
export const ownNormsSchema = normsSchema.partial();

export const userSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  role: roleSchema,
  team: z.object({ id: idSchema, name: z.string() }).nullable(),
  channelId: idSchema.nullable().describe('What a line manager answers for'),
  timeZone: timeZoneSchema,
  locale: localeSchema,
  norms: ownNormsSchema,
  skillIds: z.array(idSchema),
  absentFrom: daySchema.nullable(),
  absentUntil: daySchema.nullable(),
  disabledAt: instantSchema.nullable(),
  totp: z.boolean().describe('Whether sign-in asks for six digits'),
  lastSeenAt: instantSchema.nullable(),
  open: z
    .object({ companies: z.int(), promises: z.int(), tasks: z.int(), deals: z.int(), handoffs: z.int() })
    .describe('What has to be handed on when the person leaves'),
});
export type UserView = z.infer<typeof userSchema>;

const skillIdsSchema = z.array(idSchema).max(50);
const emailSchema = z.string().trim().toLowerCase().pipe(z.email());
const absence = { absentFrom: daySchema.nullable().optional(), absentUntil: daySchema.nullable().optional() };

export const listUsers = defineEndpoint({
  method: 'get',
  path: '/api/admin/users',
  summary: 'All accounts with what each still has open',
  access: managers,
  reply: z.object({ items: z.array(userSchema) }),
});

export const createUser = defineEndpoint({
  method: 'post',
  path: '/api/admin/users',
  summary: 'Make an account; its password is in this answer and never shown again',
  access: admins,
  body: z.object({
    email: emailSchema,
    name: textSchema(200),
    role: roleSchema,
    teamId: idSchema.nullable().default(null),
    channelId: idSchema.nullable().default(null),
    timeZone: timeZoneSchema.default('Europe/Moscow'),
    locale: localeSchema.default('ru'),
    norms: ownNormsSchema.default({}),
    skillIds: skillIdsSchema.default([]),
  }),
  reply: z.object({ user: userSchema, oneTimePassword: z.string() }),
  status: 201,
});
export type NewUser = z.infer<typeof createUser.body>;

export const updateUser = defineEndpoint({
  method: 'patch',
  path: '/api/admin/users/:id',
  summary: "Change an account. A head may change team, norms, skills and absence of those who are no admins; the rest is an admin's",
  access: managers,
  params: idParams,
  body: z.object({
    email: emailSchema.optional(),
    name: textSchema(200).optional(),
    role: roleSchema.optional(),
    teamId: idSchema.nullable().optional(),
    channelId: idSchema.nullable().optional(),
    timeZone: timeZoneSchema.optional(),
    locale: localeSchema.optional(),
    norms: ownNormsSchema.optional(),
    skillIds: skillIdsSchema.optional(),
    ...absence,
  }),
  reply: userSchema,
});
export type UserChange = z.infer<typeof updateUser.body>;

export const resetPassword = defineEndpoint({
  method: 'post',
  path: '/api/admin/users/:id/password',
  summary: 'Give a new password, shown once; ends all sessions of the account',
  access: admins,
  params: idParams,
  reply: z.object({ oneTimePassword: z.string() }),
});

export const startTotp = defineEndpoint({
  method: 'post',
  path: '/api/admin/users/:id/totp',
  summary: 'A fresh secret for an authenticator; counts only after it was confirmed',
  access: admins,
  params: idParams,
  reply: totpOfferSchema,
});

export const confirmTotp = defineEndpoint({
  method: 'put',
  path: '/api/admin/users/:id/totp',
  summary: 'Switch the second factor on with the first six digits of the authenticator',
  access: admins,
  params: idParams,
  body: totpConfirmationSchema,
  reply: doneSchema,
});

export const removeTotp = defineEndpoint({
  method: 'delete',
  path: '/api/admin/users/:id/totp',
  summary: 'Switch the second factor off (a lost telephone)',
  access: admins,
  params: idParams,
  reply: doneSchema,
});

/** To one person, or spread evenly over the enabled members of a team. */
export const handOnSchema = z.union([z.object({ toUserId: idSchema }), z.object({ toTeamId: idSchema })]);
export type HandOn = z.infer<typeof handOnSchema>;

export const disableUser = defineEndpoint({
  method: 'post',
  path: '/api/admin/users/:id/disable',
  summary: 'End access at once and hand on companies, promises, tasks, deals; 422 when there is something and nobody to take it',
  access: admins,
  params: idParams,
  body: z.object({ handOn: handOnSchema.nullable().default(null) }),
  reply: z.object({ handedOn: userSchema.shape.open }),
});

export const enableUser = defineEndpoint({
  method: 'post',
  path: '/api/admin/users/:id/enable',
  summary: 'Let a disabled person sign in again',
  access: admins,
  params: idParams,
  reply: doneSchema,
});

export const colleagueSchema = personSchema.extend({ role: roleSchema, teamId: idSchema.nullable() });
export type Colleague = z.infer<typeof colleagueSchema>;

export const listColleagues = defineEndpoint({
  method: 'get',
  path: '/api/people',
  summary: 'Names of the enabled people, for choosing one',
  access: 'signedIn',
  query: z.object({ role: roleSchema.optional() }),
  reply: z.object({ items: z.array(colleagueSchema) }),
});

export const teamSchema = z.object({ id: idSchema, name: z.string(), people: z.int(), leads: z.array(personSchema) });
export type TeamView = z.infer<typeof teamSchema>;

export const listTeams = defineEndpoint({
  method: 'get',
  path: '/api/admin/teams',
  summary: 'Teams with their size and leads',
  access: managers,
  reply: z.object({ items: z.array(teamSchema) }),
});

export const createTeam = defineEndpoint({
  method: 'post',
  path: '/api/admin/teams',
  summary: 'Make a team',
  access: admins,
  body: z.object({ name: textSchema(100) }),
  reply: teamSchema,
  status: 201,
});

export const renameTeam = defineEndpoint({
  method: 'patch',
  path: '/api/admin/teams/:id',
  summary: 'Rename a team',
  access: admins,
  params: idParams,
  body: z.object({ name: textSchema(100) }),
  reply: teamSchema,
});

export const removeTeam = defineEndpoint({
  method: 'delete',
  path: '/api/admin/teams/:id',
  summary: 'Remove an empty team',
  access: admins,
  params: idParams,
  reply: doneSchema,
});

export const auditEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  user: personSchema.nullable().describe('Null: the system itself'),
  action: z.string(),
  entity: z.string(),
  entityId: idSchema.nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

export const listAudit = defineEndpoint({
  method: 'get',
  path: '/api/admin/audit',
  summary: 'Who did what, newest first',
  access: managers,
  query: pageQuery.extend({
    userId: idTextSchema.optional(),
    action: z.string().max(100).optional(),
    entity: z.string().max(100).optional(),
    entityId: idTextSchema.optional(),
    from: daySchema.optional(),
    to: daySchema.optional(),
  }),
  reply: pageOf(auditEntrySchema).extend({ actions: z.array(z.string()).describe('Every action that occurs, for the filter') }),
});
