/** What somebody still has open: companies owned, promises made, tasks, open deals, handoffs to decide. */
export interface OpenWork {
  companies: number;
  promises: number;
  tasks: number;
  deals: number;
  handoffs: number;
}

export interface LeaverStore {
  openWorkOf(userId: number): Promise<OpenWork>;
  /** The enabled members of a team that may take over, without the leaver. */
  takersInTeam(teamId: number, leaverId: number): Promise<number[]>;
  /**
   * Gives everything open but promises (app/promises/hand-over-promises.ts) to the takers, a company whole to one of them, spread evenly; lists handed out to the leaver go on too.
   * @param today YYYY-MM-DD, from which on lists are handed on
   * @returns what was moved, and the companies whose leads have to be placed anew
   */
  handOn(leaverId: number, takerIds: readonly number[], today: string): Promise<{ moved: OpenWork; companyIds: number[] }>;
}
