import type { HandoffView } from '../../contract/http/handoffs.ts';
import type { Actor } from '../actor.ts';
import { invalid } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { announceTask } from '../tasks/create-task.ts';
import { lockOwn, viewAfter } from './decide.ts';
import type { HandoffContext } from './list-handoffs.ts';

/** What a returned prospect is called on the rep's list of tasks, in his language. */
const taskTitle = {
  ru: (reason: string) => `Передача вернулась: ${reason}`,
  en: (reason: string) => `Handoff came back: ${reason}`,
} as const;

/**
 * Gives the prospect back with a reason from the list; the rep gets a task for it.
 * @throws Refused 404, 409 `alreadyDecided`, 422 `noSuchReason`
 */
export async function returnHandoff(
  app: HandoffContext,
  actor: Actor,
  handoffId: number,
  { reason, note }: { reason: string; note?: string | undefined },
): Promise<HandoffView> {
  const settings = await app.settings.read();
  if (!settings.handoffs.returnReasons.includes(reason)) throw invalid('reason', 'noSuchReason', 'choose one of the reasons in the list');
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const handoff = await lockOwn(stores, actor, handoffId);
    const { companyId, dealId, fromRepId } = handoff;
    await stores.handoffs.decide(handoffId, { status: 'returned', returnReason: reason, at: now });
    if (note) await stores.handoffs.noteOn(companyId, actor.id, note, now);
    await stores.handoffs.giveBack(handoff);
    await stores.handoffs.closeAcceptTask(handoff, now);
    const task = {
      kind: 'other' as const,
      title: taskTitle[actor.locale](reason),
      companyId,
      dealId,
      assigneeId: fromRepId,
      createdById: actor.id,
      dueAt: now,
    };
    const taskId = await stores.taskCommands.create(task);
    await announceTask(stores.outbox, { ...task, id: taskId });
    await placeLead(stores, { companyId, now, settings });
    await stores.audit.write({ userId: actor.id, action: 'handoff.return', entity: 'handoff', entityId: handoffId });
  });
  return viewAfter(app, actor, handoffId);
}
