import type { InboundStore } from '../../../app/ports/stores/inbound.ts';
import type { Transaction } from '../client.ts';

/** Leads of companies that call. The lead's own row is the lock, as for claiming and placing. */
export function inboundClaims(transaction: Transaction): Pick<InboundStore, 'lockLead' | 'wake' | 'takeClaim' | 'holderOf'> {
  return {
    lockLead: async (companyId) => {
      await transaction.$executeRaw`INSERT INTO lead (company_id) VALUES (${companyId}) ON CONFLICT (company_id) DO NOTHING`;
      const rows = await transaction.$queryRaw<{ id: number }[]>`SELECT id FROM lead WHERE company_id = ${companyId} FOR NO KEY UPDATE`;
      const [lead] = rows;
      if (!lead) throw new Error(`company ${companyId} has no lead`);
      return lead.id;
    },
    wake: async (companyId) => {
      await transaction.lead.updateMany({
        where: { companyId },
        data: { retryAt: null, exhaustedAt: null, exhaustedReason: null, triesToday: 0, triesTotal: 0, triedMorning: 0, triedAfternoon: 0 },
      });
      await transaction.company.updateMany({
        where: { id: companyId, status: 'notNow' },
        data: { status: 'active', notNowUntil: null, statusReason: null },
      });
    },
    takeClaim: async (leadId, repId, now, leaseUntil) => {
      // Where it stood in the queue is kept like with any claim; one that stood nowhere is placed anew when it is given back.
      await transaction.$executeRaw`
        WITH stood AS (DELETE FROM lead_queue WHERE lead_id = ${leadId} RETURNING *)
        INSERT INTO lead_claim (lead_id, rep_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason)
        SELECT ${leadId}, ${repId}, ${now}::timestamptz, ${leaseUntil}::timestamptz, coalesce(s.pool, ${-repId}::int), coalesce(s.zone, 0::smallint),
          coalesce(s.rank, 0::smallint), coalesce(s.sort_key, 0), coalesce(s.ready_at, ${now}::timestamptz), '{}'
        FROM (SELECT 1) one LEFT JOIN stood s ON true
        ON CONFLICT (lead_id) DO UPDATE SET lease_until = excluded.lease_until WHERE lead_claim.rep_id = excluded.rep_id`;
    },
    holderOf: async (leadId) => (await transaction.leadClaim.findUnique({ where: { leadId }, select: { repId: true } }))?.repId ?? null,
  };
}
