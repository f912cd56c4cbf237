import { addMinutes, instantOf } from '../hours/local-time.ts';
import { callBackOf } from '../inbound/call-back.ts';
import type { LeadFacts } from '../queue/facts.ts';
import { seededChance } from './chance.ts';
import type { Arrival, Company } from './company.ts';
import type { Department } from './run.ts';
import { unplaced } from './standing.ts';

/** One company in seven lives two hours ahead of the department, one in ten an hour behind. */
const ahead = { zone: 'Asia/Yekaterinburg', every: 7 };
const behind = { zone: 'Europe/Kaliningrad', every: 10 };
/** One company in twenty has reached a late stage already. */
const hotEvery = 20;

const zoneOf = (leadId: number, own: string): string =>
  leadId % ahead.every === 0 ? ahead.zone : leadId % behind.every === 0 ? behind.zone : own;

function factsOf(leadId: number, repId: number, timeZone: string): LeadFacts {
  const isHot = leadId % hotEvery === 0;
  // One literal: merged from parts these objects are a hundred times slower to read.
  return {
    leadId,
    companyId: leadId,
    timeZone,
    category: (['A', 'B', 'C'] as const)[leadId % 3] ?? 'C',
    status: 'active',
    notNowUntil: null,
    doNotCall: false,
    isCustomer: false,
    country: 'RU',
    callFrom: null,
    callTo: null,
    lunchFrom: null,
    lunchTo: null,
    hasPhone: true,
    consent: 'unknown',
    repId,
    list: null,
    position: leadId,
    stage: isHot ? { position: 4 + (leadId % 3), heat: 'hot' } : null,
    lastContactAt: null,
    promise: null,
    retryAt: null,
    lastCallAt: null,
    triesTotal: 0,
    triesToday: 0,
    triesOn: null,
    exhausted: false,
    heldBy: null,
  };
}

type World = Pick<Department, 'seed' | 'timeZone'>;

/** Its fate is its own, so that it is the same whoever calls it and when. */
const withFate = ({ seed }: World, facts: LeadFacts): Company => ({
  ...unplaced(facts),
  promise: null,
  chance: seededChance(seed * 1_000_003 + facts.leadId),
  triedMorning: 0,
  over: false,
  talkedWhileHot: false,
});

/** A company of a rep. */
export const companyOf = (world: World, leadId: number, repId: number): Company =>
  withFate(world, factsOf(leadId, repId, zoneOf(leadId, world.timeZone)));

/** A company that nobody knew, where the department is. */
function newcomerOf(world: World, leadId: number, repId: number): Company {
  const facts = factsOf(leadId, repId, world.timeZone);
  facts.stage = null;
  return withFate(world, facts);
}

/** Who asks for a call, by day and rep, in the order of their coming. */
export function arrivalsOf(department: Department, days: readonly string[]): Arrival[] {
  const { hours, holidays, timeZone, callBackMinutes, freshPerDay, reps, seed } = department;
  const chance = seededChance(seed * 31 + 5);
  let leadId = reps * department.companiesPerRep;
  const arrivals = days.flatMap((day) => {
    const opens = instantOf(`${day}T${hours.from}`, timeZone);
    const minutes = (instantOf(`${day}T${hours.to}`, timeZone).getTime() - opens.getTime()) / 60_000 - callBackMinutes;
    return Array.from({ length: Math.round(reps * freshPerDay) }, (): Arrival => {
      const at = addMinutes(opens, Math.floor(chance() * minutes));
      const repId = Math.floor(chance() * reps);
      leadId += 1;
      const company = newcomerOf(department, leadId, repId);
      const owed = callBackOf({ now: at, timeZone, minutes: callBackMinutes, promise: null }, hours, holidays);
      if (owed.kind === 'promise') {
        const { startsAt, deadlineAt } = owed.times;
        company.facts.promise = owed.times;
        company.promise = { kind: 'fresh', startsAt, deadlineAt, dialledAt: null, helped: false, miss: null };
      }
      return { at, repId, company };
    });
  });
  return arrivals.sort((left, right) => left.at.getTime() - right.at.getTime());
}
