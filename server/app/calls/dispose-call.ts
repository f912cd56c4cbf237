import { z } from 'zod';
import { disposeCall as disposeEndpoint, type DispositionCode, type DispositionInput, type Made } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import { outcomeOf } from '../../core/dispositions/catalogue.ts';
import { checkInput } from '../../core/dispositions/check-input.ts';
import { planDisposition } from '../../core/dispositions/plan-disposition.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, invalid, notFound, Refused } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { askCapacity } from './ask-capacity.ts';
import type { Disposing } from './disposing.ts';
import { factsOfCall, inputOf, rulesOf } from './disposition-facts.ts';
import { writePlan } from './write-plan.ts';

/**
 * Gives the rep's ended call its outcome and makes everything that follows, in one transaction. Repeating it answers what was made.
 * @throws Refused 404; 409 `callLive`, `alreadyDisposed`, `overCapacity`; 422 with the field that is missing or does not fit
 */
export async function disposeCall(app: AppContext, actor: Actor, callId: number, body: DispositionInput): Promise<Made> {
  const settings = await app.settings.read();
  return app.unitOfWork.run(async (stores) => {
    const call = await stores.calls.lock(callId);
    if (call?.repId !== actor.id) throw notFound('call');
    if (call.made) return call.made;
    if (call.disposedAt) throw conflict('alreadyDisposed', 'a missed call wants no outcome');
    if (call.state !== 'ended') throw conflict('callLive', 'the call has not ended yet');
    return dispose(stores, { call, actor, body, settings, now: app.clock.now() });
  });
}

/** What of a draft goes with an outcome that nobody typed. */
const draftSchema = z.object({ note: disposeEndpoint.body.shape.note });

/**
 * Gives an ended call the outcome that its own log settles, when nobody has given it one. Where that outcome asks for more than the log
 * knows, it is left to the rep. The caller holds the call's lock.
 */
export async function disposeBySelf(
  stores: Stores,
  call: CallRecord,
  code: DispositionCode,
  moment: { now: Date; settings: Settings },
): Promise<void> {
  if (call.made !== null || call.disposedAt !== null) return;
  const actor = await stores.people.actor(call.repId);
  const note = draftSchema.safeParse(call.draft).data?.note;
  const body = disposeEndpoint.body.parse({ code, note });
  try {
    await dispose(stores, { call, actor, body, ...moment });
  } catch (error) {
    // Refused before anything was written.
    if (!(error instanceof Refused)) throw error;
  }
}

/** The same inside a transaction that holds the lock of the ended call. */
export async function dispose(stores: Stores, disposing: Disposing): Promise<Made> {
  const { call, actor, body, settings, now } = disposing;
  const rules = await rulesOf(stores, settings, { companyId: call.companyId, code: body.code });
  const entry = outcomeOf(body.code, rules.override);
  if (!entry) throw invalid('code', 'switchedOff', 'this outcome is switched off');
  const facts = await factsOfCall(stores, disposing);
  const input = await inputOf(stores, disposing, facts.company.timeZone, rules);
  const fault = checkInput(entry, facts, input);
  if (fault) throw invalid(fault.field, fault.code, `${fault.field}: ${fault.code}`);
  const overCapacity = await askCapacity(stores, disposing, input.promise);
  const plan = planDisposition(facts, input, rules);
  const { made, contactId } = await writePlan(stores, { ...disposing, facts, plan, overCapacity });
  await stores.calls.saveOutcome(call.id, { code: body.code, at: now, contactId, answers: body.answers, note: body.note ?? null, made });
  if (call.leadId !== null) await giveBack(stores, call.leadId, disposing);
  await stores.outbox.announce({ event: 'call:state', audience: { user: actor.id }, payload: await stores.calls.view(call.id) });
  await announceBoardRows(stores, [actor.id]);
  return made;
}

/** The lead goes from the rep's hand to where its facts now put it. */
async function giveBack(stores: Stores, leadId: number, { call, actor, settings, now }: Disposing): Promise<void> {
  const held = await stores.queue.removeClaim(actor.id, leadId);
  await placeLead(stores, { companyId: call.companyId, now, settings });
  if (held)
    await stores.outbox.announce({
      event: 'queue:claim',
      audience: { user: actor.id },
      payload: { leadId: null, companyId: null, why: 'disposed' },
    });
}
