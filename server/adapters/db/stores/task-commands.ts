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
    worksOn: async (actor, companyId) => {
      if (actor.role === 'head' || actor.role === 'admin') return (await transaction.company.count({ where: { id: companyId } })) > 0;
      const teamId = actor.role === 'lead' ? actor.teamId : null;
      const [seen] = await transaction.$queryRaw<{ works: boolean }[]>`
        SELECT EXISTS (SELECT FROM app_user u WHERE (u.id = ${actor.id} OR u.team_id = ${teamId}::int) AND (
          EXISTS (SELECT FROM company c WHERE c.id = ${companyId} AND c.owner_id = u.id)
          OR EXISTS (SELECT FROM call WHERE call.company_id = ${companyId} AND call.rep_id = u.id)
          OR EXISTS (SELECT FROM promise p WHERE p.company_id = ${companyId} AND p.rep_id = u.id AND p.status = 'open')
          OR EXISTS (SELECT FROM task t WHERE t.company_id = ${companyId} AND t.assignee_id = u.id AND t.done_at IS NULL)
          OR EXISTS (SELECT FROM deal d WHERE d.company_id = ${companyId} AND d.owner_id = u.id)
          OR EXISTS (SELECT FROM lead_claim k JOIN lead l ON l.id = k.lead_id WHERE l.company_id = ${companyId} AND k.rep_id = u.id))) AS works`;
      return seen?.works === true;
    },
    dealBelongsTo: async (dealId, companyId) =>
      companyId !== undefined && (await transaction.deal.count({ where: { id: dealId, companyId } })) > 0,
    create: async (task) => (await transaction.task.create({ data: task, select: { id: true } })).id,
    change: async (taskId, change) => {
      await transaction.task.update({ where: { id: taskId }, data: change });
    },
  };
}
