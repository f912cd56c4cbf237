import type { CallScope } from '../../../app/ports/reads/calls.ts';
import type { DailyCheck } from '../../../app/ports/reads/kpi.ts';
import { normsSchema } from '../../../contract/http/kpi.ts';
import type { Settings } from '../../../contract/settings.ts';
import { figuresOf } from '../../../core/kpi/figures.ts';
import { scoreOf } from '../../../core/kpi/score.ts';
import { isAbsentOn } from '../absence.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { storedSettings } from '../settings.ts';
import { dateOfDay } from '../days.ts';
import { isoOrNull } from './views.ts';

/** A list runs dry when its cold companies last no longer than this at the pace of its reps. */
const dryWithinDays = 5;

interface RepRecord {
  id: number;
  name: string;
  team: string | null;
  norms: unknown;
  absent: boolean;
  firstDialAt: Date | null;
  lastDialAt: Date | null;
}

interface DryRecord {
  id: number;
  name: string;
  coldLeft: number;
  reps: number;
}

/** Figures of a team are those counted for it, as the rows behind them are. */
const teamOf = ({ teamId }: CallScope) => (teamId === null ? {} : { teamId });

const ofTeam = (scope: CallScope, column: Prisma.Sql): Prisma.Sql =>
  scope.teamId === null ? Prisma.empty : Prisma.sql`AND ${column} = ${scope.teamId}`;

/** The head's morning: every rep of the scope against his norms on a day, and what needs the head's hand. */
export async function dailyCheckOf(prisma: Client, scope: CallScope, date: string, now: Date): Promise<DailyCheck> {
  const settings = await storedSettings(prisma);
  const [reps, counters, dry, handoffsUntouched, started] = await Promise.all([
    repsOn(prisma, scope, date),
    prisma.kpiCounter.findMany({ where: { day: dateOfDay(date), ...teamOf(scope) }, select: { repId: true, metric: true, value: true } }),
    runningDry(prisma, scope, date),
    untouchedHandoffs(prisma, scope, now),
    startedThisMonth(prisma, scope, date),
  ]);
  const rows = reps.map((rep) =>
    toRow(
      rep,
      counters.filter((counter) => counter.repId === rep.id),
      settings,
    ),
  );
  const shown = new Set(reps.map((rep) => rep.id));
  return {
    date,
    rows,
    total: figuresOf(counters.filter((counter) => shown.has(counter.repId))),
    notBegun: rows.filter((row) => !row.absent && row.firstDialAt === null).map((row) => row.rep),
    listsRunningDry: dry
      .map((list) => withDaysLeft(list, settings))
      .filter((list) => list.daysLeft !== null && list.daysLeft <= dryWithinDays),
    handoffsUntouched,
    newCompaniesThisMonth: { started, plan: settings.score.newCompaniesPerMonth },
  };
}

function toRow(rep: RepRecord, counters: readonly { metric: string; value: number }[], settings: Settings): DailyCheck['rows'][number] {
  const figures = figuresOf(counters);
  const norms = { ...settings.norms, ...normsSchema.partial().parse(rep.norms) };
  return {
    rep: { id: rep.id, name: rep.name },
    team: rep.team,
    figures,
    norms,
    firstDialAt: isoOrNull(rep.firstDialAt),
    lastDialAt: isoOrNull(rep.lastDialAt),
    absent: rep.absent,
    score: rep.absent ? null : scoreOf(figures, norms, 1, settings.score),
  };
}

/** Every cold company takes one dial a day at the least; half of a rep's norm goes to other tiers. */
function withDaysLeft({ id, name, coldLeft, reps }: DryRecord, settings: Settings): DailyCheck['listsRunningDry'][number] {
  const dialsPerDay = (reps * settings.norms.dials) / 2;
  return { id, name, coldLeft, daysLeft: dialsPerDay === 0 ? null : Math.round((coldLeft / dialsPerDay) * 10) / 10 };
}

const repsOn = (prisma: Client, scope: CallScope, date: string): Promise<RepRecord[]> => prisma.$queryRaw<RepRecord[]>`
  SELECT u.id, u.name, t.name AS team, u.norms,
    ${isAbsentOn('u', Prisma.sql`${dateOfDay(date)}::date`)} AS absent,
    min(c.dialed_at) AS "firstDialAt", max(c.dialed_at) AS "lastDialAt"
  FROM app_user u
  LEFT JOIN team t ON t.id = u.team_id
  LEFT JOIN call c ON c.rep_id = u.id AND c.day = ${dateOfDay(date)}::date AND c.direction = 'outbound'
  WHERE u.role = 'rep' AND u.disabled_at IS NULL ${ofTeam(scope, Prisma.sql`u.team_id`)}
  GROUP BY u.id, t.name ORDER BY u.name, u.id`;

const runningDry = (prisma: Client, scope: CallScope, date: string): Promise<DryRecord[]> => prisma.$queryRaw<DryRecord[]>`
  SELECT li.id, li.name, count(DISTINCT a.rep_id)::int AS reps,
    (SELECT count(*)::int FROM lead l JOIN company c ON c.id = l.company_id
      WHERE l.list_id = li.id AND l.exhausted_at IS NULL AND c.status = 'active' AND NOT c.do_not_call AND c.last_contact_at IS NULL) AS "coldLeft"
  FROM call_list li
  JOIN list_assignment a ON a.list_id = li.id AND ${dateOfDay(date)}::date BETWEEN a.starts_on AND a.ends_on
  JOIN app_user u ON u.id = a.rep_id
  WHERE li.status = 'active' ${ofTeam(scope, Prisma.sql`u.team_id`)}
  GROUP BY li.id, li.name ORDER BY "coldLeft", li.id`;

async function untouchedHandoffs(prisma: Client, scope: CallScope, now: Date): Promise<number> {
  const rows = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM handoff h JOIN app_user u ON u.id = h.from_rep_id
    WHERE h.status = 'pending' AND h.opened_at <= ${now}::timestamptz ${ofTeam(scope, Prisma.sql`u.team_id`)}`;
  return rows[0]?.count ?? 0;
}

/** Companies, not counts of people: who closed and who handed over share one. */
async function startedThisMonth(prisma: Client, scope: CallScope, date: string): Promise<number> {
  const rows = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT w.company_id)::int AS count FROM win w
    WHERE w.kind = 'workStarted' AND w.day BETWEEN date_trunc('month', ${dateOfDay(date)}::date)::date AND ${dateOfDay(date)}::date
      ${ofTeam(scope, Prisma.sql`w.team_id`)}`;
  return rows[0]?.count ?? 0;
}
