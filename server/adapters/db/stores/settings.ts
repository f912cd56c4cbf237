import type { SettingsStore } from '../../../app/ports/stores/settings.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

export function settingsStore(transaction: Transaction): SettingsStore {
  return {
    lockGroup: async (group) => {
      // A group that was never stored has no row to lock.
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('setting'), hashtext(${group}))`;
      return (await transaction.setting.findUnique({ where: { key: group } }))?.value ?? null;
    },
    putGroup: async (group, value) => {
      await transaction.setting.upsert({ where: { key: group }, create: { key: group, value }, update: { value } });
    },
    putHoliday: async ({ country, day, name }) => {
      const key = { country, day: dateOfDay(day) };
      await transaction.holiday.upsert({ where: { country_day: key }, create: { ...key, name }, update: { name } });
    },
    removeHoliday: async (country, day) => (await transaction.holiday.deleteMany({ where: { country, day: dateOfDay(day) } })).count > 0,
  };
}
