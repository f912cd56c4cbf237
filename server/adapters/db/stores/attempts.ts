import type { AttemptStore } from '../../../app/ports/stores/attempts.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

export function attemptStore(transaction: Transaction): AttemptStore {
  return {
    write: async ({ day, ...attempt }) => {
      const { count } = await transaction.attempt.createMany({ data: { ...attempt, day: dateOfDay(day) }, skipDuplicates: true });
      return count === 1;
    },
    writeWin: async ({ day, ...win }) => {
      const { count } = await transaction.win.createMany({ data: { ...win, day: dateOfDay(day) }, skipDuplicates: true });
      return count === 1;
    },
  };
}
