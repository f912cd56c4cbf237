import type { SettingsReads } from '../../../app/ports/reads/settings.ts';
import type { HolidayView } from '../../../contract/http/department.ts';
import type { Prisma } from '../client.ts';
import { dateOfDay, dayOf } from '../days.ts';

const withCompanies = { _count: { select: { companies: true } } } as const;

const holidayView = (row: { country: string; day: Date; name: string }): HolidayView => ({
  country: row.country,
  day: dayOf(row.day),
  name: row.name,
});

export function settingsReads(prisma: Prisma): SettingsReads {
  return {
    holidays: async (country, year) => {
      const rows = await prisma.holiday.findMany({
        where: { country, day: { gte: dateOfDay(`${year}-01-01`), lte: dateOfDay(`${year}-12-31`) } },
        orderBy: { day: 'asc' },
      });
      return rows.map(holidayView);
    },
    holidaysAhead: async (now) => {
      const rows = await prisma.holiday.findMany({
        where: { day: { gte: new Date(now.getTime() - 2 * 86_400_000) } },
        orderBy: [{ day: 'asc' }, { country: 'asc' }],
      });
      return rows.map(holidayView);
    },
    countries: async () => {
      const rows = await prisma.$queryRaw<
        { country: string }[]
      >`SELECT country FROM holiday UNION SELECT country FROM region ORDER BY country`;
      return rows.map((row) => row.country);
    },
    dictionaries: async () => {
      const [channels, regions, sources, skills] = await Promise.all([
        prisma.channel.findMany({
          include: { ...withCompanies, subchannels: { include: withCompanies, orderBy: { name: 'asc' } } },
          orderBy: { name: 'asc' },
        }),
        prisma.region.findMany({ include: withCompanies, orderBy: { name: 'asc' } }),
        prisma.source.findMany({ include: withCompanies, orderBy: { name: 'asc' } }),
        prisma.skill.findMany({ include: { _count: { select: { users: true, lists: true } } }, orderBy: { name: 'asc' } }),
      ]);
      return {
        channels: channels.map(({ id, name, _count, subchannels }) => ({
          id,
          name,
          companies: _count.companies,
          subchannels: subchannels.map((one) => ({ id: one.id, name: one.name, companies: one._count.companies })),
        })),
        regions: regions.map(({ id, name, country, timeZone, _count }) => ({ id, name, country, timeZone, companies: _count.companies })),
        sources: sources.map(({ id, name, obligationMinutes, _count }) => ({ id, name, obligationMinutes, companies: _count.companies })),
        skills: skills.map(({ id, name, _count }) => ({ id, name, people: _count.users, lists: _count.lists })),
      };
    },
  };
}
