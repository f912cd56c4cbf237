import type { Made } from '../../contract/http/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { reachedDay, type Writing } from './disposing.ts';

/** The number that led nowhere is retired; answers it and the next one of the company. */
export async function writeRetiredPhone(stores: Stores, { call, plan, now }: Writing): Promise<Pick<Made, 'retiredPhone' | 'nextPhone'>> {
  if (!plan.retirePhone || call.phoneId === null) return { retiredPhone: null, nextPhone: null };
  await stores.calledCompany.retirePhone(call.phoneId, now, plan.retirePhone);
  const [next] = await stores.calledCompany.otherPhones(call.companyId, call.phoneId);
  return { retiredPhone: call.phoneE164, nextPhone: next?.e164 ?? null };
}

/** What the outcome changes at the company and its lead. */
export async function writeCompany(stores: Stores, writing: Writing): Promise<void> {
  const { call, body, plan, now } = writing;
  const company = stores.calledCompany;
  if (plan.talked)
    await company.saveContacted(call.companyId, {
      at: call.answeredAt ?? call.intentAt,
      reachedOn: plan.withDecisionMaker ? reachedDay(writing) : null,
    });
  if (plan.resetTries) await company.resetTries(call.companyId);
  const reason = plan.retry?.exhausted ?? null;
  await company.saveRetry(call.companyId, { readyAt: plan.retry?.readyAt ?? null, exhausted: reason && { at: now, reason } });
  if (plan.notNowUntil !== null) await company.rest(call.companyId, plan.notNowUntil, plan.statusReason);
  if (plan.backToWork) await company.activate(call.companyId);
  if (plan.kill) await company.kill(call.companyId, plan.statusReason);
  if (body.note) await company.addNote({ companyId: call.companyId, authorId: call.repId, callId: call.id, text: body.note, at: now });
}
