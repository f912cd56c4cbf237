import type { TaskStore } from '../../../app/ports/stores/tasks.ts';
import type { Candidate } from '../../../core/tasks/choose-assignee.ts';
import { isAbsentOn } from '../absence.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { dateOfDay } from '../days.ts';

export function taskStore(transaction: Transaction): TaskStore {
  return {
    create: async (task) => {
      const { id } = await transaction.task.create({ data: task });
      return id;
    },
    sellers: async (repId, day) => {
      const sellers = await transaction.$queryRaw<(Candidate & { sameTeam: boolean })[]>`
        SELECT u.id AS "userId", (SELECT count(*)::int FROM task t WHERE t.assignee_id = u.id AND t.done_at IS NULL) AS "openTasks",
          u.team_id IS NOT DISTINCT FROM (SELECT team_id FROM app_user WHERE id = ${repId}) AS "sameTeam"
        FROM app_user u
        WHERE u.role = 'seller' AND u.disabled_at IS NULL
          AND NOT ${isAbsentOn('u', Prisma.sql`${dateOfDay(day)}::date`)}`;
      const own = sellers.filter((seller) => seller.sameTeam);
      return own.length > 0 ? own : sellers;
    },
    loadOf: async (userId) => ({ userId, openTasks: await transaction.task.count({ where: { assigneeId: userId, doneAt: null } }) }),
    languageOf: async (userId) => {
      const { locale } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } });
      return locale === 'en' ? 'en' : 'ru';
    },
    person: (userId) => transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } }),
  };
}
