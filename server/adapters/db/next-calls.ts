import type { Pool, PoolClient } from 'pg';
import type { Log } from '../../app/ports/log.ts';
import type { NextCallAnswer, NextCallAsk, NextCallChoice, NextCalls } from '../../app/ports/next-calls.ts';
import type { Desk } from '../../app/ports/stores/queue.ts';
import { Prisma } from './generated/client.ts';
import { runAgainAfterLostRaces } from './lost-race.ts';
import { outboxWaker } from './outbox-waker.ts';
import { announcedRow, boardRow } from './stores/outbox.ts';
import { desksSql, noCalendars, toDesk, type DeskRow } from './stores/queue-desk.ts';
import { takeAnswer, takeSql, writtenSql, type ExplainedClaim, type TakeRow } from './take-next-calls.ts';
import { together } from './together.ts';

/**
 * Two at work at a time, as many as keep a small machine busy; who comes meanwhile goes with the next. A transaction of sixteen takes five
 * milliseconds, so that is what one may wait for it (`npm run bench -- next-call`).
 */
const inARush = { lanes: 2, atMost: 16 };

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

/** Claims of the hot path, on plain connections of the pool. Who asks while others are served is served together with those beside him. */
export function databaseNextCalls(pool: Pool, log?: Log, rush = inARush): NextCalls {
  let calendars = noCalendars;
  const wakeOutbox = outboxWaker(pool, log);

  const desksOf = async (client: PoolClient, asks: readonly NextCallAsk[]): Promise<Desk[]> => {
    const known = calendars;
    const { rows } = await client.query<DeskRow>(prepared('desks', desksSql(asks, known.version)));
    const answers = asks.map((_, index) => toDesk(rows[index], known));
    calendars = answers[0]?.hours ?? known;
    return answers;
  };

  /** All in one transaction; no rep is among them twice. */
  const serve = (asks: readonly NextCallAsk[]): Promise<Answers> =>
    inTransaction(pool, async (client, commit) => {
      const desks = await desksOf(client, asks);
      const chosen = await Promise.all(asks.map((ask, index) => choiceOf(ask, desks[index])));
      const answers: Answers = new Map(chosen.flatMap(({ ask, failure }) => (failure ? [[ask, { failure }] as const] : [])));
      const choices = chosen.flatMap(({ ask, choice }) => (choice ? [{ ...choice, ask }] : []));
      if (choices.length > 0) await take(client, commit, choices, answers);
      else await commit();
      return answers;
    });

  const alone = (ask: NextCallAsk): Promise<Answers> => runAgainAfterLostRaces(log, () => serve([ask]));

  const takes = async (asks: readonly NextCallAsk[]): Promise<Promise<NextCallAnswer>[]> => {
    // Two windows of one rep wait for each other: the second is asked when the first has its answer.
    const firsts = [...new Map(asks.map((ask) => [ask.repId, ask])).values()];
    const answers: Answers =
      firsts.length === 1
        ? new Map<NextCallAsk, never>()
        : await serve(firsts).catch((error: unknown) => {
            log?.warn({ err: error, asks: firsts.length }, 'next calls were not taken together; each is taken alone');
            return new Map<NextCallAsk, never>();
          });
    return asks.map(async (ask) => {
      const answer = answers.get(ask) ?? (await alone(ask)).get(ask);
      if (!answer) throw new Error('a question was left without an answer');
      if ('failure' in answer) throw answer.failure;
      return answer;
    });
  };

  const askTogether = together(takes, rush);
  return {
    take: async (ask) => {
      const answer = await askTogether(ask);
      wakeOutbox();
      return answer;
    },
  };
}

/** What each got; who is not among them is asked alone. */
type Answers = Map<NextCallAsk, NextCallAnswer | { failure: Error }>;

interface Chosen extends NextCallChoice {
  ask: NextCallAsk;
}

/** Whose choice fails must not take the others' with it. */
async function choiceOf(ask: NextCallAsk, desk: Desk | undefined): Promise<{ ask: NextCallAsk; choice?: NextCallChoice; failure?: Error }> {
  if (!desk) throw new Error('a rep was left without his desk');
  try {
    return { ask, choice: await ask.choose(desk) };
  } catch (error) {
    return { ask, failure: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Takes and writes for all whose row nobody else has, and commits; the others get no answer. */
async function take(client: PoolClient, commit: () => Promise<unknown>, choices: readonly Chosen[], answers: Answers): Promise<void> {
  const { rows } = await client.query<TakeRow>(prepared('takes', takeSql(choices)));
  const claims: ExplainedClaim[] = [];
  choices.forEach(({ ask, explain, leaseUntil }, nth) => {
    const own = rows.filter((row) => row.nth === nth);
    if (own.length === 0) return;
    const answer = takeAnswer(own);
    if (answer.kind !== 'taken') {
      answers.set(ask, answer);
      return;
    }
    const { taken, place, claimedAt } = answer;
    const { reason, announcements, boardRows } = explain(taken);
    const { leadId, companyId } = taken.lead.facts;
    const events = [...announcements.map(announcedRow), boardRow(boardRows)];
    claims.push({ leadId, place, repId: ask.repId, claimedAt, leaseUntil, reason, events });
    answers.set(ask, { kind: 'held', leadId, companyId, reason, claimedAt });
  });
  if (claims.length > 0) await Promise.all([client.query(prepared('claims-written', writtenSql(claims))), commit()]);
  else await commit();
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
