import { dayBounds, localDay } from '../../core/hours/local-time.ts';
import { tiers, type Tier } from '../../core/queue/tiers.ts';
import { alwaysLasting, callLengthOf } from '../../core/schedule/durations.ts';
import { layOutDay } from '../../core/schedule/lay-out-day.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { repSeenBy } from '../people/rep-seen-by.ts';
import type { Reads } from '../ports/reads/index.ts';
import { previewQueue } from '../queue/preview.ts';

type ScheduleContext = AppContext & { reads: Pick<Reads, 'people' | 'schedule'> };

/** What a call takes while nothing is learned. */
const usualCallSeconds = 150;
/** A rep's shift ends so late in his own day. */
const shiftEndsAtHour = 19;
const plannedAtMost = 120;

interface DaySlot {
  start: string;
  end: string;
  leadId: number | null;
  callId: number | null;
  companyId: number;
  companyName: string;
  tier: Tier | null;
  promisedAt: string | null;
  promise: { id: number; timeZone: string; overCapacity: boolean } | null;
  state: 'done' | 'live' | 'planned';
  lateRisk: number | null;
  atRisk: boolean;
}

const asTier = (word: string | null): Tier | null => tiers.find((tier) => tier === word) ?? null;

/** The rep's day: what was, what is, and the queue's two passes laid over the rest of it. */
export async function daySlots(
  app: ScheduleContext,
  actor: Actor,
  input: { repId: number | undefined; date: string | undefined },
): Promise<{ date: string; timeZone: string; slots: DaySlot[]; depth: Record<Tier, number> }> {
  const rep = await repSeenBy(app, actor, input.repId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  const date = input.date ?? localDay(now, rep.timeZone);
  const bounds = dayBounds(date, rep.timeZone);
  const from = now > bounds.start ? now : bounds.start;
  const [done, promises, learned, queue] = await Promise.all([
    app.reads.schedule.callsBetween(rep.id, bounds.start, bounds.end),
    app.reads.schedule.promisesBetween(rep.id, from, bounds.end),
    app.unitOfWork.run((stores) => stores.queue.durations([])),
    previewQueue(app, actor, { repId: rep.id, at: from, limit: plannedAtMost }),
  ]);
  const promisedLeads = new Set(promises.map((promise) => promise.leadId));
  const ahead = from >= bounds.end ? [] : queue.items.filter((item) => !promisedLeads.has(item.leadId));
  const slots = layOutDay({
    now: from,
    dayEnd: new Date(
      Math.min(bounds.end.getTime(), Math.max(from.getTime() + 3_600_000, bounds.start.getTime() + shiftEndsAtHour * 3_600_000)),
    ),
    length: callLengthOf(learned, null) ?? alwaysLasting(usualCallSeconds),
    surePercent: settings.promises.guardPercent,
    done,
    planned: [
      ...promises.map(({ leadId, companyId, ...promise }) => ({ leadId, companyId, promise })),
      ...ahead.map((item) => ({ leadId: item.leadId, companyId: item.companyId, promise: null })),
    ],
  });
  const told = new Map<number, { companyName: string; tier: Tier | null; promisedAt: string | null }>();
  for (const call of done) told.set(call.companyId, { companyName: call.companyName, tier: asTier(call.tier), promisedAt: null });
  for (const item of ahead) told.set(item.companyId, item);
  for (const promise of promises) {
    told.set(promise.companyId, { companyName: promise.companyName, tier: 'due', promisedAt: promise.promisedAt.toISOString() });
  }
  const planned = slots.filter(({ state }) => state === 'planned').map(({ companyId }) => companyId);
  const open = new Map((await app.reads.schedule.openPromises(planned)).map(({ companyId, ...promise }) => [companyId, promise]));
  return {
    date,
    timeZone: rep.timeZone,
    depth: queue.depth,
    slots: slots.map((slot) => {
      const words = told.get(slot.companyId);
      return {
        ...slot,
        start: slot.start.toISOString(),
        end: slot.end.toISOString(),
        companyName: words?.companyName ?? '',
        tier: words?.tier ?? null,
        promisedAt: slot.callId === null ? (words?.promisedAt ?? null) : null,
        promise: slot.state === 'planned' ? (open.get(slot.companyId) ?? null) : null,
      };
    }),
  };
}
