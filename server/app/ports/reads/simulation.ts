import type { LeadFacts } from '../../../core/queue/facts.ts';
import type { AnswerCount } from '../../../core/simulation/learned.ts';

/** What a simulated day is read from, all at one instant. */
export interface SimulationReads {
  /** Reps at work in a team, or in all, with whether a day finds them absent and which active lists they have then. */
  reps(
    teamId: number | null,
    day: string,
  ): Promise<
    { id: number; name: string; timeZone: string; teamId: number | null; absent: boolean; listIds: number[]; skillIds: number[] }[]
  >;
  /** Active lists with companies that nobody works on a day. */
  idleListIds(day: string): Promise<number[]>;
  lists(listIds: readonly number[]): Promise<{ id: number; name: string; skillId: number | null }[]>;
  /** Leads that may be called before an instant, of each list and each rep so many of the first in the queue's order; of lists also how many never dialled ones were left out. */
  leads(
    pools: readonly { id: number; limit: number }[],
    before: Date,
  ): Promise<{ facts: LeadFacts[]; coldBeyond: { listId: number; count: number }[] }>;
  /** Mean seconds since a day between a call's outcome and the same rep's next dial that day, an hour at the most; with how many there were. */
  pauses(since: string): Promise<{ meanSeconds: number; count: number }>;
  /** Dials since a day, and how many were answered, by what was dialled. */
  answers(since: string): Promise<AnswerCount[]>;
}
