import { exclusionsOf } from '../../core/queue/eligibility.ts';
import { explainExclusion } from '../../core/queue/explain-exclusion.ts';
import { tierOf } from '../../core/queue/tiers.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, notFound } from '../problem.ts';
import { explainCandidates } from '../queue/explain-candidates.ts';
import { lookAtQueue } from '../queue/rules.ts';
import { holdLead } from './hold-lead.ts';

/**
 * Holds the lead of a missed call for its rep at once, out of the queue's order; he sees the card and dials.
 * @throws Refused 404; 409 `callLive`, `outcomeMissing`, `notCallableNow` with the reasons in his language
 */
export async function callBackMissed(app: AppContext, actor: Actor, callId: number): Promise<{ leadId: number; companyId: number }> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    await stores.queue.lockRep(actor.id);
    const call = await stores.calls.lock(callId);
    const isMissed = call?.direction === 'inbound' && call.state === 'ended' && call.answeredAt === null;
    if (!isMissed || call.leadId === null || call.repId !== actor.id) throw notFound('call');
    const wanted = { leadId: call.leadId, companyId: call.companyId, now, settings };
    const tier = await checkOwed(stores, actor, wanted);
    const held = await holdLead(stores, actor, wanted);
    if (held.kind === 'open') throw held.refusal;
    const [explained] = await explainCandidates(
      stores.queue,
      [{ leadId: call.leadId, tier }],
      { repId: actor.id, timeZone: actor.timeZone, language: actor.locale },
      now,
    );
    if (!explained) throw new Error(`lead ${call.leadId} has no facts`);
    await stores.queue.setReason(call.leadId, explained.reason);
    await announceBoardRows(stores, [actor.id]);
    return { leadId: call.leadId, companyId: call.companyId };
  });
}

async function checkOwed(stores: Stores, actor: Actor, { companyId, now, settings }: { companyId: number; now: Date; settings: Settings }) {
  const [facts] = await stores.queue.facts([companyId]);
  if (!facts) throw notFound('call');
  const { view, rules } = await lookAtQueue(stores.queue, settings, actor, now);
  const free = facts.heldBy === actor.id ? { ...facts, heldBy: null } : facts;
  const exclusions = exclusionsOf(free, view, rules);
  if (exclusions.length > 0)
    throw conflict('notCallableNow', exclusions.map((exclusion) => explainExclusion(exclusion, actor.timeZone, actor.locale)).join('; '));
  return tierOf(facts, view);
}
