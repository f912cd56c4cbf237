import type { ExhaustedFacts, LeadStore } from '../../../app/ports/stores/leads.ts';
import type { Transaction } from '../client.ts';
import { exhaustedIn } from '../reads/leads.ts';

export function leadStore(transaction: Transaction): LeadStore {
  return {
    lockExhausted: (scope, leadIds) => transaction.$queryRaw<ExhaustedFacts[]>`
      SELECT l.id AS "leadId", c.id AS "companyId",
        EXISTS (SELECT FROM phone n WHERE n.company_id = c.id AND n.retired_at IS NULL AND NOT n.do_not_call) AS "hasPhone"
      FROM lead l JOIN company c ON c.id = l.company_id
      WHERE l.id = ANY(${[...leadIds]}::int[]) AND l.exhausted_at IS NOT NULL AND ${exhaustedIn(scope)}
      ORDER BY l.id FOR NO KEY UPDATE OF l`,
    tryAnew: async (leadIds) => {
      await transaction.lead.updateMany({
        where: { id: { in: [...leadIds] } },
        data: { exhaustedAt: null, exhaustedReason: null, retryAt: null, triesTotal: 0, triedMorning: 0, triedAfternoon: 0 },
      });
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
