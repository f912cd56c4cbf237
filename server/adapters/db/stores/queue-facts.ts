import { Prisma } from '../generated/client.ts';
import type { Consent } from '../../../core/queue/consent.ts';
import type { LeadFacts } from '../../../core/queue/facts.ts';
import type { Transaction } from '../client.ts';

interface FactsRow {
  leadId: number;
  companyId: number;
  timeZone: string;
  category: 'A' | 'B' | 'C';
  status: 'active' | 'notNow' | 'killed';
  notNowUntil: string | null;
  doNotCall: boolean;
  isCustomer: boolean;
  country: string;
  callFrom: string | null;
  callTo: string | null;
  lunchFrom: string | null;
  lunchTo: string | null;
  hasPhone: boolean;
  consent: Consent;
  repId: number | null;
  listId: number | null;
  listPriority: number | null;
  listActive: boolean | null;
  position: number;
  stagePosition: number | null;
  stageHeat: 'early' | 'hot' | 'won' | null;
  lastContactAt: Date | null;
  startsAt: Date | null;
  promisedAt: Date | null;
  deadlineAt: Date | null;
  askedOutsideHours: boolean | null;
  missedCall: boolean | null;
  retryAt: Date | null;
  lastCallAt: Date | null;
  triesTotal: number;
  triesToday: number;
  triesOn: string | null;
  exhausted: boolean;
  heldBy: number | null;
}

const factsSql = Prisma.sql`
  SELECT l.id AS "leadId", c.id AS "companyId", c.time_zone AS "timeZone", c.category::text AS category, c.status::text AS status,
    to_char(c.not_now_until, 'YYYY-MM-DD') AS "notNowUntil", c.do_not_call AS "doNotCall", c.is_customer AS "isCustomer",
    coalesce(r.country, 'RU') AS country, c.call_from AS "callFrom", c.call_to AS "callTo", c.lunch_from AS "lunchFrom", c.lunch_to AS "lunchTo",
    ph.consents <> '{}' AS "hasPhone",
    CASE WHEN 'given' = ANY (ph.consents) THEN 'given' WHEN 'unknown' = ANY (ph.consents) THEN 'unknown' ELSE 'withdrawn' END AS consent,
    coalesce(p.rep_id, c.owner_id) AS "repId",
    l.list_id AS "listId", li.priority AS "listPriority", li.status = 'active' AS "listActive", l.position,
    d.position AS "stagePosition", d.heat AS "stageHeat", c.last_contact_at AS "lastContactAt",
    p.starts_at AS "startsAt", p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt", p.asked_outside_hours AS "askedOutsideHours",
    p.origin = 'inbound' AS "missedCall",
    l.retry_at AS "retryAt", l.last_call_at AS "lastCallAt", l.tries_total AS "triesTotal", l.tries_today AS "triesToday",
    to_char(l.tries_on, 'YYYY-MM-DD') AS "triesOn", l.exhausted_at IS NOT NULL AS exhausted, k.rep_id AS "heldBy"
  FROM lead l
  JOIN company c ON c.id = l.company_id
  LEFT JOIN region r ON r.id = c.region_id
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(CASE WHEN n.consent = 'unknown' THEN c.consent::text ELSE n.consent::text END), '{}') AS consents
    FROM phone n WHERE n.company_id = c.id AND n.retired_at IS NULL AND NOT n.do_not_call) ph
  LEFT JOIN call_list li ON li.id = l.list_id
  LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
  LEFT JOIN lead_claim k ON k.lead_id = l.id
  LEFT JOIN LATERAL (
    SELECT s.position, s.heat::text AS heat FROM deal x JOIN stage s ON s.id = x.stage_id
    WHERE x.company_id = c.id AND x.status = 'open' ORDER BY s.position DESC LIMIT 1) d ON true`;

function toFacts(row: FactsRow): LeadFacts {
  const {
    listId,
    listPriority,
    listActive,
    stagePosition,
    stageHeat,
    startsAt,
    promisedAt,
    deadlineAt,
    askedOutsideHours,
    missedCall,
    ...same
  } = row;
  return {
    ...same,
    list: listId === null ? null : { id: listId, priority: listPriority ?? 0, active: listActive ?? false },
    stage: stagePosition === null || stageHeat === null ? null : { position: stagePosition, heat: stageHeat },
    promise:
      startsAt && promisedAt && deadlineAt
        ? { startsAt, promisedAt, deadlineAt, askedOutsideHours: askedOutsideHours ?? false, missedCall: missedCall ?? false }
        : null,
  };
}

/** The facts that place leads, in one query whatever their number. */
export async function readFacts(transaction: Transaction, by: 'company' | 'lead', ids: readonly number[]): Promise<LeadFacts[]> {
  if (ids.length === 0) return [];
  const column = by === 'company' ? Prisma.sql`l.company_id` : Prisma.sql`l.id`;
  const rows = await transaction.$queryRaw<FactsRow[]>`${factsSql} WHERE ${column} = ANY(${[...ids]}::int[])`;
  return rows.map(toFacts);
}
