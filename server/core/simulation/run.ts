import type { CallingHours } from '../hours/calling-hours.ts';
import type { QueueRules } from '../queue/facts.ts';
import type { TakeoverRules } from '../queue/takeover.ts';
import type { Arrival, Company, Conditions, SimulatedPromise } from './company.ts';
import type { Lengths } from './lengths.ts';
import type { CallOrder } from './orders.ts';
import type { Rep, StaffRules } from './staff.ts';
import { isPromised, place, type Opening } from './standing.ts';

export interface Department extends Conditions, StaffRules {
  hours: CallingHours;
  /** First working day. */
  firstDay: string;
  workingDays: number;
  companiesPerRep: number;
  /** Requests for a call that each rep gets a day, and within how many minutes they must be called. */
  freshPerDay: number;
  callBackMinutes: number;
  talkSeconds: number;
  wrapUpSeconds: number;
  /** Mean pause of a rep between two calls. */
  restSeconds: number;
  guardMinutes: number;
  guardPercent: number;
  /** Until the length of calls is learned. */
  perQuarterHour: number;
  takeover: TakeoverRules;
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

/** A simulation under way. */
export interface Run {
  department: Department;
  order: CallOrder;
  rules: QueueRules;
  reps: readonly Rep[];
  teams: ReadonlyMap<number, readonly Rep[]>;
  arrivals: Arrival[];
  arrived: number;
  lengths: Lengths;
  day: string;
  outcome: Outcome;
  opening: Opening;
  /** How many companies were placed. */
  placed: number;
  /** Between which times companies of a zone are promised a call, on their clock. */
  clocks: Map<string, { from: string; to: string }>;
}

/** Puts a company to where its facts say: among its rep's promised ones, among the others, or nowhere any more. */
export function putBack(run: Run, company: Company): void {
  const { order, rules, reps } = run;
  run.placed += 1;
  place(company, order, rules, run.placed);
  const rep = reps[company.facts.repId ?? 0];
  rep?.promised.delete(company);
  if (company.over) return;
  if (isPromised(company)) rep?.promised.add(company);
  else rep?.others.put(company);
}
