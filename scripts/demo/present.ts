import { defaultSettings } from '../../server/contract/settings.ts';
import { addDays } from '../../server/core/hours/local-time.ts';
import { isBroken } from '../../server/core/promises/promise-times.ts';
import { isWorkingDay, millisOf, officeZone, wallAt } from './calendar.ts';
import { decisionMakerOf, type CompanyState } from './history/company-state.ts';
import { promiseExactly, promiseWindow, type PromiseWish } from './history/promises.ts';
import { convenientMinute, type World } from './history/world.ts';
import { promiseNotes } from './words/talk.ts';
import type { CastCompany } from './storylines.ts';

const minute = 60_000;
const hour = 60 * minute;
const floorTo = (millis: number, step: number): number => Math.floor(millis / step) * step;
const ceilTo = (millis: number, step: number): number => Math.ceil(millis / step) * step;

function isClosedNow(state: CompanyState, nowMillis: number): boolean {
  const { day, minute: wallMinute } = wallAt(nowMillis, state.company.place.timeZone);
  return !isWorkingDay(day) || wallMinute < 9 * 60 || wallMinute >= 18 * 60;
}

/** A time earlier today on the office's clock, as far back as wished or as the day allows. */
function earlierToday(world: World, minutesBack: number): number {
  const sinceMidnight = wallAt(world.nowMillis, officeZone).minute;
  if (sinceMidnight <= 12) return world.nowMillis - 6 * minute;
  const back = Math.max(6, Math.min(minutesBack, sinceMidnight - 6));
  return floorTo(world.nowMillis - back * minute, 5 * minute);
}

function wishOf(world: World, { repId, state, cast }: CastCompany): PromiseWish {
  const siteLead = cast === 'siteLead';
  return {
    repId,
    callId: siteLead ? null : state.lastCallId,
    contactId: decisionMakerOf(state.company)?.id ?? null,
    origin: siteLead ? 'source' : 'callback',
    madeMillis: siteLead ? world.nowMillis - 4 * minute : (state.lastContactMillis ?? world.nowMillis - 24 * hour),
    note: siteLead ? 'Оставили заявку на сайте: нужен расчёт стеллажей.' : world.random.pick(promiseNotes),
  };
}

/** Morning of one of the last days, at an hour that suits the company. */
function onDayBefore(world: World, state: CompanyState, daysAgo: number): number {
  const day = addDays(world.today, -daysAgo);
  return millisOf(day, convenientMinute(world.random, state.company.place.timeZone, day), officeZone);
}

function windowOf(world: World, { state, index }: CastCompany): { starts: number; ends: number; outside: boolean } {
  const { nowMillis } = world;
  const outside = isClosedNow(state, nowMillis);
  if (index === 0) return { starts: floorTo(nowMillis - hour, 15 * minute), ends: ceilTo(nowMillis + 45 * minute, 15 * minute), outside };
  if (index === 1) return { starts: floorTo(nowMillis - 2 * hour, hour), ends: ceilTo(nowMillis + 3 * hour, hour), outside };
  const { timeZone } = state.company.place;
  const { day } = wallAt(nowMillis, timeZone);
  // "This week": until Friday evening, or into the coming week when this one is nearly over.
  let lastDay = addDays(day, 2);
  while (!isWorkingDay(lastDay)) lastDay = addDays(lastDay, 1);
  return { starts: millisOf(addDays(day, -1), 9 * 60, timeZone), ends: millisOf(lastDay, 18 * 60, timeZone), outside };
}

/** At full hours to come while the day lasts, then tomorrow. */
function laterToday(world: World, { state, index }: CastCompany): number {
  const at = floorTo(world.nowMillis, hour) + (index + 1) * hour;
  return wallAt(at, officeZone).day === world.today
    ? at
    : millisOf(addDays(world.today, 1), convenientMinute(world.random, state.company.place.timeZone, addDays(world.today, 1)), officeZone);
}

function stageOne(world: World, one: CastCompany): void {
  const { ledger, nowMillis } = world;
  const { state, index, cast } = one;
  const exactly = (millis: number): void => {
    promiseExactly(ledger, state, wishOf(world, one), millis);
  };
  switch (cast) {
    case 'dueNow':
      exactly(index % 2 === 0 ? ceilTo(nowMillis, 5 * minute) : floorTo(nowMillis, 5 * minute));
      return;
    case 'dueWindow':
      promiseWindow(ledger, state, wishOf(world, one), windowOf(world, one));
      return;
    case 'dueLater':
      exactly(laterToday(world, one));
      return;
    case 'overdueToday':
      exactly(earlierToday(world, [25, 70, 150][index] ?? 200));
      return;
    case 'overdueYesterday':
      exactly(onDayBefore(world, state, 1));
      return;
    case 'overdueBefore':
      exactly(onDayBefore(world, state, [2, 3, 5][index] ?? 4));
      return;
    case 'siteLead': {
      const made = nowMillis - 4 * minute;
      promiseWindow(ledger, state, wishOf(world, one), { starts: made, ends: made + 15 * minute, outside: isClosedNow(state, made) });
      return;
    }
    case 'hot':
    case 'customer':
    case 'early':
      return;
    default:
      cast satisfies never;
  }
}

/** The first rep's next hours belong to the cast, whose numbers always answer: a newcomer's first call is a talk. */
function clearTheFirstRep(world: World, cast: ReadonlySet<number>): void {
  const { nowMillis } = world;
  for (const promise of world.ledger.promises.rows) {
    const soon =
      promise.status === 'open' &&
      promise.deadlineAt.getTime() > nowMillis - 10 * minute &&
      promise.startsAt.getTime() < nowMillis + 2 * hour;
    if (promise.repId !== 1 || !soon || cast.has(promise.companyId)) continue;
    Object.assign(promise, { status: 'withdrawn', closedAt: new Date(nowMillis - hour), note: 'Написали, что ответят письмом.' });
  }
}

/** Writes what is promised around now, in every tier for every rep, and marks what nobody dialled in time. */
export function stageNow(world: World, cast: readonly CastCompany[]): void {
  clearTheFirstRep(world, new Set(cast.map((one) => one.state.company.id)));
  for (const one of cast) stageOne(world, one);
  const now = new Date(world.nowMillis);
  for (const promise of world.ledger.promises.rows) {
    if (promise.status === 'open' && promise.dialledAt === null && isBroken(promise, now)) promise.outcome = 'broken';
  }
}

/**
 * The demo department calls from seven to nine every day: with eleven zones some company may then be called at any hour at which the
 * demo is loaded. Everything else stays at its default.
 */
export const demoCallingHours = { ...defaultSettings.callingHours, from: '07:00', to: '21:00', workingDays: [1, 2, 3, 4, 5, 6, 7] };

/** A company's place in the queue, as facts. */
export function leadRows(states: readonly CompanyState[], nowMillis: number): object[] {
  const instant = (millis: number | null): Date | null => (millis === null ? null : new Date(millis));
  let position = 0;
  return states
    .filter((state) => state.listId !== null || state.ownerId !== null)
    .map((state) => ({
      id: state.company.id,
      companyId: state.company.id,
      listId: state.listId,
      position: (position += 1),
      triesTotal: state.tries,
      triesToday: state.triesToday,
      triesOn: state.triesOn,
      triedMorning: state.triedMorning,
      triedAfternoon: state.triedAfternoon,
      lastTriedAt: instant(state.lastTriedMillis),
      lastCause: state.lastCause,
      retryAt:
        state.restUntilMillis !== null && state.restUntilMillis > nowMillis && state.ownerId === null
          ? new Date(state.restUntilMillis)
          : null,
      exhaustedAt: instant(state.exhaustedMillis),
    }));
}
