import type { PeopleStore } from '../../../app/ports/stores/people.ts';
import type { Transaction } from '../client.ts';
import { actorFrom } from '../actor-from.ts';
import { dateOfDay, dayOfDate } from '../days.ts';

const skillRows = (skillIds: readonly number[]): { skillId: number }[] => [...new Set(skillIds)].map((skillId) => ({ skillId }));

export function peopleStore(transaction: Transaction): PeopleStore {
  return {
    update: async (userId, { absentFrom, absentUntil, skillIds, ...change }) => {
      await transaction.user.update({
        where: { id: userId },
        data: {
          ...change,
          ...(skillIds === undefined ? {} : { skills: { deleteMany: {}, create: skillRows(skillIds) } }),
          ...(absentFrom === undefined ? {} : { absentFrom: absentFrom === null ? null : dateOfDay(absentFrom) }),
          ...(absentUntil === undefined ? {} : { absentUntil: absentUntil === null ? null : dateOfDay(absentUntil) }),
        },
      });
    },
    actor: async (userId) => actorFrom(await transaction.user.findUniqueOrThrow({ where: { id: userId } })),
    lock: async (userId) => {
      await transaction.$queryRaw`SELECT id FROM app_user WHERE id = ${userId} FOR UPDATE`;
      const user = await transaction.user.findUnique({ where: { id: userId } });
      if (!user) return null;
      const { id, email, name, role, teamId } = user;
      return {
        id,
        email,
        name,
        role,
        teamId,
        absentFrom: dayOfDate(user.absentFrom),
        absentUntil: dayOfDate(user.absentUntil),
        disabled: user.disabledAt !== null,
      };
    },
    lockEnabledAdmins: async () => {
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        SELECT id FROM app_user WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`;
      return rows.map((row) => row.id);
    },
    reserveEmail: async (email) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('app_user.email'), hashtext(${email}))`;
      return (await transaction.user.findUnique({ where: { email }, select: { id: true } }))?.id ?? null;
    },
    create: async ({ skillIds, ...account }) => {
      const data = { ...account, skills: { create: skillRows(skillIds) } };
      return (await transaction.user.create({ data, select: { id: true } })).id;
    },
    existingSkills: async (skillIds) => {
      const rows = await transaction.skill.findMany({ where: { id: { in: [...skillIds] } }, select: { id: true } });
      return rows.map(({ id }) => id);
    },
    setPasswordHash: async (userId, passwordHash) => {
      await transaction.user.update({ where: { id: userId }, data: { passwordHash } });
    },
    setTotpSecret: async (userId, totpSecret) => {
      await transaction.user.update({ where: { id: userId }, data: { totpSecret } });
    },
    setDisabledAt: async (userId, disabledAt) => {
      await transaction.user.update({ where: { id: userId }, data: { disabledAt } });
    },
  };
}
