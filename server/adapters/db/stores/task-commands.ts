import type { TaskCommandStore } from '../../../app/ports/stores/task-commands.ts';
import type { Transaction } from '../client.ts';

export function taskCommandStore(transaction: Transaction): TaskCommandStore {
  return {
    lock: async (taskId) => {
      await transaction.$queryRaw`SELECT id FROM task WHERE id = ${taskId} FOR UPDATE`;
      const task = await transaction.task.findUnique({ where: { id: taskId }, include: { assignee: { select: { teamId: true } } } });
      if (!task) return null;
      const { id, assigneeId, createdById, doneAt } = task;
      return { id, assigneeId, assigneeTeamId: task.assignee.teamId, createdById, doneAt };
    },
    create: async (task) => (await transaction.task.create({ data: task, select: { id: true } })).id,
    change: async (taskId, change) => {
      await transaction.task.update({ where: { id: taskId }, data: change });
    },
  };
}
