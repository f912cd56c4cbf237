import type { Reason } from '../../contract/http/queue.ts';
import { explainChoice, minutesLate, type Language } from '../../core/queue/explain.ts';
import { tierOf, type Tier } from '../../core/queue/tiers.ts';
import type { Candidate, OrderedLead, QueueStore } from '../ports/stores/queue.ts';
import { ruleVersion } from './rules.ts';

export interface ExplainedCandidate {
  leadId: number;
  companyId: number;
  companyName: string;
  timeZone: string;
  tier: Tier;
  reason: Reason;
}

export interface Reader {
  repId: number;
  timeZone: string;
  language: Language;
}

/** Why a lead of that tier is called, in the reader's words. */
export function explainLead({ facts, labels }: OrderedLead, tier: Tier, reader: Reader, now: Date): ExplainedCandidate {
  const takenOverFrom = facts.repId !== null && facts.repId !== reader.repId ? labels.ownerName : null;
  const text = explainChoice({
    facts,
    tier,
    stageName: labels.stageName,
    listName: labels.listName,
    takenOverFrom,
    now,
    timeZone: reader.timeZone,
    language: reader.language,
  });
  return {
    leadId: facts.leadId,
    companyId: facts.companyId,
    companyName: labels.companyName,
    timeZone: facts.timeZone,
    tier,
    reason: {
      tier,
      text,
      minutesLate: minutesLate(facts, now),
      promisedAt: facts.promise?.promisedAt.toISOString() ?? null,
      stage: labels.stageName,
      category: facts.category,
      lastContactAt: facts.lastContactAt?.toISOString() ?? null,
      tries: facts.triesTotal,
      listName: labels.listName,
      takenOverFrom,
      skipped: [],
      runnerUp: null,
      ruleVersion,
    },
  };
}

/** The candidates in their order, each with its rule and values in the reader's words. */
export async function explainCandidates(
  queue: QueueStore,
  candidates: readonly Candidate[],
  reader: Reader,
  now: Date,
): Promise<ExplainedCandidate[]> {
  const seen = await queue.seen(candidates.map((candidate) => candidate.leadId));
  const byId = new Map(seen.map((lead) => [lead.facts.leadId, lead]));
  return candidates.flatMap(({ leadId }) => {
    const lead = byId.get(leadId);
    return lead ? [explainLead(lead, tierOf(lead.facts, { now, repTimeZone: reader.timeZone }), reader, now)] : [];
  });
}
