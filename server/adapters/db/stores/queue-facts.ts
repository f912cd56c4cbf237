import type { LeadLabels, SeenLead } from '../../../app/ports/stores/queue.ts';
import type { Consent } from '../../../core/queue/consent.ts';
import type { LeadFacts } from '../../../core/queue/facts.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';

/** A row of the view `lead_facts`. */
export interface FactsRow extends LeadLabels {
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

/** The columns of the view `lead_facts` by their names here, from an alias `f` of it. */
const factsColumns = Prisma.sql`
  f.lead_id AS "leadId", f.company_id AS "companyId", f.time_zone AS "timeZone", f.category, f.status,
  f.not_now_until AS "notNowUntil", f.do_not_call AS "doNotCall", f.is_customer AS "isCustomer", f.country,
  f.call_from AS "callFrom", f.call_to AS "callTo", f.lunch_from AS "lunchFrom", f.lunch_to AS "lunchTo",
  f.has_phone AS "hasPhone", f.consent, f.rep_id AS "repId", f.list_id AS "listId", f.list_priority AS "listPriority",
  f.list_active AS "listActive", f.position, f.stage_position AS "stagePosition", f.stage_heat AS "stageHeat",
  f.last_contact_at AS "lastContactAt", f.starts_at AS "startsAt", f.promised_at AS "promisedAt", f.deadline_at AS "deadlineAt",
  f.asked_outside_hours AS "askedOutsideHours", f.missed_call AS "missedCall", f.retry_at AS "retryAt", f.last_call_at AS "lastCallAt",
  f.tries_total AS "triesTotal", f.tries_today AS "triesToday", f.tries_on AS "triesOn", f.exhausted, f.held_by AS "heldBy",
  f.company_name AS "companyName", f.stage_name AS "stageName", f.list_name AS "listName", f.owner_name AS "ownerName"`;

function toFacts(row: FactsRow): LeadFacts {
  return {
    leadId: row.leadId,
    companyId: row.companyId,
    timeZone: row.timeZone,
    category: row.category,
    status: row.status,
    notNowUntil: row.notNowUntil,
    doNotCall: row.doNotCall,
    isCustomer: row.isCustomer,
    country: row.country,
    callFrom: row.callFrom,
    callTo: row.callTo,
    lunchFrom: row.lunchFrom,
    lunchTo: row.lunchTo,
    hasPhone: row.hasPhone,
    consent: row.consent,
    repId: row.repId,
    list: row.listId === null ? null : { id: row.listId, priority: row.listPriority ?? 0, active: row.listActive ?? false },
    position: row.position,
    stage: row.stagePosition === null || row.stageHeat === null ? null : { position: row.stagePosition, heat: row.stageHeat },
    lastContactAt: row.lastContactAt,
    promise: promiseOf(row),
    retryAt: row.retryAt,
    lastCallAt: row.lastCallAt,
    triesTotal: row.triesTotal,
    triesToday: row.triesToday,
    triesOn: row.triesOn,
    exhausted: row.exhausted,
    heldBy: row.heldBy,
  };
}

export function promiseOf({
  startsAt,
  promisedAt,
  deadlineAt,
  askedOutsideHours,
  missedCall,
}: Pick<FactsRow, 'startsAt' | 'promisedAt' | 'deadlineAt' | 'askedOutsideHours' | 'missedCall'>): LeadFacts['promise'] {
  if (!startsAt || !promisedAt || !deadlineAt) return null;
  return { startsAt, promisedAt, deadlineAt, askedOutsideHours: askedOutsideHours ?? false, missedCall: missedCall ?? false };
}

/** A row with the facts apart from the words. */
export const toSeenLead = (row: FactsRow): SeenLead => ({
  facts: toFacts(row),
  labels: { companyName: row.companyName, stageName: row.stageName, listName: row.listName, ownerName: row.ownerName },
});

/** Leads with their facts and words, as rows of `FactsRow`, in one query whatever their number. */
export const factsSql = (by: 'company' | 'lead', ids: readonly number[]): Prisma.Sql => Prisma.sql`
  SELECT ${factsColumns} FROM lead_facts f WHERE ${by === 'company' ? Prisma.sql`f.company_id` : Prisma.sql`f.lead_id`} = ANY(${[...ids]}::int[])`;

/** The same, read. */
export async function readLeads(transaction: Transaction, by: 'company' | 'lead', ids: readonly number[]): Promise<SeenLead[]> {
  if (ids.length === 0) return [];
  return (await transaction.$queryRaw<FactsRow[]>(factsSql(by, ids))).map(toSeenLead);
}

/** The facts that place leads. */
export const readFacts = async (transaction: Transaction, by: 'company' | 'lead', ids: readonly number[]): Promise<LeadFacts[]> =>
  (await readLeads(transaction, by, ids)).map(({ facts }) => facts);
