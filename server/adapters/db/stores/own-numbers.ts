import type { OwnNumberRow, OwnNumberStore } from '../../../app/ports/stores/own-numbers.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

export function ownNumberStore(transaction: Transaction): OwnNumberStore {
  const all = async (day: string): Promise<OwnNumberRow[]> => {
    const rows = await transaction.ownNumber.findMany({ orderBy: { id: 'asc' } });
    const used = await transaction.call.groupBy({
      by: ['fromE164'],
      where: { day: dateOfDay(day), fromE164: { in: rows.map(({ e164 }) => e164) } },
      _count: true,
      _max: { intentAt: true },
    });
    return rows.map((row) => {
      const use = used.find(({ fromE164 }) => fromE164 === row.e164);
      return { ...row, dialsToday: use?._count ?? 0, lastDialAt: use?._max.intentAt ?? null };
    });
  };
  return {
    all,
    lockAll: async (day) => {
      await transaction.$queryRaw`SELECT id FROM own_number ORDER BY id FOR NO KEY UPDATE`;
      return all(day);
    },
    find: async (id) => {
      const row = await transaction.ownNumber.findUnique({ where: { id } });
      return row && { ...row, dialsToday: 0, lastDialAt: null };
    },
    add: async (number) => {
      const { count } = await transaction.ownNumber.createMany({ data: number, skipDuplicates: true });
      if (count === 0) return null;
      return (await transaction.ownNumber.findUniqueOrThrow({ where: { e164: number.e164 } })).id;
    },
    change: async (id, change) => {
      await transaction.ownNumber.update({ where: { id }, data: change });
    },
    remove: async (id) => (await transaction.ownNumber.deleteMany({ where: { id } })).count > 0,
  };
}
