import type { MatrixCompany, MatrixReads, MonthSpan } from '../../../app/ports/reads/matrix.ts';
import type { CompanyScope } from '../../../app/ports/reads/companies.ts';
import type { MatrixCard, MatrixFilter } from '../../../contract/http/matrix.ts';
import type { Month } from '../../../core/matrix/months.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { seen } from './companies.ts';
import { countWithFacts, exportRows } from './matrix-export.ts';
import { monthText, recordsOf } from './matrix-records.ts';

type Sql = Prisma.Sql;

/** The expressions of the index company_matrix_order, in its order; what is not set comes last. */
const place = Prisma.sql`coalesce(company.channel_id, 2147483647), coalesce(company.subchannel_id, 2147483647), coalesce(company.region_id, 2147483647), company.name, company.id`;

interface Place {
  channel: number;
  subchannel: number;
  region: number;
  name: string;
  id: number;
}

async function placeOf(prisma: Client, companyId: number): Promise<Place | null> {
  const rows = await prisma.$queryRaw<Place[]>`
    SELECT coalesce(channel_id, 2147483647) AS channel, coalesce(subchannel_id, 2147483647) AS subchannel, coalesce(region_id, 2147483647) AS region, name, id
      FROM company WHERE id = ${companyId}`;
  return rows[0] ?? null;
}

function wanted({ channel, subchannel, region, ownerId, category }: MatrixFilter): Sql {
  const conditions = [
    // Written as the index has it: then the page is a range of it.
    ...(channel === undefined ? [] : [Prisma.sql`coalesce(company.channel_id, 2147483647) = ${channel}`]),
    ...(subchannel === undefined ? [] : [Prisma.sql`coalesce(company.subchannel_id, 2147483647) = ${subchannel}`]),
    ...(region === undefined ? [] : [Prisma.sql`coalesce(company.region_id, 2147483647) = ${region}`]),
    ...(ownerId === undefined ? [] : [Prisma.sql`company.owner_id = ${ownerId}`]),
    ...(category === undefined ? [] : [Prisma.sql`company.category::text = ${category}`]),
  ];
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' AND ');
}

interface RawCompany extends Omit<MatrixCompany, 'owner'> {
  ownerId: number | null;
  ownerName: string | null;
}

async function companies(
  prisma: Client,
  scope: CompanyScope,
  filter: MatrixFilter,
  { afterId, limit, span }: { afterId: number | null; limit: number; span: MonthSpan },
): Promise<MatrixCompany[] | null> {
  const after = afterId === null ? null : await placeOf(prisma, afterId);
  if (afterId !== null && after === null) return null;
  const further =
    after === null
      ? Prisma.sql`true`
      : Prisma.sql`(${place}) > (${after.channel}::int, ${after.subchannel}::int, ${after.region}::int, ${after.name}::text, ${after.id}::int)`;
  const rows = await prisma.$queryRaw<RawCompany[]>`
    WITH page AS MATERIALIZED (
      SELECT company.*, row_number() OVER (ORDER BY ${place}) AS place FROM company
       WHERE ${seen(scope)} AND ${wanted(filter)} AND ${further} ORDER BY ${place} LIMIT ${limit}
    ), facts AS (
      SELECT company_id, jsonb_agg(jsonb_build_object('kind', kind, 'month', month, 'count', count, 'monthsAhead', months_ahead)) AS facts FROM (
        SELECT company_id, kind, ${monthText(Prisma.sql`day`)} AS month, months_ahead, count(*)::int AS count
          FROM (${recordsOf(Prisma.sql`page`, span)}) AS records GROUP BY 1, 2, 3, 4) AS counted
       GROUP BY company_id
    )
    SELECT page.id, page.name, page.category::text AS category, page.is_customer AS "isCustomer", channel.name AS channel,
           subchannel.name AS subchannel, region.name AS region, owner.id AS "ownerId", owner.name AS "ownerName", coalesce(facts.facts, '[]') AS facts
      FROM page LEFT JOIN facts ON facts.company_id = page.id
      LEFT JOIN channel ON channel.id = page.channel_id LEFT JOIN subchannel ON subchannel.id = page.subchannel_id
      LEFT JOIN region ON region.id = page.region_id LEFT JOIN app_user owner ON owner.id = page.owner_id
     ORDER BY page.place`;
  return rows.map(({ ownerId, ownerName, ...row }) => ({
    ...row,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
  }));
}

async function cards(prisma: Client, companyId: number, { month, current }: { month: Month; current: Month }): Promise<MatrixCard[]> {
  const picked = Prisma.sql`(SELECT id, time_zone FROM company WHERE id = ${companyId})`;
  const own = monthText(Prisma.sql`records.day`);
  const firstCalls = monthText(Prisma.sql`records.day - make_interval(months => records.months_ahead)`);
  return prisma.$queryRaw<MatrixCard[]>`
    SELECT records.kind, records.id, to_char(records.day, 'YYYY-MM-DD') AS day,
           coalesce(rep.name, visitor.name, seller.name, closer.name, promiser.name, author.name) AS person,
           coalesce(called.name, visited.name, met.name, promised.name) AS contact,
           coalesce(call.disposition_code, visit.result, meeting.place, deal.title, planned_event.title) AS title,
           coalesce(call.note, visit.note, meeting.card, promise.note) AS text
      FROM (${recordsOf(picked, { from: month, to: month })}) AS records
      LEFT JOIN call ON records.kind = 'call' AND call.id = records.id LEFT JOIN app_user rep ON rep.id = call.rep_id LEFT JOIN contact called ON called.id = call.contact_id
      LEFT JOIN visit ON records.kind = 'visit' AND visit.id = records.id LEFT JOIN app_user visitor ON visitor.id = visit.user_id LEFT JOIN contact visited ON visited.id = visit.contact_id
      LEFT JOIN meeting ON records.kind IN ('heldMeeting', 'plannedMeeting') AND meeting.id = records.id LEFT JOIN app_user seller ON seller.id = meeting.owner_id LEFT JOIN contact met ON met.id = meeting.contact_id
      LEFT JOIN deal ON records.kind = 'start' AND deal.id = records.id LEFT JOIN app_user closer ON closer.id = deal.owner_id
      LEFT JOIN promise ON records.kind = 'promise' AND promise.id = records.id LEFT JOIN app_user promiser ON promiser.id = promise.rep_id LEFT JOIN contact promised ON promised.id = promise.contact_id
      LEFT JOIN planned_event ON records.kind IN ('tender', 'plannedContact') AND planned_event.id = records.id LEFT JOIN app_user author ON author.id = planned_event.author_id
     WHERE CASE WHEN records.kind = 'promise' THEN greatest(${own}, ${current}) = ${month}
                WHEN records.kind IN ('plannedMeeting', 'plannedContact') AND ${own} < ${current} THEN false
                ELSE ${own} = ${month} OR (${month} >= ${current} AND ${firstCalls} <= ${month} AND ${own} > ${month}) END
     ORDER BY records.day DESC, records.kind, records.id DESC`;
}

async function filters(prisma: Client, scope: CompanyScope) {
  const byName = { orderBy: { name: 'asc' }, select: { id: true, name: true } } as const;
  const own = scope.kind === 'channel' ? scope.channelId : undefined;
  const [channels, subchannels, regions, owners] = await Promise.all([
    prisma.channel.findMany({ ...byName, where: { id: own } }),
    prisma.subchannel.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true, channelId: true }, where: { channelId: own } }),
    prisma.region.findMany(byName),
    prisma.user.findMany({ ...byName, where: { disabledAt: null, role: { in: ['rep', 'lead', 'seller'] } } }),
  ]);
  return { channels, subchannels, regions, owners };
}

export function matrixReads(prisma: Client): MatrixReads {
  return {
    channelOf: async (userId) => (await prisma.user.findUnique({ where: { id: userId }, select: { channelId: true } }))?.channelId ?? null,
    channelName: async (channelId) => (await prisma.channel.findUnique({ where: { id: channelId }, select: { name: true } }))?.name ?? null,
    companies: (scope, filter, page) => companies(prisma, scope, filter, page),
    filters: (scope) => filters(prisma, scope),
    cards: (companyId, when) => cards(prisma, companyId, when),
    countWithFacts: (scope, channelId, months) => countWithFacts(prisma, scope, channelId, months),
    exportRows: (scope, chosen, page) => exportRows(prisma, scope, chosen, page),
  };
}
