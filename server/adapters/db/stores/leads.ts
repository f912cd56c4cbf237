import type { LeadStore } from '../../../app/ports/stores/leads.ts';
import type { Transaction } from '../client.ts';
import { exhaustedIn } from '../reads/leads.ts';

export function leadStore(transaction: Transaction): LeadStore {
  return {
    returnExhausted: async (scope, leadIds) => {
      const rows = await transaction.$queryRaw<{ companyId: number }[]>`
        UPDATE lead SET exhausted_at = NULL, exhausted_reason = NULL, retry_at = NULL, tries_total = 0, tried_morning = 0, tried_afternoon = 0
        FROM company c WHERE c.id = lead.company_id AND lead.id = ANY(${[...leadIds]}::int[]) AND lead.exhausted_at IS NOT NULL
          AND ${exhaustedIn(scope)} RETURNING lead.company_id AS "companyId"`;
      return rows.map((row) => row.companyId);
    },
  };
}

/** Leads given up because no number was left are tried again once there is one. */
export async function reviveWithPhone(transaction: Transaction, companyIds: readonly number[]): Promise<void> {
  await transaction.lead.updateMany({
    where: { companyId: { in: [...companyIds] }, exhaustedReason: 'noPhone' },
    data: { exhaustedAt: null, exhaustedReason: null },
  });
}
