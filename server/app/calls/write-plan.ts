import type { Made } from '../../contract/http/calls.ts';
import { recordAttempt, recordWin } from '../kpi/count.ts';
import type { NewWin } from '../ports/stores/attempts.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Disposing, Writing } from './disposing.ts';
import { writeCompany, writeRetiredPhone } from './write-company.ts';
import { writeHandoff, writeTask } from './write-tasks.ts';

/** Writes everything that a plan says; answers it as told to the rep, and the person talked to. */
export async function writePlan(stores: Stores, writing: Writing): Promise<{ made: Made; contactId: number | null }> {
  const { plan } = writing;
  const { contactId, wins: contactWins } = await writeContact(stores, writing);
  const { dealId, wins: dealWins } = await writeDeal(stores, writing);
  await writeAttempts(stores, writing, dealId);
  const promise = await writePromise(stores, writing, contactId);
  const meeting = await writeMeeting(stores, writing, { dealId, contactId });
  const handoff = await writeHandoff(stores, writing, dealId);
  const task = await writeTask(stores, writing, { dealId, sellerId: handoff?.seller.id ?? null });
  const phones = await writeRetiredPhone(stores, writing);
  await writeCompany(stores, writing);
  const made: Made = {
    attempts: plan.attempts.map(({ kind, yes }) => ({ kind, yes })),
    deal: dealId === null ? null : await stores.deals.view(dealId),
    task,
    promise,
    meeting,
    handoff,
    retryAt: plan.retry?.readyAt.toISOString() ?? null,
    ...phones,
    notNowUntil: plan.notNowUntil,
    killed: plan.kill,
    exhausted: plan.retry !== null && plan.retry.exhausted !== null,
    wins: [...contactWins, ...dealWins],
  };
  return { made, contactId };
}

async function writeAttempts(stores: Stores, { call, plan, now }: Writing, dealId: number | null): Promise<void> {
  for (const { kind, yes } of plan.attempts) {
    // A lost deal is one attempt to close whatever call ended it.
    const about = { callId: call.id, dealId: kind === 'close' ? dealId : null, meetingId: null };
    await recordAttempt(stores, { ...dimensions(call), kind, yes, at: now, companyId: call.companyId, ...about });
  }
}

/** Attempts and wins of a call count on the call's own day, so that a figure and its records never part. */
const dimensions = ({ repId, teamId, listId, channelId, sourceId, day, hour }: Disposing['call']) => ({
  repId,
  teamId,
  listId,
  channelId,
  sourceId,
  day,
  hour,
});

async function win(stores: Stores, { call, now }: Writing, what: Pick<NewWin, 'kind' | 'key' | 'dealId'>): Promise<NewWin['kind'][]> {
  const isNew = await recordWin(stores, { ...dimensions(call), ...what, at: now, companyId: call.companyId, callId: call.id });
  return isNew ? [what.kind] : [];
}

async function writeContact(stores: Stores, writing: Writing): Promise<{ contactId: number | null; wins: NewWin['kind'][] }> {
  const { call, body, plan } = writing;
  const { newContact } = body;
  const role = plan.newDecisionMaker ? 'decisionMaker' : (newContact?.role ?? 'unknown');
  const contactId = newContact
    ? await stores.calledCompany.addContact(call.companyId, { name: newContact.name, position: newContact.position ?? null, role })
    : (body.contactId ?? call.contactId);
  if (contactId === null || !plan.newDecisionMaker) return { contactId, wins: [] };
  await stores.calledCompany.makeDecisionMaker(contactId);
  return {
    contactId,
    wins: await win(stores, writing, { kind: 'newDecisionMaker', key: `newDecisionMaker:contact ${contactId}`, dealId: null }),
  };
}

async function writeDeal(stores: Stores, writing: Writing): Promise<{ dealId: number | null; wins: NewWin['kind'][] }> {
  const { call, plan, facts, now } = writing;
  const step = plan.deal;
  const by = { at: now, userId: call.repId, callId: call.id };
  switch (step?.kind) {
    case undefined:
      return { dealId: facts.deal?.id ?? null, wins: [] };
    case 'lose':
      await stores.deals.lose(step.dealId, step.reason, now);
      return { dealId: step.dealId, wins: [] };
    case 'open': {
      const dealId = await stores.deals.open({
        companyId: call.companyId,
        ownerId: call.repId,
        title: facts.company.name,
        position: step.to,
        ...by,
      });
      return { dealId, wins: await win(stores, writing, { kind: 'stageUp', key: `stageUp:deal ${dealId}:${step.to}`, dealId }) };
    }
    case 'move':
      await stores.deals.move({ dealId: step.dealId, from: step.from, to: step.to, ...by });
      return {
        dealId: step.dealId,
        wins: await win(stores, writing, { kind: 'stageUp', key: `stageUp:deal ${step.dealId}:${step.to}`, dealId: step.dealId }),
      };
    default:
      return step satisfies never;
  }
}

async function writePromise(
  stores: Stores,
  { call, body, plan, facts, actor, now, overCapacity }: Writing,
  contactId: number | null,
): Promise<Made['promise']> {
  const old = facts.openPromise;
  const closed = { fulfil: 'fulfilled', move: 'moved', withdraw: 'withdrawn' } as const;
  if (old && plan.openPromise !== 'keep' && plan.openPromise !== 'none') {
    await stores.promises.close(old.id, { status: closed[plan.openPromise], at: now, callId: call.id });
    if (plan.openPromise === 'withdraw')
      await stores.promises.record(old.id, { kind: 'withdrawn', at: now, byUserId: actor.id, reason: body.code, callId: call.id });
  }
  if (!plan.promise) return null;
  const about = {
    companyId: call.companyId,
    contactId,
    repId: actor.id,
    madeInCallId: call.id,
    overCapacity,
    note: body.note ?? null,
    createdAt: now,
  };
  const promise = await stores.promises.create({ ...plan.promise, ...about });
  if (old && plan.openPromise === 'move')
    await stores.promises.saveMovedTo(old.id, { promiseId: promise.id, byUserId: actor.id, reason: body.code, at: now, callId: call.id });
  return promise;
}

async function writeMeeting(
  stores: Stores,
  { call, body, plan, facts, actor }: Writing,
  talk: { dealId: number | null; contactId: number | null },
): Promise<Made['meeting']> {
  if (!plan.meeting) return null;
  const { startsAt } = plan.meeting;
  const about = {
    companyId: call.companyId,
    ownerId: actor.id,
    callId: call.id,
    timeZone: facts.company.timeZone,
    place: body.meeting?.place ?? null,
  };
  const id = await stores.deals.createMeeting({
    ...about,
    dealId: talk.dealId,
    contactId: body.meeting?.contactId ?? talk.contactId,
    startsAt,
  });
  return { id, startsAt: startsAt.toISOString() };
}
