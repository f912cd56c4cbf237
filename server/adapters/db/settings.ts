import type { SettingsReader } from '../../app/ports/settings.ts';
import { settingsSchema } from '../../contract/settings.ts';
import type { Prisma } from './client.ts';

/** Reads the stored groups over the defaults. A row that no longer fits the schema stops the reader with its name: it is never skipped. */
export function settingsReader(prisma: Prisma): SettingsReader {
  return {
    read: async () => {
      const rows = await prisma.setting.findMany();
      return settingsSchema.parse(Object.fromEntries(rows.map((row) => [row.key, row.value])));
    },
  };
}
