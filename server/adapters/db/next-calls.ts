import type { Pool, PoolClient } from 'pg';
import type { Log } from '../../app/ports/log.ts';
import type { ClaimWords, NextCallAnswer, NextCalls, TakenLead } from '../../app/ports/next-calls.ts';
import { Prisma } from './generated/client.ts';
import { runAgainAfterLostRaces } from './lost-race.ts';
import { outboxWaker } from './outbox-waker.ts';
import { announcedRow, boardRow } from './stores/outbox.ts';
import { desksSql, noCalendars, toDesk, type DeskAsk, type DeskRow } from './stores/queue-desk.ts';
import { takeAnswer, takeSql, writtenSql, type ExplainedClaim, type TakeQuestion, type TakeRow } from './take-next-calls.ts';
import { together } from './together.ts';

/**
 * Two at work at a time, as many as keep a small machine busy; who comes meanwhile goes with the next. A transaction of sixteen takes five
 * milliseconds, so that is what one may wait for it (`npm run bench -- next-call`).
 */
const inARush = { lanes: 2, atMost: 16 };

interface TakeAsk extends TakeQuestion {
  explain: (taken: TakenLead) => ClaimWords;
}

const texts = new Map<string, string>();

/**
 * Statements of the hot path are prepared once a connection: planning them anew would cost more than running them. A name stands for one
 * text, which is put together once.
 */
function prepared(name: string, sql: Prisma.Sql): { name: string; text: string; values: unknown[] } {
  const text = texts.get(name) ?? sql.text;
  texts.set(name, text);
  return { name, text, values: sql.values };
}

/** Reads and claims of the hot path, on plain connections of the pool. Who asks while others are served is served together with those beside him. */
export function databaseNextCalls(pool: Pool, log?: Log, rush = inARush): NextCalls {
  let calendars = noCalendars;
  const wakeOutbox = outboxWaker(pool, log);

  const desks = async (asks: readonly DeskAsk[]) => {
    const known = calendars;
    const { rows } = await pool.query<DeskRow>(prepared('desks', desksSql(asks, known.version)));
    const answers = asks.map((_, index) => toDesk(rows[index], known));
    calendars = answers[0]?.hours ?? known;
    return answers;
  };

  const alone = async (ask: TakeAsk): Promise<NextCallAnswer> => {
    const answers = await runAgainAfterLostRaces(log, () => inTransaction(pool, (client, commit) => take(client, commit, [ask])));
    const answer = answers.get(ask);
    if (!answer) throw new Error('a question was left without an answer');
    return answer;
  };

  const takes = async (asks: readonly TakeAsk[]): Promise<Promise<NextCallAnswer>[]> => {
    // Two windows of one rep wait for each other: the second is asked when the first has its answer.
    const firsts = [...new Map(asks.map((ask) => [ask.question.repId, ask])).values()];
    const answers =
      firsts.length === 1
        ? new Map<TakeAsk, NextCallAnswer>()
        : await inTransaction(pool, (client, commit) => take(client, commit, firsts)).catch((error: unknown) => {
            log?.warn({ err: error, asks: firsts.length }, 'next calls were not taken together; each is taken alone');
            return new Map<TakeAsk, NextCallAnswer>();
          });
    return asks.map(async (ask) => answers.get(ask) ?? alone(ask));
  };

  const askDesk = together(desks, rush);
  const askTake = together(takes, rush);
  return {
    desk: (repId, day, at) => askDesk({ repId, day, at }),
    take: async (question, leaseUntil, explain) => {
      const answer = await askTake({ question, leaseUntil, explain });
      wakeOutbox();
      return answer;
    },
  };
}

/** Takes and writes for all whose row nobody else has; the others have no answer. */
async function take(client: PoolClient, commit: () => Promise<unknown>, asks: readonly TakeAsk[]): Promise<Map<TakeAsk, NextCallAnswer>> {
  const { rows } = await client.query<TakeRow>(prepared('takes', takeSql(asks)));
  const answers = new Map<TakeAsk, NextCallAnswer>();
  const claims: ExplainedClaim[] = [];
  asks.forEach((ask, nth) => {
    const own = rows.filter((row) => row.nth === nth);
    if (own.length === 0) return;
    const answer = takeAnswer(own);
    if (answer.kind !== 'taken') {
      answers.set(ask, answer);
      return;
    }
    const { taken, place, claimedAt } = answer;
    const { reason, announcements, boardRows } = ask.explain(taken);
    const { leadId, companyId } = taken.lead.facts;
    const events = [...announcements.map(announcedRow), boardRow(boardRows)];
    claims.push({ leadId, place, repId: ask.question.repId, claimedAt, leaseUntil: ask.leaseUntil, reason, events });
    answers.set(ask, { kind: 'held', leadId, companyId, reason, claimedAt });
  });
  if (claims.length > 0) await Promise.all([client.query(prepared('claims-written', writtenSql(claims))), commit()]);
  else await commit();
  return answers;
}

/** A transaction on one connection. Its beginning travels with the first statement, its commit with the last one. */
async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient, commit: () => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const [, result] = await Promise.all([client.query('BEGIN'), work(client, () => client.query('COMMIT'))]);
    client.release();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => {
        client.release();
      },
      () => {
        client.release(true);
      },
    );
    throw error;
  }
}
