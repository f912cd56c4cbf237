import type { TeamStore } from '../../../app/ports/stores/teams.ts';
import type { Transaction } from '../client.ts';

export function teamStore(transaction: Transaction): TeamStore {
  const holderOf = async (name: string): Promise<number | null> => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('team.name'), hashtext(${name}))`;
    return (await transaction.team.findUnique({ where: { name }, select: { id: true } }))?.id ?? null;
  };
  const exists = async (teamId: number): Promise<boolean> => (await transaction.team.count({ where: { id: teamId } })) > 0;
  return {
    exists,
    create: async (name) => ((await holderOf(name)) === null ? (await transaction.team.create({ data: { name } })).id : null),
    rename: async (teamId, name) => {
      if (!(await exists(teamId))) return 'absent';
      const holder = await holderOf(name);
      if (holder !== null && holder !== teamId) return 'nameTaken';
      await transaction.team.update({ where: { id: teamId }, data: { name } });
      return 'done';
    },
    remove: async (teamId) => {
      await transaction.$queryRaw`SELECT id FROM team WHERE id = ${teamId} FOR UPDATE`;
      if (!(await exists(teamId))) return 'absent';
      if ((await transaction.user.count({ where: { teamId } })) > 0) return 'hasPeople';
      await transaction.team.delete({ where: { id: teamId } });
      return 'done';
    },
  };
}
