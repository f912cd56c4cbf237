import type { PeopleReads } from '../../../app/ports/reads/people.ts';
import { localeSchema } from '../../../contract/http/auth.ts';
import type { Prisma } from '../client.ts';

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
      };
    },
    rep: (userId) => prisma.user.findUnique({ where: { id: userId }, select: { id: true, name: true, teamId: true, timeZone: true } }),
  };
}
