import type { Exclusion, QueueItem } from '../../contract/http/queue.ts';
import { exclusionsOf } from '../../core/queue/eligibility.ts';
import { explainExclusion, fixOf } from '../../core/queue/explain-exclusion.ts';
import type { Tier } from '../../core/queue/tiers.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { repSeenBy } from '../people/rep-seen-by.ts';
import { explainCandidates } from './explain-candidates.ts';
import { lookAtQueue } from './rules.ts';

type PreviewContext = AppContext & { reads: Pick<Reads, 'people'> };

interface PreviewInput {
  repId: number | undefined;
  at: Date | undefined;
  limit: number;
}

/** A rep's queue in order as of an instant; nothing is claimed. A rep sees his own, a lead his team's, a head everybody's. */
export async function previewQueue(
  app: PreviewContext,
  actor: Actor,
  input: PreviewInput,
): Promise<{ at: Date; items: QueueItem[]; depth: Record<Tier, number> }> {
  const rep = await repSeenBy(app, actor, input.repId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  // What is past cannot be called any more; an earlier instant means now.
  const at = input.at && input.at > now ? input.at : now;
  return app.unitOfWork.run(async (stores) => {
    const { question } = await lookAtQueue(stores.queue, settings, rep, at);
    const candidates = await stores.queue.candidates(question, input.limit);
    const reader = { repId: rep.id, timeZone: rep.timeZone, language: actor.locale };
    const explained = await explainCandidates(stores.queue, candidates, reader, at);
    const depth = await stores.queue.depth(question);
    const items = explained.map(({ reason, ...item }) => ({
      ...item,
      promisedAt: reason.promisedAt,
      stage: reason.stage,
      category: reason.category,
      reason: reason.text,
    }));
    return { at, items, depth };
  });
}

/** How far down the place in the queue is looked for. */
const placesLookedAt = 500;

export interface WhyAnswer {
  inQueue: boolean;
  place: number | null;
  tier: Tier | null;
  text: string;
  exclusions: { code: Exclusion; text: string; until: string | null; fix: { fix: string; text: string } }[];
}

/** Why a company is, or is not, in a rep's queue now. */
export async function whyInQueue(
  app: PreviewContext,
  actor: Actor,
  input: { companyId: number; repId: number | undefined },
): Promise<WhyAnswer> {
  const rep = await repSeenBy(app, actor, input.repId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const [facts] = await stores.queue.facts([input.companyId]);
    if (!facts) throw notFound('company');
    const { question, view, rules } = await lookAtQueue(stores.queue, settings, rep, now);
    const exclusions = exclusionsOf(facts, view, rules);
    if (exclusions.length > 0) {
      const told = exclusions.map((exclusion) => ({
        code: exclusion.code,
        text: explainExclusion(exclusion, rep.timeZone, actor.locale),
        until: exclusion.until?.toISOString() ?? null,
        fix: fixOf(exclusion.code, actor.locale),
      }));
      return { inQueue: false, place: null, tier: null, text: told.map((exclusion) => exclusion.text).join('; '), exclusions: told };
    }
    const candidates = await stores.queue.candidates(question, placesLookedAt);
    const index = candidates.findIndex((candidate) => candidate.leadId === facts.leadId);
    const candidate = candidates[index] ?? { leadId: facts.leadId, tier: 'cold' as const };
    const [explained] = await explainCandidates(
      stores.queue,
      [candidate],
      { repId: rep.id, timeZone: rep.timeZone, language: actor.locale },
      now,
    );
    return {
      inQueue: true,
      place: index < 0 ? null : index + 1,
      tier: explained?.tier ?? null,
      text: explained?.reason.text ?? '',
      exclusions: [],
    };
  });
}
