import type { LeadLabels, OrderedLead } from '../../../app/ports/stores/queue.ts';
import type { OrderFacts } from '../../../core/queue/facts.ts';
import { promiseOf } from './queue-facts.ts';

/** The value `lead` of the view `lead_order`; instants as texts. */
export interface OrderRow extends Omit<OrderFacts, 'list' | 'stage' | 'lastContactAt' | 'promise'>, LeadLabels {
  listPriority: number | null;
  stagePosition: number | null;
  stageHeat: 'early' | 'hot' | 'won' | null;
  lastContactAt: string | null;
  startsAt: string | null;
  promisedAt: string | null;
  deadlineAt: string | null;
  askedOutsideHours: boolean | null;
  missedCall: boolean | null;
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** A row with the facts apart from the words. */
export const toOrderedLead = (row: OrderRow): OrderedLead => ({
  facts: {
    leadId: row.leadId,
    companyId: row.companyId,
    timeZone: row.timeZone,
    category: row.category,
    isCustomer: row.isCustomer,
    repId: row.repId,
    list: row.listPriority === null ? null : { priority: row.listPriority },
    position: row.position,
    stage: row.stagePosition === null || row.stageHeat === null ? null : { position: row.stagePosition, heat: row.stageHeat },
    lastContactAt: instant(row.lastContactAt),
    promise: promiseOf({
      startsAt: instant(row.startsAt),
      promisedAt: instant(row.promisedAt),
      deadlineAt: instant(row.deadlineAt),
      askedOutsideHours: row.askedOutsideHours,
      missedCall: row.missedCall,
    }),
    triesTotal: row.triesTotal,
  },
  labels: { companyName: row.companyName, stageName: row.stageName, listName: row.listName, ownerName: row.ownerName },
});
