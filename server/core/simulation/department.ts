import { isOpen, nextWorkingDay } from '../hours/calling-hours.ts';
import { instantOf, localDay } from '../hours/local-time.ts';
import type { LeadFacts, QueueRules } from '../queue/facts.ts';
import { exponential, seededChance, type Chance } from './chance.ts';
import { firstFree } from './dialling.ts';
import { dial, type Company, type Conditions, type SimulatedPromise } from './company.ts';
import type { CallOrder } from './orders.ts';

export interface Department extends Conditions {
  /** First working day. */
  firstDay: string;
  workingDays: number;
  reps: number;
  teamSize: number;
  companiesPerRep: number;
  /** Share of a rep's days on which he is absent. */
  absentShare: number;
  talkSeconds: number;
  wrapUpSeconds: number;
  /** Mean pause of a rep between two calls. */
  restSeconds: number;
  guardMinutes: number;
  seed: number;
}

export interface Outcome {
  promises: SimulatedPromise[];
  endedAt: Date;
  dials: number;
  coldDials: number;
  hotReached: number;
  started: number;
  busySeconds: number;
  presentSeconds: number;
}

interface Rep {
  id: number;
  team: number;
  freeAt: Date;
  companies: Company[];
  chance: Chance;
  absentOn: ReadonlySet<string>;
}

const ringSecondsMost = 30;
const dialSeconds = 4;
const lookAgainMs = 60_000;

const factsOf = (leadId: number, repId: number, timeZone: string): LeadFacts => ({
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
  stage: leadId % 20 === 0 ? { position: 4 + (leadId % 3), heat: 'hot' } : null,
  lastContactAt: null,
  promise: null,
  retryAt: null,
  lastCallAt: null,
  triesTotal: 0,
  triesToday: 0,
  triesOn: null,
  exhausted: false,
  heldBy: null,
});

function hire(department: Department, days: readonly string[], id: number): Rep {
  const chance = seededChance(department.seed * 7_919 + id);
  const companies = Array.from({ length: department.companiesPerRep }, (_, index): Company => {
    const leadId = id * department.companiesPerRep + index;
    return {
      facts: factsOf(leadId, id, department.timeZone),
      promise: null,
      chance: seededChance(department.seed * 1_000_003 + leadId),
      triedMorning: 0,
      over: false,
      talkedWhileHot: false,
    };
  });
  return {
    id,
    team: Math.floor(id / department.teamSize),
    freeAt: instantOf(`${department.firstDay}T${department.hours.from}`, department.timeZone),
    companies,
    chance,
    absentOn: new Set(days.filter(() => chance() < department.absentShare)),
  };
}

const isStaffed = (reps: readonly Rep[]): reps is readonly [Rep, ...Rep[]] => reps.length > 0;

function workingDaysOf({ firstDay, workingDays, hours, holidays }: Department): string[] {
  const days = [firstDay];
  while (days.length < workingDays) days.push(nextWorkingDay(days.at(-1) ?? firstDay, hours, holidays));
  return days;
}

/** A running department: who is free next chooses his call by the order, until the last day has ended. */
export function simulateDepartment(department: Department, order: CallOrder, rules: QueueRules): Outcome {
  const days = workingDaysOf(department);
  const reps = Array.from({ length: department.reps }, (_, id) => hire(department, days, id));
  const lastDay = days.at(-1) ?? department.firstDay;
  const endedAt = instantOf(`${lastDay}T${department.hours.to}`, department.timeZone);
  const outcome: Outcome = { promises: [], endedAt, dials: 0, coldDials: 0, hotReached: 0, started: 0, busySeconds: 0, presentSeconds: 0 };
  for (;;) {
    const rep = isStaffed(reps) ? firstFree(reps) : null;
    if (rep === null || rep.freeAt >= endedAt) break;
    step(department, order, rules, reps, rep, outcome);
  }
  const present = reps.reduce((sum, { absentOn }) => sum + days.filter((day) => !absentOn.has(day)).length, 0);
  const dayEnds = instantOf(`${lastDay}T${department.hours.to}`, department.timeZone).getTime();
  outcome.presentSeconds = (present * (dayEnds - instantOf(`${lastDay}T${department.hours.from}`, department.timeZone).getTime())) / 1000;
  outcome.hotReached = reps.reduce((sum, { companies }) => sum + companies.filter(({ talkedWhileHot }) => talkedWhileHot).length, 0);
  return outcome;
}

function step(department: Department, order: CallOrder, rules: QueueRules, reps: readonly Rep[], rep: Rep, outcome: Outcome): void {
  const now = rep.freeAt;
  const day = localDay(now, department.timeZone);
  if (rep.absentOn.has(day) || !isOpen(now, department.timeZone, department.hours, department.holidays)) {
    rep.freeAt = instantOf(`${nextWorkingDay(day, department.hours, department.holidays)}T${department.hours.from}`, department.timeZone);
    return;
  }
  const absent = reps.filter(({ team, absentOn }) => team === rep.team && absentOn.has(day));
  const callable = callableOf(department, order, rep, absent, now);
  const view = {
    now,
    repId: rep.id,
    repTimeZone: department.timeZone,
    listIds: new Set<number>(),
    takeover: new Map(absent.map(({ id }) => [id, now])),
    agedBefore: null,
  };
  const held = order.guards && beginsSoon(rep, now, department.guardMinutes);
  const offered = held ? callable.filter(({ facts }) => facts.promise !== null) : callable;
  const chosen = order.next(
    offered.map(({ facts }) => facts),
    view,
    rules,
  );
  const company = offered.find(({ facts }) => facts === chosen);
  if (!company) {
    rep.freeAt = new Date(now.getTime() + (held ? lookAgainMs / 4 : lookAgainMs));
    return;
  }
  call(department, rep, company, now, outcome);
}

/** A promise that begins within the guard's minutes. */
const beginsSoon = (rep: Rep, now: Date, guardMinutes: number): boolean =>
  rep.companies.some(({ facts: { promise } }) => {
    const inMs = promise ? promise.startsAt.getTime() - now.getTime() : -1;
    return inMs > 0 && inMs <= guardMinutes * 60_000;
  });

function callableOf({ retry }: Department, order: CallOrder, rep: Rep, absent: readonly Rep[], now: Date): Company[] {
  const day = now.toISOString().slice(0, 10);
  const ready = ({ facts, over }: Company): boolean =>
    !over &&
    (facts.retryAt === null || facts.retryAt <= now) &&
    (facts.promise === null || order.seesPromiseFrom(facts.promise) <= now) &&
    !(facts.triesOn === day && facts.triesToday >= retry.maxDialsPerDay);
  const taken = absent.flatMap(({ companies }) =>
    companies.filter((company) => company.facts.promise !== null && company.facts.promise.deadlineAt < now && ready(company)),
  );
  return [...rep.companies.filter(ready), ...taken];
}

function call(department: Department, rep: Rep, company: Company, now: Date, outcome: Outcome): void {
  const cold = company.facts.promise === null && company.facts.stage === null;
  const before = company.promise;
  const promisedTimes = (): Date[] => rep.companies.flatMap(({ facts }) => (facts.promise ? [facts.promise.promisedAt] : []));
  const { answered, started } = dial(company, now, department, promisedTimes);
  if (company.promise !== null && company.promise !== before) outcome.promises.push(company.promise);
  const ringing = answered ? Math.min(ringSecondsMost, exponential(rep.chance, 12)) : ringSecondsMost;
  const talking = answered ? exponential(rep.chance, department.talkSeconds) + department.wrapUpSeconds : 0;
  const busySeconds = dialSeconds + ringing + talking;
  outcome.dials += 1;
  outcome.coldDials += cold ? 1 : 0;
  outcome.started += started ? 1 : 0;
  outcome.busySeconds += busySeconds;
  rep.freeAt = new Date(now.getTime() + (busySeconds + exponential(rep.chance, department.restSeconds)) * 1000);
}
