import type { ListCaller, ListDepths } from '../../contract/http/lists.ts';
import type { Settings } from '../../contract/settings.ts';
import { isWorkingDay } from '../../core/hours/calling-hours.ts';
import { addDays, dayBounds, localDay } from '../../core/hours/local-time.ts';
import type { AssignedDays } from '../../core/lists/assign-days.ts';
import { coldPerDayOf, daysAhead, runDry, type DryRep } from '../../core/lists/run-dry.ts';
import { agedBefore } from '../../core/queue/ageing.ts';
import type { Tier } from '../../core/queue/tiers.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { ListParts } from './see-lists.ts';

/** Working days that are looked ahead, and days that the pace is learned from. */
const horizonDays = 60;
const paceDays = 28;
const nobodysDaysOff: ReadonlySet<string> = new Set();

type Given = AssignedDays & { listId: number };

/** Lists that a rep works on a day; later than anything was handed out, those of the last day that was. */
function listsOn(given: readonly Given[], repId: number): (day: string) => number[] {
  const lastDay = given.reduce((last, { endsOn }) => (endsOn > last ? endsOn : last), '');
  const own = given.filter((days) => days.repId === repId);
  return (day) => {
    const asOf = day < lastDay ? day : lastDay;
    return own.filter(({ startsOn, endsOn }) => startsOn <= asOf && asOf <= endsOn).map(({ listId }) => listId);
  };
}

const isThere = ({ absentFrom, absentUntil }: ListCaller, day: string): boolean =>
  absentFrom === null || day < absentFrom || (absentUntil !== null && absentUntil < day);

interface Question {
  settings: Settings;
  day: string;
  reps: readonly ListCaller[];
  given: readonly Given[];
}

/** What each may call by the end of the day, whatever the hour is in which it opens. A promise counts for whose it is, absent or not. */
function depthsOf(app: ListParts, { settings, day, reps, given }: Question): Promise<Map<number, Record<Tier, number>>> {
  return app.unitOfWork.run(async (stores) => {
    const depths = new Map<number, Record<Tier, number>>();
    const [first] = reps;
    if (first === undefined) return depths;
    // Calendars are the same for everybody.
    const { hours } = await stores.queue.desk(first.id, day, app.clock.now());
    const openCalendars = hours.calendars
      .filter(({ country }) => isWorkingDay(day, settings.callingHours, hours.holidays.get(country) ?? nobodysDaysOff))
      .map((calendar) => calendar.id);
    for (const { id, timeZone } of reps) {
      const { start, end } = dayBounds(day, timeZone);
      const depth = await stores.queue.depth({
        repId: id,
        funnelPools: [-id, ...listsOn(given, id)(day)],
        takeover: new Map(),
        openCalendars,
        at: new Date(end.getTime() - 1),
        todayStart: start,
        agedBefore: agedBefore(settings.queue.ageingDays, day, timeZone),
        repTimeZone: timeZone,
      });
      depths.set(id, depth);
    }
    return depths;
  });
}

const noDepth: Record<Tier, number> = { due: 0, overdueToday: 0, overdueEarlier: 0, hot: 0, customer: 0, early: 0, cold: 0 };

/** How much of each tier every rep has on a day, and when reps and lists run out of never dialled companies; a lead sees his own team's reps. */
export async function seeDepths(app: ListParts, actor: Actor, date: string | undefined): Promise<ListDepths> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const today = localDay(now, actor.timeZone);
  const day = date === undefined || date < today ? today : date;
  const everybody = await app.reads.lists.callers(null, today);
  const seen = seesEveryone(actor) ? everybody : await app.reads.lists.callers(actor.teamId ?? 0, today);
  const given = await app.reads.lists.assigned(today);
  const depths = await depthsOf(app, { settings, day, reps: seen, given });
  const dials = await app.reads.lists.coldDials(addDays(today, -paceDays));
  const reps = everybody.map((rep): DryRep => ({
    id: rep.id,
    coldPerDay: coldPerDayOf(dials, rep.id, settings.norms.dials),
    worksOn: (ahead) => isThere(rep, ahead),
    listsOn: listsOn(given, rep.id),
  }));
  const lists = await app.reads.lists.coldLists();
  const isTheirs = (listId: number): boolean => given.some((days) => days.listId === listId && seen.some(({ id }) => id === days.repId));
  const holidays = await app.unitOfWork.run((stores) => stores.queue.holidays());
  const daysOff = holidays.get(settings.calls.defaultCountry) ?? nobodysDaysOff;
  const dry = runDry(lists, reps, daysAhead(now, actor.timeZone, settings.callingHours, daysOff, horizonDays));
  return {
    date: day,
    horizonDays,
    reps: seen.map(({ id }) => ({
      repId: id,
      depth: depths.get(id) ?? noDepth,
      coldPerDay: reps.find((rep) => rep.id === id)?.coldPerDay ?? 0,
      dry: dry.reps.get(id) ?? null,
    })),
    lists: lists
      .filter(({ id }) => seesEveryone(actor) || isTheirs(id))
      .map(({ id, cold }) => ({ listId: id, cold, dry: dry.lists.get(id) ?? null })),
  };
}
