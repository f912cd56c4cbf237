import type { Scope } from '../../../app/ports/reads/scope.ts';
import type { TaskReads, TaskRow } from '../../../app/ports/reads/tasks.ts';
import type { Prisma } from '../client.ts';

const shape = {
  company: { select: { id: true, name: true } },
  assignee: { select: { id: true, name: true } },
} as const;

const assigneeIn = (scope: Scope): { assigneeId?: number; assignee?: { teamId: number } } => {
  if (scope.kind === 'own') return { assigneeId: scope.userId };
  return scope.kind === 'team' ? { assignee: { teamId: scope.teamId } } : {};
};

type Stored = Awaited<ReturnType<typeof find>>[number];

const find = (prisma: Prisma, args: { where: object; take?: number }) =>
  prisma.task.findMany({ ...args, include: shape, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] });

async function viewsOf(prisma: Prisma, tasks: Stored[]): Promise<TaskRow[]> {
  const makerIds = [...new Set(tasks.map((task) => task.createdById).filter((id) => id !== null))];
  const makers = await prisma.user.findMany({ where: { id: { in: makerIds } }, select: { id: true, name: true } });
  return tasks.map((task) => ({
    id: task.id,
    kind: task.kind,
    title: task.title,
    company: task.company,
    dealId: task.dealId,
    callId: task.callId,
    assignee: task.assignee,
    createdBy: makers.find((maker) => maker.id === task.createdById) ?? null,
    dueAt: task.dueAt.toISOString(),
    doneAt: task.doneAt?.toISOString() ?? null,
  }));
}

export function taskReads(prisma: Prisma): TaskReads {
  return {
    tasks: async ({ scope, done, assigneeId, companyId, dueFrom, dueUntil, after, limit }) => {
      const where = {
        AND: [
          assigneeIn(scope),
          assigneeId === undefined ? {} : { assigneeId },
          { companyId, doneAt: done ? { not: null } : null, dueAt: { gte: dueFrom, lt: dueUntil } },
          after ? { OR: [{ dueAt: { gt: after.dueAt } }, { dueAt: after.dueAt, id: { gt: after.id } }] } : {},
        ],
      };
      return viewsOf(prisma, await find(prisma, { where, take: limit + 1 }));
    },
    counts: async (scope, now, endOfDay) => {
      const count = (dueAt: object): Promise<number> => prisma.task.count({ where: { ...assigneeIn(scope), doneAt: null, dueAt } });
      const [overdue, today, later] = await Promise.all([count({ lt: now }), count({ gte: now, lt: endOfDay }), count({ gte: endOfDay })]);
      return { overdue, today, later };
    },
    task: async (taskId) => (await viewsOf(prisma, await find(prisma, { where: { id: taskId } })))[0] ?? null,
  };
}
