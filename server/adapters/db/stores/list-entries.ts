import type { Transaction } from '../client.ts';

/**
 * Puts companies at the end of a list, in their order, each with its lead. A lead that is in no list yet comes into this one;
 * a lead of another list stays there until this list is handed out (the newest hand-out wins).
 */
export async function putIntoList(transaction: Transaction, listId: number, companyIds: readonly number[], now: Date): Promise<void> {
  if (companyIds.length === 0) return;
  await transaction.$executeRaw`SELECT 1 FROM call_list WHERE id = ${listId} FOR UPDATE`;
  const ids = [...companyIds];
  await transaction.$executeRaw`
    INSERT INTO list_entry (list_id, company_id, position, added_at)
    SELECT ${listId}::int, given.id, coalesce((SELECT max(position) FROM list_entry WHERE list_id = ${listId}), 0) + given.place::int, ${now}
      FROM unnest(${ids}::int[]) WITH ORDINALITY AS given (id, place)
    ON CONFLICT DO NOTHING`;
  await transaction.$executeRaw`
    INSERT INTO lead (company_id, list_id, position)
    SELECT company_id, list_id, position FROM list_entry WHERE list_id = ${listId} AND company_id = ANY(${ids}::int[])
    ON CONFLICT (company_id) DO UPDATE SET list_id = excluded.list_id, position = excluded.position WHERE lead.list_id IS NULL`;
}
