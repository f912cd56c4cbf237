import type { NewTask, TaskView } from '../../contract/http/tasks.ts';
import type { Actor } from '../actor.ts';
import type { OutboxStore } from '../ports/stores/outbox.ts';
import { invalid, notFound } from '../problem.ts';
import { maySee } from '../scope.ts';
import { readersDay, taskView, type TaskContext } from './list-tasks.ts';

/** Tells the person that something new is his to do. */
export const announceTask = (
  outbox: OutboxStore,
  task: { id: number; title: string; companyId: number | null; assigneeId: number; dueAt: Date },
): Promise<void> =>
  outbox.announce({
    event: 'task:created',
    audience: { user: task.assigneeId },
    payload: { taskId: task.id, title: task.title, companyId: task.companyId, dueAt: task.dueAt.toISOString() },
  });

/** The one who shall do it: himself, or somebody whose work the actor sees. @throws Refused 422 `noSuchPerson` */
export async function checkAssignee(app: TaskContext, actor: Actor, assigneeId: number): Promise<void> {
  const colleague = (await app.reads.people.colleagues(undefined)).find((person) => person.id === assigneeId);
  if (!colleague || !maySee(actor, colleague)) throw invalid('assigneeId', 'noSuchPerson', 'tasks go to yourself or to those you lead');
}

/** Makes a task and tells its assignee. @throws Refused 404 for a company out of the actor's sight, 422 `noSuchPerson` */
export async function createTask(app: TaskContext, actor: Actor, { assigneeId = actor.id, dueAt, ...input }: NewTask): Promise<TaskView> {
  await checkAssignee(app, actor, assigneeId);
  const taskId = await app.unitOfWork.run(async (stores) => {
    if (input.companyId !== undefined && !(await stores.taskCommands.worksOn(actor, input.companyId))) throw notFound('company');
    const { dealId } = input;
    if (dealId !== undefined && !(await stores.taskCommands.dealBelongsTo(dealId, input.companyId))) throw notFound('deal');
    const task = { ...input, assigneeId, createdById: actor.id, dueAt: new Date(dueAt) };
    const created = await stores.taskCommands.create(task);
    await announceTask(stores.outbox, { ...task, id: created, companyId: input.companyId ?? null });
    return created;
  });
  return viewOf(app, actor, taskId);
}

export async function viewOf(app: TaskContext, actor: Actor, taskId: number): Promise<TaskView> {
  const row = await app.reads.tasks.task(taskId);
  if (!row) throw notFound('task');
  return taskView(row, readersDay(app, actor));
}
