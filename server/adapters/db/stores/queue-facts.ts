import { Prisma } from '../generated/client.ts';
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
  hasPhone: boolean;
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
  triesTotal: number;
  triesToday: number;
  triesOn: string | null;
  exhausted: boolean;
  heldBy: number | null;
}

const factsSql = Prisma.sql`
  SELECT l.id AS "leadId", c.id AS "companyId", c.time_zone AS "timeZone", c.category::text AS category, c.status::text AS status,
    to_char(c.not_now_until, 'YYYY-MM-DD') AS "notNowUntil", c.do_not_call AS "doNotCall", c.is_customer AS "isCustomer",
    EXISTS (SELECT FROM phone ph WHERE ph.company_id = c.id AND ph.retired_at IS NULL) AS "hasPhone",
    coalesce(p.rep_id, c.owner_id) AS "repId",
    l.list_id AS "listId", li.priority AS "listPriority", li.status = 'active' AS "listActive", l.position,
    d.position AS "stagePosition", d.heat AS "stageHeat", c.last_contact_at AS "lastContactAt",
    p.starts_at AS "startsAt", p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt", p.asked_outside_hours AS "askedOutsideHours",
    p.origin = 'inbound' AS "missedCall",
    l.retry_at AS "retryAt", l.tries_total AS "triesTotal", l.tries_today AS "triesToday",
    to_char(l.tries_on, 'YYYY-MM-DD') AS "triesOn", l.exhausted_at IS NOT NULL AS exhausted, k.rep_id AS "heldBy"
  FROM lead l
  JOIN company c ON c.id = l.company_id
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
