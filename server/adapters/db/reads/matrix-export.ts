import type { CompanyScope } from '../../../app/ports/reads/companies.ts';
import type { MatrixChoice, MatrixExportRow } from '../../../app/ports/reads/matrix.ts';
import type { Month } from '../../../core/matrix/months.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { seen } from './companies.ts';
import { monthText, recordsOf } from './matrix-records.ts';

type Sql = Prisma.Sql;

const spanOf = (months: readonly Month[]): { from: Month; to: Month } => ({ from: months[0] ?? '', to: months.at(-1) ?? '' });

/** The records of a channel's companies that fall on the chosen months. */
function chosenRecords(scope: CompanyScope, channelId: number, months: readonly Month[]): Sql {
  const picked = Prisma.sql`(SELECT company.id, company.time_zone FROM company WHERE company.channel_id = ${channelId} AND ${seen(scope)})`;
  return Prisma.sql`SELECT * FROM (${recordsOf(picked, spanOf(months))}) AS records WHERE ${monthText(Prisma.sql`records.day`)} = ANY(${[...months]}::text[])`;
}

/** How many companies of the channel have anything in the months. */
export async function countWithFacts(prisma: Client, scope: CompanyScope, channelId: number, months: readonly Month[]): Promise<number> {
  const [row] = await prisma.$queryRaw<{ companies: number }[]>`
    SELECT count(DISTINCT company_id)::int AS companies FROM (${chosenRecords(scope, channelId, months)}) AS chosen`;
  return row?.companies ?? 0;
}

interface RawRow extends Omit<MatrixExportRow, 'owner'> {
  ownerId: number | null;
  ownerName: string | null;
}

/** So many of the last contacts are told. */
const contactsTold = 5;

/** What was said: the last calls, visits and meetings of the chosen months. */
const contactsOf = Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'outcome', outcome, 'text', text) ORDER BY day DESC), '[]') FROM (
    SELECT chosen.day, coalesce(call.disposition_code, visit.result) AS outcome, coalesce(call.note, visit.note, meeting.card) AS text
      FROM chosen LEFT JOIN call ON chosen.kind = 'call' AND call.id = chosen.id LEFT JOIN visit ON chosen.kind = 'visit' AND visit.id = chosen.id
      LEFT JOIN meeting ON chosen.kind = 'heldMeeting' AND meeting.id = chosen.id
     WHERE chosen.company_id = company.id AND chosen.kind IN ('call', 'visit', 'heldMeeting') ORDER BY chosen.day DESC, chosen.id DESC LIMIT ${contactsTold}) AS last)`;

const nextOf = (today: string): Sql => Prisma.sql`
  (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'day', day, 'text', text) ORDER BY day), '[]') FROM (
    SELECT 'promise' AS kind, (promised_at AT TIME ZONE company.time_zone)::date AS day, note AS text FROM promise WHERE company_id = company.id AND status = 'open'
    UNION ALL SELECT 'plannedMeeting', (starts_at AT TIME ZONE company.time_zone)::date, place FROM meeting WHERE company_id = company.id AND status = 'planned' AND starts_at >= ${today}::date
    UNION ALL SELECT CASE kind WHEN 'tender' THEN 'tender' ELSE 'plannedContact' END, "on", title FROM planned_event WHERE company_id = company.id AND "on" >= ${today}::date
  ) AS ahead)`;

/** Companies of the channel that have anything in the months, with what was said and what comes next, by number. */
export async function exportRows(
  prisma: Client,
  scope: CompanyScope,
  { channelId, months, today }: MatrixChoice,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<MatrixExportRow[]> {
  const rows = await prisma.$queryRaw<RawRow[]>`
    WITH chosen AS MATERIALIZED (${chosenRecords(scope, channelId, months)}),
    counted AS (
      SELECT company_id, kind, ${monthText(Prisma.sql`day`)} AS month, count(*)::int AS count FROM chosen WHERE company_id > ${afterId} GROUP BY 1, 2, 3
    ), facts AS (
      SELECT company_id, jsonb_agg(jsonb_build_object('kind', kind, 'month', month, 'count', count, 'monthsAhead', 0)) AS facts
        FROM counted GROUP BY company_id ORDER BY company_id LIMIT ${limit}
    )
    SELECT company.id, company.name, company.tax_number AS "taxNumber", company.category::text AS category, company.is_customer AS "isCustomer",
           channel.name AS channel, subchannel.name AS subchannel, region.name AS region, owner.id AS "ownerId", owner.name AS "ownerName", facts.facts,
           ${contactsOf} AS contacts, ${nextOf(today)} AS next,
           (SELECT stage.name FROM deal JOIN stage ON stage.id = deal.stage_id WHERE deal.company_id = company.id AND deal.status = 'open'
             ORDER BY stage.position DESC LIMIT 1) AS stage
      FROM facts JOIN company ON company.id = facts.company_id LEFT JOIN channel ON channel.id = company.channel_id
      LEFT JOIN subchannel ON subchannel.id = company.subchannel_id LEFT JOIN region ON region.id = company.region_id
      LEFT JOIN app_user owner ON owner.id = company.owner_id ORDER BY company.id`;
  return rows.map(({ ownerId, ownerName, ...row }) => ({
    ...row,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
  }));
}
