import { settingsSchema, type Settings, type SettingsGroup } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { Refused } from '../problem.ts';

/** Groups that move places in the queue. */
const movesQueue: ReadonlySet<SettingsGroup> = new Set<SettingsGroup>(['callingHours', 'retry', 'promises', 'queue']);

/**
 * Replaces a group of settings. What is left out takes its default; leads are placed anew by a job when the order depends on the group.
 * @throws Refused 403 `notAllowed` for limits that are set over a head himself; ZodError that names the field at fault
 */
export async function putSettings(
  app: AppContext,
  actor: Actor,
  group: SettingsGroup,
  given: unknown,
): Promise<{ values: Settings; requeued: boolean }> {
  if (group === 'exports' && actor.role !== 'admin') throw new Refused(403, 'notAllowed', 'only an admin sets how much may be exported');
  const value = settingsSchema.shape[group].parse(given);
  const requeued = movesQueue.has(group);
  await app.unitOfWork.run(async (stores) => {
    const before = settingsSchema.shape[group].parse((await stores.settings.lockGroup(group)) ?? undefined);
    await stores.settings.putGroup(group, value);
    await stores.audit.write({
      userId: actor.id,
      action: 'settings.change',
      entity: 'settings',
      details: { group, ...differences(before, value) },
    });
    if (requeued) await stores.outbox.enqueue({ name: 'queue.requeueAll', payload: {} });
  });
  return { values: await app.settings.read(), requeued };
}

/** What is another now, as `field: "old → new"`. */
function differences(before: object, after: object): Record<string, string> {
  const old = new Map(Object.entries(before));
  const changed = Object.entries(after).filter(([field, value]) => JSON.stringify(old.get(field)) !== JSON.stringify(value));
  return Object.fromEntries(changed.map(([field, value]) => [field, `${JSON.stringify(old.get(field))} → ${JSON.stringify(value)}`]));
}
