import { Prisma } from '../generated/client.ts';
import type { Absorbed } from '../../../app/ports/stores/companies.ts';
import type { Transaction } from '../client.ts';

/** Tables whose rows simply follow their company. */
const followers = [
  'contact',
  'note',
  'promise',
  'call',
  'attempt',
  'deal',
  'meeting',
  'task',
  'handoff',
  'win',
  'visit',
  'planned_event',
  'import_row',
] as const;

async function mergePhones(transaction: Transaction, companyId: number, duplicateId: number): Promise<void> {
  // A number that both have stays the older company's; calls to the other's row go over to it.
  await transaction.$executeRaw`
    UPDATE call SET phone_id = own.id FROM phone other JOIN phone own ON own.company_id = ${companyId} AND own.e164 = other.e164
     WHERE other.company_id = ${duplicateId} AND call.phone_id = other.id`;
  await transaction.$executeRaw`
    DELETE FROM phone other USING phone own WHERE other.company_id = ${duplicateId} AND own.company_id = ${companyId} AND own.e164 = other.e164`;
  await transaction.$executeRaw`
    UPDATE phone SET company_id = ${companyId}, position = position + 1 + coalesce((SELECT max(position) FROM phone WHERE company_id = ${companyId}), 0)
     WHERE company_id = ${duplicateId}`;
}

/** A company has one place in the queue: the tries of both count, the older one's list stays. */
async function mergeLeads(transaction: Transaction, companyId: number, duplicateId: number): Promise<void> {
  await transaction.$executeRaw`INSERT INTO list_entry (list_id, company_id, position, added_at)
    SELECT list_id, ${companyId}, position, added_at FROM list_entry WHERE company_id = ${duplicateId} ON CONFLICT DO NOTHING`;
  await transaction.$executeRaw`DELETE FROM list_entry WHERE company_id = ${duplicateId}`;
  await transaction.$executeRaw`
    UPDATE lead own SET list_id = coalesce(own.list_id, other.list_id),
           position = CASE WHEN own.list_id IS NULL THEN other.position ELSE own.position END,
           tries_total = own.tries_total + other.tries_total,
           last_tried_at = greatest(own.last_tried_at, other.last_tried_at),
           retry_at = greatest(own.retry_at, other.retry_at)
      FROM lead other WHERE own.company_id = ${companyId} AND other.company_id = ${duplicateId}`;
  const own = await transaction.lead.findUnique({ where: { companyId }, select: { id: true } });
  const other = await transaction.lead.findUnique({ where: { companyId: duplicateId }, select: { id: true } });
  if (!other) return;
  if (own) {
    await transaction.call.updateMany({ where: { leadId: other.id }, data: { leadId: own.id } });
    await transaction.lead.delete({ where: { id: other.id } });
  } else {
    await transaction.lead.update({ where: { id: other.id }, data: { companyId } });
  }
}

async function mergeFacts(transaction: Transaction, companyId: number, duplicateId: number): Promise<void> {
  const other = await transaction.company.findUniqueOrThrow({ where: { id: duplicateId } });
  const own = await transaction.company.findUniqueOrThrow({ where: { id: companyId } });
  await transaction.company.delete({ where: { id: duplicateId } });
  const second = own.taxNumber !== null && other.taxNumber !== null && own.taxNumber !== other.taxNumber ? [`ИНН ${other.taxNumber}`] : [];
  await transaction.company.update({
    where: { id: companyId },
    data: {
      legalName: own.legalName ?? other.legalName,
      taxNumber: own.taxNumber ?? other.taxNumber,
      channelId: own.channelId ?? other.channelId,
      subchannelId: own.channelId === null ? other.subchannelId : own.subchannelId,
      regionId: own.regionId ?? other.regionId,
      sourceId: own.sourceId ?? other.sourceId,
      ownerId: own.ownerId ?? other.ownerId,
      city: own.city ?? other.city,
      address: own.address ?? other.address,
      site: own.site ?? other.site,
      // Whoever asked not to be called asked for both.
      doNotCall: own.doNotCall || other.doNotCall,
      isCustomer: own.isCustomer || other.isCustomer,
      customerSince: own.customerSince ?? other.customerSince,
      lastContactAt:
        [own.lastContactAt, other.lastContactAt]
          .filter((at) => at !== null)
          .toSorted((left, right) => right.getTime() - left.getTime())[0] ?? null,
      notes: [own.notes, other.notes, ...(own.name === other.name ? [] : [`Объединено с «${other.name}»`]), ...second]
        .filter((text) => text !== '')
        .join('\n'),
      fields: { ...jsonObject(other.fields), ...jsonObject(own.fields) },
    },
  });
}

const jsonObject = (value: Prisma.JsonValue): Prisma.JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** Moves everything of the duplicate to the company and removes it, unless something stands in the way. At most one of them has an open promise. */
export async function absorbCompany(transaction: Transaction, companyId: number, duplicateId: number): Promise<Absorbed> {
  const both = [companyId, duplicateId];
  await transaction.$executeRaw`SELECT 1 FROM company WHERE id = ANY(${both}::int[]) ORDER BY id FOR UPDATE`;
  const busy = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM call WHERE company_id = ANY(${both}::int[]) AND state <> 'ended'
    UNION ALL SELECT 1 FROM lead_claim JOIN lead ON lead.id = lead_claim.lead_id WHERE lead.company_id = ANY(${both}::int[])`;
  if (busy.length > 0) return 'inUse';
  const deals = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM deal WHERE company_id = ANY(${both}::int[]) AND status = 'open' GROUP BY funnel_id HAVING count(*) > 1`;
  if (deals.length > 0) return 'twoOpenDeals';
  await mergePhones(transaction, companyId, duplicateId);
  await mergeLeads(transaction, companyId, duplicateId);
  for (const table of followers) {
    await transaction.$executeRaw`UPDATE ${Prisma.raw(`"${table}"`)} SET company_id = ${companyId} WHERE company_id = ${duplicateId}`;
  }
  await transaction.$executeRaw`UPDATE program_company own SET done_at = coalesce(own.done_at, other.done_at) FROM program_company other
    WHERE own.company_id = ${companyId} AND other.company_id = ${duplicateId} AND own.program_id = other.program_id`;
  await transaction.$executeRaw`INSERT INTO program_company (program_id, company_id, done_at)
    SELECT program_id, ${companyId}, done_at FROM program_company WHERE company_id = ${duplicateId} ON CONFLICT DO NOTHING`;
  await transaction.$executeRaw`DELETE FROM program_company WHERE company_id = ${duplicateId}`;
  await mergeFacts(transaction, companyId, duplicateId);
  return 'absorbed';
}
