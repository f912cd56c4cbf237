import type { CompanyReads, CompanyScope, ExportRow } from '../../../app/ports/reads/companies.ts';
import type { CompanyFilter, CompanyRow, CompanySort } from '../../../contract/http/companies.ts';
import { Prisma } from '../generated/client.ts';
import type { Prisma as Client } from '../client.ts';
import { isoOrNull } from './views.ts';

type Sql = Prisma.Sql;

/** What of `company` the person sees. */
export function seen(scope: CompanyScope): Sql {
  switch (scope.kind) {
    case 'all':
      return Prisma.sql`true`;
    case 'team':
      return Prisma.sql`(company.owner_id IS NULL OR company.owner_id = ${scope.userId} OR company.owner_id IN (SELECT id FROM app_user WHERE team_id = ${scope.teamId}))`;
    case 'seller':
      return Prisma.sql`(company.owner_id = ${scope.userId}
        OR company.id IN (SELECT company_id FROM deal WHERE owner_id = ${scope.userId})
        OR company.id IN (SELECT company_id FROM handoff WHERE seller_id = ${scope.userId}))`;
    case 'channel':
      return Prisma.sql`company.channel_id = ${scope.channelId}`;
    case 'rep':
      return Prisma.sql`(company.owner_id = ${scope.userId}
        OR company.id IN (SELECT lead.company_id FROM lead_claim JOIN lead ON lead.id = lead_claim.lead_id WHERE lead_claim.rep_id = ${scope.userId})
        OR company.id IN (SELECT company_id FROM call WHERE rep_id = ${scope.userId} AND intent_at >= ${scope.workedSince}))`;
    default:
      return scope satisfies never;
  }
}

const likePart = (text: string): string => `%${text.replaceAll(/[\\%_]/gu, (mark) => `\\${mark}`)}%`;

/** Each branch has its own trigram index. A number typed the Russian way begins with 8. */
function found(text: string): Sql {
  const like = likePart(text);
  const digits = text.replaceAll(/\D/gu, '').replace(/^8(?=\d{10}$)/u, '7');
  const byNumber = digits.length >= 3 && /^[\d\s()+.-]+$/u.test(text);
  return Prisma.sql`company.id IN (
    SELECT id FROM company WHERE name ILIKE ${like}
    UNION SELECT company_id FROM contact WHERE name ILIKE ${like}
    ${byNumber ? Prisma.sql`UNION SELECT id FROM company WHERE tax_number LIKE ${likePart(digits)} UNION SELECT company_id FROM phone WHERE e164 LIKE ${likePart(digits)}` : Prisma.empty})`;
}

function wanted(filter: CompanyFilter): Sql {
  const conditions: Sql[] = [];
  if (filter.q) conditions.push(found(filter.q));
  if (filter.channelId) conditions.push(Prisma.sql`company.channel_id = ${filter.channelId}`);
  if (filter.subchannelId) conditions.push(Prisma.sql`company.subchannel_id = ${filter.subchannelId}`);
  if (filter.regionId) conditions.push(Prisma.sql`company.region_id = ${filter.regionId}`);
  if (filter.sourceId) conditions.push(Prisma.sql`company.source_id = ${filter.sourceId}`);
  if (filter.category) conditions.push(Prisma.sql`company.category::text = ${filter.category}`);
  if (filter.ownerId) conditions.push(Prisma.sql`company.owner_id = ${filter.ownerId}`);
  if (filter.status) conditions.push(Prisma.sql`company.status::text = ${filter.status}`);
  if (filter.listId) conditions.push(Prisma.sql`company.id IN (SELECT company_id FROM list_entry WHERE list_id = ${filter.listId})`);
  if (filter.stageId)
    conditions.push(Prisma.sql`company.id IN (SELECT company_id FROM deal WHERE stage_id = ${filter.stageId} AND status = 'open')`);
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, ' AND ');
}

interface RawRow extends Omit<CompanyRow, 'owner' | 'lastContactAt'> {
  ownerId: number | null;
  ownerName: string | null;
  lastContactAt: Date | null;
}

const columns = Prisma.sql`
  company.id, company.name, company.tax_number AS "taxNumber", company.category::text, company.status::text, company.do_not_call AS "doNotCall",
  company.is_customer AS "isCustomer", region.name AS region, company.city, company.time_zone AS "timeZone", channel.name AS channel, subchannel.name AS subchannel,
  owner.id AS "ownerId", owner.name AS "ownerName",
  (SELECT e164 FROM phone WHERE phone.company_id = company.id AND retired_at IS NULL ORDER BY position, id LIMIT 1) AS phone,
  call_list.name AS list,
  (SELECT stage.name FROM deal JOIN stage ON stage.id = deal.stage_id WHERE deal.company_id = company.id AND deal.status = 'open' ORDER BY stage.position DESC LIMIT 1) AS stage,
  company.last_contact_at AS "lastContactAt"`;
const joins = Prisma.sql`
  LEFT JOIN region ON region.id = company.region_id LEFT JOIN channel ON channel.id = company.channel_id
  LEFT JOIN subchannel ON subchannel.id = company.subchannel_id LEFT JOIN app_user owner ON owner.id = company.owner_id
  LEFT JOIN lead ON lead.company_id = company.id LEFT JOIN call_list ON call_list.id = lead.list_id`;

const sortJoins: Record<CompanySort, Sql> = {
  name: Prisma.empty,
  category: Prisma.empty,
  tax: Prisma.empty,
  last: Prisma.empty,
  region: Prisma.sql`LEFT JOIN region ON region.id = company.region_id`,
  channel: Prisma.sql`LEFT JOIN channel ON channel.id = company.channel_id LEFT JOIN subchannel ON subchannel.id = company.subchannel_id`,
  owner: Prisma.sql`LEFT JOIN app_user owner ON owner.id = company.owner_id`,
};
const sortKeys: Record<CompanySort, readonly Sql[]> = {
  name: [Prisma.sql`company.name`],
  category: [Prisma.sql`company.category`],
  tax: [Prisma.sql`company.tax_number`],
  last: [Prisma.sql`company.last_contact_at`],
  region: [Prisma.sql`region.name`],
  channel: [Prisma.sql`channel.name`, Prisma.sql`subchannel.name`],
  owner: [Prisma.sql`owner.name`],
};

/** What is not set comes last either way. */
function orderBy(sort: CompanySort | null, descending: boolean): Sql {
  const direction = descending ? Prisma.sql`DESC NULLS LAST` : Prisma.sql`ASC NULLS LAST`;
  const keys = sort ? sortKeys[sort].map((key) => Prisma.sql`${key} ${direction}`) : [];
  return Prisma.join([...keys, Prisma.sql`company.id`], ', ');
}

function rowOf<Raw extends RawRow>({
  ownerId,
  ownerName,
  lastContactAt,
  ...row
}: Raw): Omit<Raw, 'ownerId' | 'ownerName' | 'lastContactAt'> & Pick<CompanyRow, 'owner' | 'lastContactAt'> {
  return { ...row, owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' }, lastContactAt: isoOrNull(lastContactAt) };
}

const named = { id: true, name: true } as const;

async function filters(prisma: Client) {
  const byName = { orderBy: { name: 'asc' }, select: named } as const;
  const [channels, subchannels, regions, sources, owners, lists, stages] = await Promise.all([
    prisma.channel.findMany(byName),
    prisma.subchannel.findMany({ orderBy: { name: 'asc' }, select: { ...named, channelId: true } }),
    prisma.region.findMany(byName),
    prisma.source.findMany(byName),
    prisma.user.findMany({ where: { disabledAt: null, role: { in: ['rep', 'lead', 'seller'] } }, ...byName }),
    prisma.callList.findMany({ where: { status: { not: 'closed' } }, ...byName }),
    prisma.stage.findMany({ where: { funnel: { isDefault: true } }, orderBy: { position: 'asc' }, select: named }),
  ]);
  return { channels, subchannels, regions, sources, owners, lists, stages };
}

export function companyReads(prisma: Client): CompanyReads {
  return {
    companies: async (scope, filter, { sort, descending, offset, limit }) => {
      // The page's ids first: the wide columns are looked up for those alone.
      const rows = await prisma.$queryRaw<RawRow[]>`SELECT ${columns} FROM (
          SELECT company.id, row_number() OVER () AS place FROM (
            SELECT company.id FROM company ${sort ? sortJoins[sort] : Prisma.empty}
             WHERE ${seen(scope)} AND ${wanted(filter)} ORDER BY ${orderBy(sort, descending)} OFFSET ${offset} LIMIT ${limit}) AS company
        ) AS page JOIN company ON company.id = page.id ${joins} ORDER BY page.place`;
      return rows.map((row) => rowOf(row));
    },
    countSeen: async (scope, filter, atMost) => {
      const [row] = await prisma.$queryRaw<{ rows: number }[]>`
        SELECT count(*)::int AS rows FROM (SELECT 1 FROM company WHERE ${seen(scope)} AND ${wanted(filter)} LIMIT ${atMost}) AS found`;
      return row?.rows ?? 0;
    },
    seesAll: async (scope, companyIds) => {
      const rows = await prisma.$queryRaw<unknown[]>`SELECT 1 FROM company WHERE id = ANY(${[...companyIds]}::int[]) AND ${seen(scope)}`;
      return rows.length === companyIds.length;
    },
    count: async (filter, atMost) => {
      const [row] = await prisma.$queryRaw<
        { rows: number }[]
      >`SELECT count(*)::int AS rows FROM (SELECT 1 FROM company WHERE ${wanted(filter)} LIMIT ${atMost}) AS found`;
      return row?.rows ?? 0;
    },
    mayBeSame: async (companyId) => {
      const rows = await prisma.$queryRaw<
        RawRow[]
      >`SELECT ${columns} FROM company ${joins} WHERE company.id <> ${companyId} AND company.id IN (
          SELECT other.company_id FROM phone own JOIN phone other ON other.e164 = own.e164 WHERE own.company_id = ${companyId}
          UNION SELECT other.id FROM company own JOIN company other ON other.normalized_name = own.normalized_name AND other.region_id IS NOT DISTINCT FROM own.region_id WHERE own.id = ${companyId}
        ) ORDER BY company.id LIMIT 20`;
      return rows.map((row) => rowOf(row));
    },
    sees: async (scope, companyId) =>
      (await prisma.$queryRaw<unknown[]>`SELECT 1 FROM company WHERE id = ${companyId} AND ${seen(scope)}`).length > 0,
    filters: () => filters(prisma),
    contacts: async (scope, { companyId, q, contactId }, { after, limit }) => {
      const ids = await prisma.$queryRaw<{ id: number }[]>`SELECT contact.id FROM contact JOIN company ON company.id = contact.company_id
        WHERE contact.id > ${after} AND ${seen(scope)}
          ${companyId === undefined ? Prisma.empty : Prisma.sql`AND contact.company_id = ${companyId}`}
          ${contactId === undefined ? Prisma.empty : Prisma.sql`AND contact.id = ${contactId}`}
          ${q ? Prisma.sql`AND contact.name ILIKE ${likePart(q)}` : Prisma.empty}
        ORDER BY contact.id LIMIT ${limit}`;
      const rows = await prisma.contact.findMany({
        where: { id: { in: ids.map(({ id }) => id) } },
        include: { company: { select: named }, phones: true },
        orderBy: { id: 'asc' },
      });
      return rows.map(({ leftAt, company, phones, ...contact }) => ({
        ...contact,
        left: leftAt !== null,
        companyName: company.name,
        phones: phones.map(({ retiredAt, ...phone }) => ({ ...phone, retired: retiredAt !== null })),
      }));
    },
    exportRows: async (filter, { after, limit }) => {
      const rows = await prisma.$queryRaw<(RawRow & Omit<ExportRow, keyof CompanyRow>)[]>`
        SELECT ${columns}, company.legal_name AS "legalName", company.address, company.site, source.name AS source, company.notes,
               ARRAY(SELECT e164 || coalesce(' доб. ' || extension, '') FROM phone WHERE phone.company_id = company.id AND retired_at IS NULL ORDER BY position, id) AS phones,
               contact.name AS "contactName", contact.position AS "contactPosition", contact.email
          FROM company ${joins} LEFT JOIN source ON source.id = company.source_id
          LEFT JOIN LATERAL (SELECT name, position, email FROM contact WHERE contact.company_id = company.id AND left_at IS NULL ORDER BY role, id LIMIT 1) AS contact ON true
         WHERE company.id > ${after} AND ${wanted(filter)} ORDER BY company.id LIMIT ${limit}`;
      return rows.map((row) => rowOf(row));
    },
  };
}
