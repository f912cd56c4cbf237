import { nextWorkingDay } from '../hours/calling-hours.ts';
import { addMinutes, instantOf, localClock, localDay } from '../hours/local-time.ts';
import { fittingQuarter } from '../promises/capacity.ts';
import type { QueueRules } from '../queue/facts.ts';
import { arrivalsOf, companyOf } from './cast.ts';
import { exponential } from './chance.ts';
import { dial, type Calendar, type Company } from './company.ts';
import { deskOf } from './desk.ts';
import { learn, nothingLearned } from './lengths.ts';
import { causeOfMiss } from './misses.ts';
import { nextCall } from './next-call.ts';
import type { CallOrder } from './orders.ts';
import { play } from './play.ts';
import { putBack, type Department, type Outcome, type Run } from './run.ts';
import { atWorkFrom, hire, presentSeconds, type Rep } from './staff.ts';
import { Opening } from './standing.ts';

const ringSecondsMost = 30;
const dialSeconds = 4;
const lookAgainSeconds = 15;
/** Exact times are promised inside the rep's own day, with room at both ends. */
const promisedFrom = '09:15';
const promisedTo = '17:30';

function workingDaysOf({ firstDay, workingDays, hours, holidays }: Department): string[] {
  const days = [firstDay];
  while (days.length < workingDays) days.push(nextWorkingDay(days.at(-1) ?? firstDay, hours, holidays));
  return days;
}

function begin(department: Department, order: CallOrder, rules: QueueRules): Run {
  const days = workingDaysOf(department);
  const reps = Array.from({ length: department.reps }, (_, id) => hire(department, days, id));
  const endedAt = instantOf(`${days.at(-1) ?? department.firstDay}T${department.hours.to}`, department.timeZone);
  const teams = new Map<number, Rep[]>();
  for (const rep of reps) teams.set(rep.team, [...(teams.get(rep.team) ?? []), rep]);
  const run: Run = {
    ...{ department, order, rules, reps, arrivals: arrivalsOf(department, days), arrived: 0, lengths: nothingLearned(), day: '' },
    teams,
    outcome: { promises: [], endedAt, dials: 0, coldDials: 0, hotReached: 0, started: 0, busySeconds: 0, presentSeconds: 0 },
    opening: new Opening(rules),
    placed: 0,
    clocks: new Map(),
  };
  for (const rep of reps) {
    const leads = Array.from({ length: department.companiesPerRep }, (_, index) => rep.id * department.companiesPerRep + index + 1);
    rep.companies = leads.map((leadId) => companyOf(department, leadId, rep.id));
    for (const company of rep.companies) putBack(run, company);
  }
  return run;
}

/** A running department: who is free next chooses his call by the order, until the last day has ended. */
export function simulateDepartment(department: Department, order: CallOrder, rules: QueueRules): Outcome {
  const run = begin(department, order, rules);
  const { reps, outcome } = run;
  play(
    reps,
    () => outcome.endedAt,
    (rep) => step(run, rep),
  );
  for (const rep of reps) judge(run, rep, new Date(outcome.endedAt.getTime() + 1));
  outcome.presentSeconds = reps.reduce((sum, rep) => sum + presentSeconds(rep), 0);
  outcome.hotReached = reps.reduce((sum, { companies }) => sum + companies.filter(({ talkedWhileHot }) => talkedWhileHot).length, 0);
  return outcome;
}

function step(run: Run, rep: Rep): void {
  const { department } = run;
  const now = rep.freeAt;
  arrive(run, now);
  const day = localDay(now, department.timeZone);
  if (day !== run.day) learn(run.lengths);
  run.day = day;
  if (day !== rep.day) {
    judge(run, rep, now);
    Object.assign(rep, { day, calls: [] });
  }
  const from = atWorkFrom(rep.shifts.get(day) ?? null, now);
  if (from === null || from > now) {
    const tomorrow = nextWorkingDay(day, department.hours, department.holidays);
    rep.freeAt = from ?? instantOf(`${tomorrow}T${department.hours.from}`, department.timeZone);
    return;
  }
  const company = nextCall(deskOf(run, rep, now), now);
  if (company) call(run, rep, company, now);
  else rep.freeAt = new Date(now.getTime() + lookAgainSeconds * 1000);
}

/** Requests that came in meanwhile. */
function arrive(run: Run, now: Date): void {
  for (;;) {
    const next = run.arrivals[run.arrived];
    if (!next || next.at > now) return;
    run.arrived += 1;
    putBack(run, next.company);
    run.reps[next.repId]?.companies.push(next.company);
    if (next.company.promise) run.reps[next.repId]?.unjudged.push(next.company.promise);
  }
}

/** Takes the promises whose window has closed to the outcome, when his day is over; of a missed one it says why. */
function judge({ department, outcome }: Run, rep: Rep, now: Date): void {
  rep.unjudged = rep.unjudged.filter((promise) => {
    if (promise.deadlineAt >= now) return true;
    const { dialledAt, deadlineAt } = promise;
    if (dialledAt === null || dialledAt > deadlineAt) {
      const shift = rep.shifts.get(localDay(deadlineAt, department.timeZone)) ?? null;
      promise.miss = causeOfMiss(promise, shift, rep.calls);
    }
    outcome.promises.push(promise);
    return false;
  });
}

/** Between which times a company is promised a call, on its clock: inside its own day and the rep's. */
function clocksOf({ department, clocks }: Run, timeZone: string): { from: string; to: string } {
  const known = clocks.get(timeZone);
  if (known) return known;
  const onItsClock = (clock: string): string => localClock(instantOf(`${department.firstDay}T${clock}`, department.timeZone), timeZone);
  const [from, to] = [onItsClock(promisedFrom), onItsClock(promisedTo)];
  const both = { from: from > promisedFrom ? from : promisedFrom, to: to < promisedTo ? to : promisedTo };
  clocks.set(timeZone, both);
  return both;
}

/** What a rep may promise a company, on its clock. */
function calendarFor(run: Run, rep: Rep, timeZone: string): Calendar {
  const { department, order, lengths } = run;
  const { meanSeconds, spreadSeconds } = lengths;
  const known = meanSeconds === null || spreadSeconds === null ? null : { meanSeconds, spreadSeconds };
  const { from, to } = clocksOf(run, timeZone);
  return {
    promised: () => [...rep.promised].flatMap(({ facts }) => facts.promise?.promisedAt ?? []),
    perQuarterHour: order.asksCapacity ? fittingQuarter(known, department.graceMinutes, department.perQuarterHour) : null,
    from,
    to,
  };
}

function call(run: Run, rep: Rep, company: Company, now: Date): void {
  const { department, outcome, lengths } = run;
  const { promise: before, facts } = company;
  const promised = facts.promise !== null;
  const isCold = !promised && facts.stage === null;
  const owner = run.reps[facts.repId ?? rep.id] ?? rep;
  if (before && before.dialledAt === null) before.helped = owner !== rep;
  const { answered, started } = dial(company, now, department, calendarFor(run, owner, facts.timeZone));
  if (company.promise !== null && company.promise !== before) owner.unjudged.push(company.promise);
  putBack(run, company);
  const ringing = answered ? Math.min(ringSecondsMost, exponential(rep.chance, 12)) : ringSecondsMost;
  const talking = answered ? exponential(rep.chance, department.talkSeconds) + department.wrapUpSeconds : 0;
  const busySeconds = dialSeconds + ringing + talking;
  (answered ? lengths.heard.talk : lengths.heard.missed).push(busySeconds);
  outcome.dials += 1;
  outcome.coldDials += isCold ? 1 : 0;
  outcome.started += started ? 1 : 0;
  outcome.busySeconds += busySeconds;
  rep.busyUntil = new Date(now.getTime() + busySeconds * 1000);
  rep.calls.push({ startsAt: now, endsAt: rep.busyUntil, promised });
  rep.freeAt = addMinutes(rep.busyUntil, exponential(rep.chance, department.restSeconds) / 60);
}
