import type { Made } from '../../contract/http/calls.ts';
import type { PlannedTask } from '../../core/dispositions/plan.ts';
import { chooseAssignee } from '../../core/tasks/choose-assignee.ts';
import { titleOf } from '../../core/tasks/title.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';
import type { Writing } from './disposing.ts';

/** Opens the handoff to the seller named, else to the one with the least load. @throws Refused 409 `noSeller` */
export async function writeHandoff(stores: Stores, { call, body, plan, now }: Writing, dealId: number | null): Promise<Made['handoff']> {
  if (!plan.handOver) return null;
  if (dealId === null) throw new Error(`call ${call.id} hands over without a deal`);
  const sellerId = body.sellerId ?? chooseAssignee(await stores.tasks.sellers(call.repId, call.day));
  if (sellerId === null) throw conflict('noSeller', 'no seller is here to take the prospect over');
  const id = await stores.deals.createHandoff({
    companyId: call.companyId,
    dealId,
    fromRepId: call.repId,
    sellerId,
    callId: call.id,
    note: body.note ?? null,
    at: now,
  });
  return { id, seller: await stores.tasks.person(sellerId) };
}

/** Creates the planned task for the right person and tells him. */
export async function writeTask(
  stores: Stores,
  writing: Writing,
  about: { dealId: number | null; sellerId: number | null },
): Promise<Made['task']> {
  const { call, plan, facts } = writing;
  if (!plan.task) return null;
  const { kind, dueAt } = plan.task;
  const assigneeId = await assigneeOf(stores, writing, plan.task, about.sellerId);
  const title = titleOf(kind, facts.company.name, await stores.tasks.languageOf(assigneeId));
  const taskId = await stores.tasks.create({
    kind,
    title,
    companyId: call.companyId,
    dealId: about.dealId,
    callId: call.id,
    assigneeId,
    createdById: call.repId,
    dueAt,
  });
  const told = { taskId, title, companyId: call.companyId, dueAt: dueAt.toISOString() };
  await stores.outbox.announce({ event: 'task:created', audience: { user: assigneeId }, payload: told });
  return { id: taskId, title, assignee: await stores.tasks.person(assigneeId), dueAt: dueAt.toISOString() };
}

/** An offer is sent by a seller or by the rep himself, whoever has the least to do. */
async function assigneeOf(stores: Stores, { call }: Writing, task: PlannedTask, sellerId: number | null): Promise<number> {
  switch (task.to) {
    case 'rep':
      return call.repId;
    case 'seller':
      return sellerId ?? call.repId;
    case 'leastLoaded': {
      const candidates = [await stores.tasks.loadOf(call.repId), ...(await stores.tasks.sellers(call.repId, call.day))];
      return chooseAssignee(candidates) ?? call.repId;
    }
    default:
      return task.to satisfies never;
  }
}
