import type { KpiQuery, KpiReads, KpiReport, Pace } from '../../../app/ports/reads/kpi.ts';
import type { CallScope } from '../../../app/ports/reads/calls.ts';
import { normsSchema } from '../../../contract/http/kpi.ts';
import { addDays, dayBounds, weekdayOf } from '../../../core/hours/local-time.ts';
import type { Counter } from '../../../core/kpi/figures.ts';
import { figuresOf } from '../../../core/kpi/figures.ts';
import { scoreOf } from '../../../core/kpi/score.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { storedSettings } from '../settings.ts';
import { dailyCheckOf } from './daily-check.ts';
import { dateOfDay } from '../days.ts';
import { isoOf } from './views.ts';

export function kpiReads(prisma: Client): KpiReads {
  return {
    report: (scope, query) => report(prisma, scope, query),
    pace: (repId, day, now) => pace(prisma, repId, day, now),
    dailyCheck: (scope, date, now) => dailyCheckOf(prisma, scope, date, now),
  };
}

type GroupBy = KpiQuery['groupBy'];
type GroupedCounter = Counter & { key: string; label: string };

/** What a group is keyed by, what it is called, and what has to be joined for the name. */
function grouping(by: GroupBy): { key: Prisma.Sql; label: Prisma.Sql; join: Prisma.Sql } {
  const named = (column: string, table: string) => ({
    key: Prisma.sql`n.${Prisma.raw(column)}::text`,
    label: Prisma.sql`coalesce(g.name, '—')`,
    join: Prisma.sql`LEFT JOIN ${Prisma.raw(table)} g ON g.id = n.${Prisma.raw(column)}`,
  });
  switch (by) {
    case 'rep':
      return named('rep_id', 'app_user');
    case 'team':
      return named('team_id', 'team');
    case 'list':
      return named('list_id', 'call_list');
    case 'channel':
      return named('channel_id', 'channel');
    case 'source':
      return named('source_id', 'source');
    case 'hour':
      return { key: Prisma.sql`n.hour::text`, label: Prisma.sql`lpad(n.hour::text, 2, '0') || ':00'`, join: Prisma.empty };
    case 'day':
      return { key: Prisma.sql`to_char(n.day, 'YYYY-MM-DD')`, label: Prisma.sql`to_char(n.day, 'YYYY-MM-DD')`, join: Prisma.empty };
    default:
      return by satisfies never;
  }
}

async function report(prisma: Client, scope: CallScope, query: KpiQuery): Promise<KpiReport> {
  const { key, label, join } = grouping(query.groupBy);
  const only = (id: number | null | undefined, column: Prisma.Sql): Prisma.Sql =>
    id === null || id === undefined ? Prisma.empty : Prisma.sql`AND ${column} = ${id}`;
  const counters = await prisma.$queryRaw<GroupedCounter[]>`
    SELECT ${key} AS key, ${label} AS label, n.metric, sum(n.value)::int AS value
    FROM kpi_counter n ${join}
    WHERE n.day BETWEEN ${dateOfDay(query.from)}::date AND ${dateOfDay(query.to)}::date
      ${only(scope.repId, Prisma.sql`n.rep_id`)} ${only(scope.teamId, Prisma.sql`n.team_id`)}
      ${only(query.repId, Prisma.sql`n.rep_id`)} ${only(query.teamId, Prisma.sql`n.team_id`)}
    GROUP BY 1, 2, 3 ORDER BY 2, 1`;
  const settings = await storedSettings(prisma);
  const workingDays = countWorkingDays(query.from, query.to, settings.callingHours.workingDays);
  const norms = query.groupBy === 'rep' ? await normsByRep(prisma) : new Map<string, unknown>();
  const groups = [...new Map(counters.map((counter) => [counter.key, counter.label]))].map(([groupKey, groupLabel]) => {
    const figures = figuresOf(counters.filter((counter) => counter.key === groupKey));
    const own = { ...settings.norms, ...normsSchema.partial().parse(norms.get(groupKey) ?? {}) };
    return {
      ...figures,
      key: groupKey,
      label: groupLabel,
      score: query.groupBy === 'rep' ? scoreOf(figures, own, workingDays, settings.score) : null,
    };
  });
  return { groups, total: figuresOf(counters) };
}

async function normsByRep(prisma: Client): Promise<Map<string, unknown>> {
  const users = await prisma.user.findMany({ select: { id: true, norms: true } });
  return new Map(users.map((user) => [String(user.id), user.norms]));
}

function countWorkingDays(from: string, to: string, workingDays: readonly number[]): number {
  let days = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) if (workingDays.includes(weekdayOf(day))) days += 1;
  return days;
}

async function pace(prisma: Client, repId: number, day: string, now: Date): Promise<Pace> {
  const settings = await storedSettings(prisma);
  const user = await prisma.user.findUniqueOrThrow({ where: { id: repId }, select: { norms: true, timeZone: true } });
  const monday = addDays(day, 1 - weekdayOf(day));
  const open = { repId, status: 'open' as const };
  const [counters, openPromises, next, winsThisWeek] = await Promise.all([
    prisma.kpiCounter.findMany({ where: { repId, day: dateOfDay(day) }, select: { metric: true, value: true } }),
    prisma.promise.count({ where: { ...open, deadlineAt: { lt: dayBounds(day, user.timeZone).end } } }),
    prisma.promise.findFirst({
      where: { ...open, promisedAt: { gte: now } },
      include: { company: { select: { name: true } } },
      orderBy: { promisedAt: 'asc' },
    }),
    prisma.win.count({ where: { repId, day: { gte: dateOfDay(monday), lte: dateOfDay(day) } } }),
  ]);
  return {
    day,
    figures: figuresOf(counters),
    norms: { ...settings.norms, ...normsSchema.partial().parse(user.norms) },
    openPromises,
    nextPromise: next && { id: next.id, companyId: next.companyId, companyName: next.company.name, promisedAt: isoOf(next.promisedAt) },
    winsThisWeek,
  };
}
