import type { Reason } from '../../contract/http/queue.ts';
import { explainChoice, minutesLate, type Language } from '../../core/queue/explain.ts';
import type { LeadFacts } from '../../core/queue/facts.ts';
import { tierOf, type Tier } from '../../core/queue/tiers.ts';
import type { Candidate, LeadLabels, QueueStore } from '../ports/stores/queue.ts';
import { ruleVersion } from './rules.ts';

export interface ExplainedCandidate {
  leadId: number;
  companyId: number;
  companyName: string;
  timeZone: string;
  tier: Tier;
  reason: Reason;
}

interface Reader {
  repId: number;
  timeZone: string;
  language: Language;
}

function explainOne(facts: LeadFacts, tier: Tier, labels: LeadLabels, reader: Reader, now: Date): ExplainedCandidate {
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
  const leadIds = candidates.map((candidate) => candidate.leadId);
  const facts = await queue.factsOfLeads(leadIds);
  const labels = await queue.labels(leadIds);
  const factsById = new Map(facts.map((found) => [found.leadId, found]));
  const labelsById = new Map(labels.map((found) => [found.leadId, found]));
  return candidates.flatMap(({ leadId }) => {
    const found = factsById.get(leadId);
    const words = labelsById.get(leadId);
    return found && words ? [explainOne(found, tierOf(found, { now, repTimeZone: reader.timeZone }), words, reader, now)] : [];
  });
}
