import type { Pool } from 'pg';
import type { SettingsReader } from '../../app/ports/settings.ts';
import { settingsSchema, type Settings } from '../../contract/settings.ts';
import type { Prisma } from './client.ts';

/** The stored groups over the defaults. A row that no longer fits the schema stops the reader with its name: it is never skipped. */
export async function storedSettings(prisma: Prisma): Promise<Settings> {
  const rows = await prisma.setting.findMany();
  return settingsSchema.parse(Object.fromEntries(rows.map((row) => [row.key, row.value])));
}

/** What everybody is given must not be changed by anybody. */
function frozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}

/**
 * Reads what is stored each time, so that every node goes by a change at once, but understands it anew only when it is another text:
 * checking all groups costs many times more than reading them. Who asks while a read is under way shares the next one, which begins after
 * he asked and so is as good as his own.
 */
export function settingsReader(pool: Pool): SettingsReader {
  let last: { text: string; settings: Settings } | null = null;
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<Settings> | null = null;
  const readNow = async (): Promise<Settings> => {
    next = null;
    const { rows } = await pool.query<{ stored: string | null }>({
      name: 'settings',
      text: 'SELECT json_object_agg(key, value ORDER BY key)::text AS stored FROM setting',
    });
    const text = rows[0]?.stored ?? '{}';
    if (last?.text !== text) last = { text, settings: frozen(settingsSchema.parse(JSON.parse(text))) };
    return last.settings;
  };
  return {
    read: () => {
      // Whether the read before it failed is told to those who asked for that one.
      next ??= underWay.then(readNow, readNow);
      underWay = next;
      return next;
    },
  };
}
