import type { Random } from './random.ts';
import type { CompanyState } from './history/company-state.ts';
import type { Outcome } from './history/outcomes.ts';
import { addToAgenda, convenientMinute, type World } from './history/world.ts';
import { workingDayBefore } from './calendar.ts';
import { reps } from './people.ts';

/** What a company is kept for, so that every rep's queue has something in each of its tiers. */
export type Cast =
  | 'dueNow'
  | 'dueWindow'
  | 'dueLater'
  | 'overdueToday'
  | 'overdueYesterday'
  | 'overdueBefore'
  | 'siteLead'
  | 'hot'
  | 'customer'
  | 'early';

export interface CastCompany {
  repId: number;
  cast: Cast;
  /** Number inside its cast, from 0. */
  index: number;
  state: CompanyState;
}

/** One forced call of the past. */
interface Step {
  daysAgo: number;
  outcome: Outcome;
  toStage?: number;
}

/** How many of each cast every rep has. */
const castSizes: Readonly<Record<Cast, number>> = {
  dueNow: 3,
  dueWindow: 3,
  dueLater: 4,
  overdueToday: 3,
  overdueYesterday: 2,
  overdueBefore: 3,
  siteLead: 1,
  hot: 9,
  customer: 4,
  early: 6,
};

/** With these, some company of each follow-up tier is inside the department's calling hours at any hour of the world. */
const spread = ['Europe/Moscow', 'Asia/Kamchatka', 'Asia/Vladivostok', 'Europe/Kaliningrad', 'Asia/Yekaterinburg'] as const;

const toMeeting: readonly Step[] = [
  { daysAgo: 34, outcome: 'gatekeeper' },
  { daysAgo: 32, outcome: 'sendOffer' },
  { daysAgo: 27, outcome: 'meetingSet' },
];
const toTerms: readonly Step[] = [...toMeeting, { daysAgo: 12, outcome: 'callBack', toStage: 5 }];
const hotStories: readonly (readonly Step[])[] = [toMeeting, toTerms, [...toTerms, { daysAgo: 5, outcome: 'callBack', toStage: 6 }]];

function stepsOf(random: Random, cast: Cast, index: number): readonly Step[] {
  switch (cast) {
    case 'siteLead':
      return [];
    case 'hot':
      return hotStories[index % hotStories.length] ?? toMeeting;
    case 'customer':
      return [
        { daysAgo: 210, outcome: 'sendOffer' },
        { daysAgo: 203, outcome: 'meetingSet' },
        { daysAgo: 170, outcome: 'callBack', toStage: 6 },
        { daysAgo: 150, outcome: 'callBack', toStage: 7 },
        { daysAgo: random.integer(20, 60), outcome: 'callBack' },
      ];
    case 'early':
      return index % 2 === 0
        ? [
            { daysAgo: 6, outcome: 'noAnswer' },
            { daysAgo: random.integer(1, 4), outcome: 'sendOffer' },
          ]
        : [{ daysAgo: random.integer(3, 9), outcome: 'callBack', toStage: index % 4 === 1 ? 1 : 2 }];
    case 'overdueBefore':
      return [
        { daysAgo: 14, outcome: 'noAnswer' },
        { daysAgo: 9, outcome: 'callBack', toStage: 1 },
      ];
    case 'dueNow':
    case 'dueWindow':
    case 'dueLater':
    case 'overdueToday':
    case 'overdueYesterday':
      return [
        { daysAgo: random.integer(9, 13), outcome: 'gatekeeper' },
        { daysAgo: random.integer(4, 7), outcome: 'callBack', toStage: random.integer(1, 2) },
      ];
    default:
      return cast satisfies never;
  }
}

function schedule(world: World, repId: number, state: CompanyState, steps: readonly Step[]): void {
  for (const { daysAgo, outcome, toStage } of steps) {
    const day = workingDayBefore(world.today, daysAgo);
    const minute = convenientMinute(world.random, state.company.place.timeZone, day);
    addToAgenda(world, repId, day, { state, minute, promise: null, forced: { outcome, toStage: toStage ?? null } });
  }
}

export interface OpenZones {
  /** People are at their desks. */
  atWork: ReadonlySet<string>;
  /** The department may call there. */
  callable: ReadonlySet<string>;
}

/** Fewer zones at work than this have too few companies for everybody's promises. */
const leastZonesAtWork = 3;

/** An overdue promise may be dialled in calling hours only; one that is due is dialled whenever the prospect asked for. */
function suits(timeZone: string, cast: Cast, index: number, zones: OpenZones): boolean {
  if (cast === 'hot' || cast === 'customer' || cast === 'early') return timeZone === spread[index % spread.length];
  if (cast.startsWith('overdue')) return zones.callable.has(timeZone);
  return zones.atWork.size < leastZonesAtWork || zones.atWork.has(timeZone);
}

/**
 * Chooses companies that are not in anybody's hands and gives each a short past of forced calls; what is promised to them now is
 * written by `stageNow`.
 */
export function castCompanies(world: World, states: readonly CompanyState[], zones: OpenZones): CastCompany[] {
  const free = states.filter(
    (state) => !state.company.name.startsWith('ИП') && state.company.contacts.some((contact) => contact.role === 'decisionMaker'),
  );
  const take = (fits: (state: CompanyState) => boolean): CompanyState => {
    const found = free.find((state) => !state.reserved && fits(state)) ?? free.find((state) => !state.reserved);
    if (!found) throw new Error('the directory is too small for the cast');
    found.reserved = true;
    return found;
  };
  const casts = Object.entries(castSizes).flatMap(([cast, size]) =>
    Array.from({ length: size }, (_, index) => ({ cast: cast as Cast, index })),
  );
  return reps.flatMap(({ id: repId }) =>
    casts.map(({ cast, index }) => {
      const state = take(({ company }) => suits(company.place.timeZone, cast, index, zones));
      state.ownerId = repId;
      schedule(world, repId, state, stepsOf(world.random, cast, index));
      return { repId, cast, index, state };
    }),
  );
}
