import { countFromLedger } from '../../server/adapters/db/stores/kpi-ledger.ts';

/**
 * What the promises of the history count by, for whose they are now: a dialled one in the hour of the dial, one that nobody dialled on
 * the day of its deadline.
 */
const judgePromises = `
UPDATE promise SET counted_rep_id = promise.rep_id, day = (counted_at AT TIME ZONE rep.time_zone)::date,
  hour = extract(hour FROM counted_at AT TIME ZONE rep.time_zone)::int, team_id = rep.team_id,
  list_id = (SELECT list_id FROM lead WHERE lead.company_id = promise.company_id), channel_id = company.channel_id, source_id = company.source_id
FROM app_user AS rep, company, promise AS same
CROSS JOIN LATERAL (SELECT CASE WHEN same.outcome = 'broken' THEN same.deadline_at ELSE same.dialled_at END AS counted_at) AS moment
WHERE same.id = promise.id AND rep.id = promise.rep_id AND company.id = promise.company_id AND promise.outcome <> 'pending'`;

/** Counts the history as the product itself would count it anew. */
export async function countHistory(client: { query: (sql: string, values?: unknown[]) => Promise<unknown> }): Promise<void> {
  await client.query(judgePromises);
  await client.query(countFromLedger.text, countFromLedger.values);
}
