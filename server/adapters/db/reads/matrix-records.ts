import type { Month } from '../../../core/matrix/months.ts';
import { Prisma } from '../generated/client.ts';

type Sql = Prisma.Sql;

/** Instants that surely enclose the months in every zone; the month itself is then told by the company's zone. */
const around = (column: Sql, from: Month, to: Month): Sql =>
  Prisma.sql`${column} >= ${`${from}-01`}::date - interval '1 day' AND ${column} < ${`${to}-01`}::date + interval '1 month 1 day'`;

/** A talk with a decision maker: one who was reached, and one who called by himself or was talked to again, where a meeting was the purpose. */
const withDecisionMaker = Prisma.sql`(attempt.kind = 'reachDecisionMaker' AND attempt.yes OR attempt.kind = 'setMeeting')`;

/**
 * What the companies of the relation `picked` (id, time_zone) have: a row (company_id, kind, id, day, months_ahead) per record.
 * Facts lie between two months; what is planned is not bounded, an overdue promise stands in the current month.
 * Every branch goes by an index that begins with the company.
 */
export function recordsOf(picked: Sql, { from, to }: { from: Month; to: Month }): Sql {
  const local = (column: Sql): Sql => Prisma.sql`(${column} AT TIME ZONE picked.time_zone)::date`;
  const at = (column: string): Sql => Prisma.raw(column);
  return Prisma.sql`
    SELECT DISTINCT picked.id AS company_id, 'call' AS kind, attempt.call_id AS id, ${local(at('attempt.at'))} AS day, 0 AS months_ahead
      FROM ${picked} AS picked JOIN attempt ON attempt.company_id = picked.id
     WHERE ${withDecisionMaker} AND attempt.call_id IS NOT NULL AND ${around(at('attempt.at'), from, to)}
    UNION ALL
    SELECT picked.id, 'visit', visit.id, ${local(at('visit.at'))}, 0
      FROM ${picked} AS picked JOIN visit ON visit.company_id = picked.id WHERE ${around(at('visit.at'), from, to)}
    UNION ALL
    SELECT picked.id, CASE meeting.status WHEN 'held' THEN 'heldMeeting' ELSE 'plannedMeeting' END, meeting.id, ${local(at('meeting.starts_at'))}, 0
      FROM ${picked} AS picked JOIN meeting ON meeting.company_id = picked.id
     WHERE meeting.status <> 'failed' AND ${around(at('meeting.starts_at'), from, to)}
    UNION ALL
    SELECT picked.id, 'start', deal.id, deal.started_on, 0
      FROM ${picked} AS picked JOIN deal ON deal.company_id = picked.id
     WHERE deal.status = 'won' AND ${around(at('deal.started_on'), from, to)}
    UNION ALL
    SELECT picked.id, 'promise', promise.id, ${local(at('promise.promised_at'))}, 0
      FROM ${picked} AS picked JOIN promise ON promise.company_id = picked.id WHERE promise.status = 'open'
    UNION ALL
    SELECT picked.id, CASE planned_event.kind WHEN 'tender' THEN 'tender' ELSE 'plannedContact' END, planned_event.id, planned_event."on", planned_event.months_ahead
      FROM ${picked} AS picked JOIN planned_event ON planned_event.company_id = picked.id`;
}

/** The month, YYYY-MM, of a day. */
export const monthText = (day: Sql): Sql => Prisma.sql`to_char(${day}, 'YYYY-MM')`;
