import type { PeopleReads } from '../../../app/ports/reads/people.ts';
import type { OpenWork } from '../../../app/ports/stores/leavers.ts';
import { ownNormsSchema, type TeamView, type UserView } from '../../../contract/http/admin.ts';
import { localeSchema } from '../../../contract/http/auth.ts';
import type { Prisma } from '../client.ts';
import { dayOfDate } from '../days.ts';

/** What each of the people still has open, one query for all of them. */
async function openWork(prisma: Prisma, userId: number | null): Promise<Map<number, OpenWork>> {
  const rows = await prisma.$queryRaw<({ id: number } & OpenWork)[]>`
    SELECT u.id,
      (SELECT count(*) FROM company WHERE owner_id = u.id)::int AS companies,
      (SELECT count(*) FROM promise WHERE rep_id = u.id AND status = 'open')::int AS promises,
      (SELECT count(*) FROM task WHERE assignee_id = u.id AND done_at IS NULL)::int AS tasks,
      (SELECT count(*) FROM deal WHERE owner_id = u.id AND status = 'open')::int AS deals,
      (SELECT count(*) FROM handoff WHERE seller_id = u.id AND status = 'pending')::int AS handoffs
    FROM app_user u WHERE ${userId}::int IS NULL OR u.id = ${userId}::int`;
  return new Map(rows.map(({ id, ...open }) => [id, open]));
}

const nothingOpen: OpenWork = { companies: 0, promises: 0, tasks: 0, deals: 0, handoffs: 0 };

async function users(prisma: Prisma, userId: number | null): Promise<UserView[]> {
  const [rows, open] = await Promise.all([
    prisma.user.findMany({
      where: userId === null ? {} : { id: userId },
      include: {
        team: true,
        skills: { orderBy: { skillId: 'asc' } },
        sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } },
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    openWork(prisma, userId),
  ]);
  return rows.map((user) => ({
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    team: user.team ? { id: user.team.id, name: user.team.name } : null,
    channelId: user.channelId,
    timeZone: user.timeZone,
    locale: localeSchema.parse(user.locale),
    norms: ownNormsSchema.parse(user.norms),
    skillIds: user.skills.map(({ skillId }) => skillId),
    absentFrom: dayOfDate(user.absentFrom),
    absentUntil: dayOfDate(user.absentUntil),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    totp: user.totpSecret !== null,
    lastSeenAt: user.sessions[0]?.lastSeenAt.toISOString() ?? null,
    open: open.get(user.id) ?? nothingOpen,
  }));
}

async function teams(prisma: Prisma, teamId: number | null): Promise<TeamView[]> {
  const rows = await prisma.team.findMany({
    where: teamId === null ? {} : { id: teamId },
    include: { users: { where: { disabledAt: null }, select: { id: true, name: true, role: true } } },
    orderBy: { name: 'asc' },
  });
  return rows.map((team) => ({
    id: team.id,
    name: team.name,
    people: team.users.length,
    leads: team.users.filter((user) => user.role === 'lead').map(({ id, name }) => ({ id, name })),
  }));
}

export function peopleReads(prisma: Prisma): PeopleReads {
  return {
    me: async (userId) => {
      const user = await prisma.user.findFirst({ where: { id: userId, disabledAt: null }, include: { team: true } });
      if (!user) return null;
      return {
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        team: user.team ? { id: user.team.id, name: user.team.name } : null,
        timeZone: user.timeZone,
        locale: localeSchema.parse(user.locale),
        continuesByItself: user.continuesByItself,
        totp: user.totpSecret !== null,
      };
    },
    sessionsOf: (userId, now) =>
      prisma.session.findMany({
        where: { userId, expiresAt: { gt: now } },
        orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
        select: { id: true, tokenHash: true, createdAt: true, lastSeenAt: true, ip: true, userAgent: true },
      }),
    rep: (userId) => prisma.user.findUnique({ where: { id: userId }, select: { id: true, name: true, teamId: true, timeZone: true } }),
    users: () => users(prisma, null),
    user: async (userId) => (await users(prisma, userId))[0] ?? null,
    colleagues: (role) =>
      prisma.user.findMany({
        where: { disabledAt: null, ...(role === undefined ? {} : { role }) },
        select: { id: true, name: true, role: true, teamId: true },
        orderBy: { name: 'asc' },
      }),
    teams: () => teams(prisma, null),
    team: async (teamId) => (await teams(prisma, teamId))[0] ?? null,
  };
}
