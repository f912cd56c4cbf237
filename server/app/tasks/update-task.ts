import type { TaskChange, TaskView } from '../../contract/http/tasks.ts';
import type { Actor } from '../actor.ts';
import { notFound } from '../problem.ts';
import { maySee } from '../scope.ts';
import { announceTask, checkAssignee, viewOf } from './create-task.ts';
import type { TaskContext } from './list-tasks.ts';

/** Done or open again, to somebody else, to another time. @throws Refused 404 for another's task, 422 `noSuchPerson` */
export async function updateTask(
  app: TaskContext,
  actor: Actor,
  taskId: number,
  { done, dueAt, ...change }: TaskChange,
): Promise<TaskView> {
  const { assigneeId } = change;
  const now = app.clock.now();
  const row = await app.reads.tasks.task(taskId);
  await app.unitOfWork.run(async (stores) => {
    const task = await stores.taskCommands.lock(taskId);
    if (!row || !task || !maySee(actor, { id: task.assigneeId, teamId: task.assigneeTeamId })) throw notFound('task');
    if (assigneeId !== undefined && assigneeId !== task.assigneeId) await checkAssignee(app, actor, assigneeId);
    const due = dueAt === undefined ? undefined : new Date(dueAt);
    const doneAt = done === undefined ? undefined : done ? (task.doneAt ?? now) : null;
    await stores.taskCommands.change(taskId, { ...change, dueAt: due, doneAt });
    if (assigneeId === undefined || assigneeId === task.assigneeId) return;
    await announceTask(stores.outbox, {
      id: taskId,
      title: change.title ?? row.title,
      companyId: row.company?.id ?? null,
      assigneeId,
      dueAt: due ?? new Date(row.dueAt),
    });
    await stores.audit.write({
      userId: actor.id,
      action: 'task.reassign',
      entity: 'task',
      entityId: taskId,
      details: { from: task.assigneeId, to: assigneeId },
    });
  });
  return viewOf(app, actor, taskId);
}
