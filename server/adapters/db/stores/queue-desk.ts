import type { NextCallAsk } from '../../../app/ports/next-calls.ts';
import type { Desk, DeskCalendars } from '../../../app/ports/stores/queue.ts';
import type { CompanyCalendar } from '../../../core/queue/calendar.ts';
import { promisesLookedAt } from '../../../core/schedule/guard.ts';
import type { LearnedDuration } from '../../../core/schedule/durations.ts';
import { isAbsentOn } from '../absence.ts';
import { Prisma } from '../generated/client.ts';

export interface DeskRow {
  listIds: number[];
  colleagueIds: number[] | null;
  /** Those of them who are absent or have a promise whose time has come; of the others there is nothing to say. */
  owingColleagues: { id: number; absent: boolean; engagedUntilMs: number | null }[] | null;
  promisesAhead: Date[];
  durations: LearnedDuration[] | null;
  calendarsVersion: string;
  /** Null when the asker knows this version. */
  calendars: (CompanyCalendar & { id: number })[] | null;
  holidays: Record<string, string[]> | null;
}

/**
 * What decides for each of these reps, in one statement, a row each in their order. Calendars and holidays change once in a while: who has
 * read them names their version, and they come along only when the base has another one, so that what is remembered is never old, on
 * whichever node it is remembered.
 */
export const desksSql = (asks: readonly NextCallAsk[], knownVersion: string): Prisma.Sql => Prisma.sql`
  WITH version AS MATERIALIZED (
    SELECT concat_ws('/', (SELECT concat(count(*), '+', sum(hashtextextended(name, 0))) FROM zone),
      (SELECT concat(count(*), '+', sum(hashtextextended(country, day - '2000-01-01'::date))) FROM holiday)) AS name
  )
  SELECT lists.ids AS "listIds",
    team.ids AS "colleagueIds", team.owing AS "owingColleagues",
    ahead.times AS "promisesAhead",
    CASE WHEN cardinality(ahead.times) > 0 THEN (
      SELECT json_agg(json_build_object('listId', d.list_id, 'code', d.code, 'calls', d.calls, 'seconds', d.seconds))
      FROM call_duration d WHERE d.list_id = 0 OR d.list_id = ANY (lists.ids)) END AS durations,
    version.name AS "calendarsVersion",
    CASE WHEN version.name <> ${knownVersion}::text THEN (
      SELECT json_agg(json_build_object('id', id, 'timeZone', time_zone, 'country', country, 'callFrom', call_from, 'callTo', call_to,
        'lunchFrom', lunch_from, 'lunchTo', lunch_to)) FROM zone) END AS calendars,
    CASE WHEN version.name <> ${knownVersion}::text THEN (
      SELECT json_object_agg(country, days) FROM (
        SELECT country, array_agg(to_char(day, 'YYYY-MM-DD')) AS days FROM holiday GROUP BY country) AS by_country) END AS holidays
  -- OFFSET keeps what is needed twice from being computed twice.
  FROM version CROSS JOIN unnest(
    ${asks.map(({ repId }) => repId)}::int[], ${asks.map(({ day }) => day)}::date[], ${asks.map(({ at }) => at.toISOString())}::timestamptz[]
  ) WITH ORDINALITY AS ask (rep_id, day, at, nth)
  CROSS JOIN LATERAL (SELECT ARRAY(
    SELECT DISTINCT a.list_id FROM list_assignment a
    WHERE a.rep_id = ask.rep_id AND ask.day BETWEEN a.starts_on AND a.ends_on
      -- Asked for one by one: a join would read all the lists of the house for the few of a rep.
      AND (SELECT li.status FROM call_list li WHERE li.id = a.list_id) = 'active'
    ORDER BY a.list_id) AS ids OFFSET 0) AS lists
  CROSS JOIN LATERAL (SELECT ARRAY(
    SELECT greatest(p.promised_at, l.retry_at) AS due_at FROM promise p JOIN lead l ON l.company_id = p.company_id
    WHERE p.rep_id = ask.rep_id AND p.status = 'open' AND greatest(p.starts_at, l.retry_at) > ask.at
    ORDER BY due_at LIMIT ${promisesLookedAt}::int) AS times OFFSET 0) AS ahead
  CROSS JOIN LATERAL (
    SELECT json_agg(u.id) AS ids, json_agg(json_build_object('id', u.id, 'absent', away.absent,
      'engagedUntilMs', CASE WHEN soon.deadline_at IS NOT NULL AND (
        NOT EXISTS (SELECT FROM presence s WHERE s.user_id = u.id AND s.state = 'ready')
        OR EXISTS (SELECT FROM call k WHERE k.rep_id = u.id AND (NOT k.untaken OR k.volley_id IS NOT NULL) AND k.disposed_at IS NULL))
        THEN extract(epoch FROM soon.deadline_at) * 1000 END)) FILTER (WHERE away.absent OR soon.deadline_at IS NOT NULL) AS owing
    FROM app_user me JOIN app_user u ON u.team_id = me.team_id AND u.id <> me.id
    CROSS JOIN LATERAL (SELECT u.disabled_at IS NOT NULL OR ${isAbsentOn('u', Prisma.sql`ask.day`)} AS absent) AS away
    LEFT JOIN LATERAL (
      SELECT p.deadline_at FROM promise p
      WHERE p.rep_id = u.id AND p.status = 'open' AND p.outcome = 'pending' AND p.starts_at <= ask.at
        AND p.deadline_at >= ask.at - interval '12 hours'
      ORDER BY p.deadline_at LIMIT 1) AS soon ON true
    WHERE me.id = ask.rep_id) AS team
  ORDER BY ask.nth`;

export const noCalendars: DeskCalendars = { version: '', calendars: [], holidays: new Map() };

/** The answer, with the calendars that were known when they are still those of the base. */
export function toDesk(row: DeskRow | undefined, known: DeskCalendars): Desk {
  if (!row) throw new Error('a statement without conditions answered no row');
  return {
    listIds: row.listIds,
    colleagues: (row.colleagueIds ?? []).map((id) => {
      const owing = row.owingColleagues?.find((colleague) => colleague.id === id);
      const engagedUntilMs = owing?.engagedUntilMs ?? null;
      return { id, absent: owing?.absent ?? false, engagedUntilDeadline: engagedUntilMs === null ? null : new Date(engagedUntilMs) };
    }),
    promisesAhead: row.promisesAhead,
    durations: row.durations ?? [],
    hours:
      row.calendarsVersion === known.version
        ? known
        : {
            version: row.calendarsVersion,
            calendars: row.calendars ?? [],
            holidays: new Map(Object.entries(row.holidays ?? {}).map(([country, days]) => [country, new Set(days)])),
          },
  };
}
