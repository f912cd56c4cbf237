import type { BoardSnapshot } from '../../contract/http/kpi.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { Refused } from '../problem.ts';

/** 0 is nobody's team: it numbers the board of those who see every team. */
export const everyTeam = 0;

/** The live board as it is now: a lead's team, a head's all. */
export async function watchBoard(app: AppContext & { reads: Pick<Reads, 'board'> }, actor: Actor): Promise<BoardSnapshot> {
  if (seesEveryone(actor)) return app.reads.board.snapshot({ audience: everyTeam, teamId: null }, app.clock.now());
  if (actor.role !== 'lead' || actor.teamId === null) throw new Refused(403, 'notAllowed', 'the board is for leads and heads');
  return app.reads.board.snapshot({ audience: actor.teamId, teamId: actor.teamId }, app.clock.now());
}
