import { isWorkingDay, officeZone, wallAt } from './calendar.ts';
import { makeCompanies, type DemoCompany } from './companies.ts';
import { siteSourceId } from './dictionaries.ts';
import { freshState, type CompanyState } from './history/company-state.ts';
import { Ledger } from './history/ledger.ts';
import { simulate } from './history/simulate.ts';
import { addVisits } from './history/visits.ts';
import type { World } from './history/world.ts';
import { makeLists, type ListsMade } from './lists.ts';
import { talkativePhone } from './phone-number.ts';
import { stageNow } from './present.ts';
import { seededRandom } from './random.ts';
import { castCompanies, type CastCompany } from './storylines.ts';
import { places } from './words/geography.ts';

export interface Department {
  companies: DemoCompany[];
  states: CompanyState[];
  lists: ListsMade;
  ledger: Ledger;
  cast: CastCompany[];
}

const firstCalls: ReadonlySet<string> = new Set(['dueNow', 'dueWindow', 'siteLead', 'overdueToday']);

/** Zones in which a day's hours are running at an instant. */
function zonesWithin(nowMillis: number, hours: { from: number; to: number; everyDay: boolean }): Set<string> {
  const open = places.filter(({ timeZone }) => {
    const { day, minute } = wallAt(nowMillis, timeZone);
    return (hours.everyDay || isWorkingDay(day)) && minute >= hours.from * 60 && minute < hours.to * 60;
  });
  return new Set(open.map((place) => place.timeZone));
}

function prepareCast(cast: readonly CastCompany[]): void {
  let talkers = 0;
  for (const { repId, cast: part, state } of cast) {
    if (part === 'siteLead') state.company.sourceId = siteSourceId;
    const phone = state.company.phones[0];
    if (repId !== 1 || !firstCalls.has(part) || !phone) continue;
    phone.e164 = talkativePhone(state.company.place.phoneCode, talkers);
    talkers += 1;
  }
}

/** The whole department as of `now`: the same seed and instant give the same one. Nothing is written. */
export function makeDepartment(options: { now: Date; seed: number; companies?: number }): Department {
  const random = seededRandom(options.seed);
  const nowMillis = options.now.getTime();
  const companies = makeCompanies(random.fork('companies'), options.companies ?? 20_000);
  const states = companies.map(freshState);
  const world: World = {
    ledger: new Ledger(),
    random: random.fork('history'),
    nowMillis,
    today: wallAt(nowMillis, officeZone).day,
    agenda: new Map(),
    events: new Map(),
  };
  const cast = castCompanies(world, states, {
    atWork: zonesWithin(nowMillis, { from: 9, to: 18, everyDay: false }),
    callable: zonesWithin(nowMillis, { from: 7, to: 21, everyDay: true }),
  });
  prepareCast(cast);
  const lists = makeLists(states, world.today, new Date(nowMillis - 1_100 * 86_400_000).toISOString());
  simulate(world, lists.pools);
  stageNow(world, cast);
  addVisits(world, states);
  world.ledger.numberCallsByTime();
  return { companies, states, lists, ledger: world.ledger, cast };
}
