import type { Pool, PoolClient } from 'pg';
import type { Log } from '../../app/ports/log.ts';
import type { NextCallAnswer, NextCallAsk, NextCallDecision, NextCalls } from '../../app/ports/next-calls.ts';
import type { Desk, DeskCalendars, SeenLead } from '../../app/ports/stores/queue.ts';
import { Prisma } from './generated/client.ts';
import { runAgainAfterLostRaces } from './lost-race.ts';
import { outboxWaker } from './outbox-waker.ts';
import { announcedRow, boardRow, type OutboxRow } from './stores/outbox.ts';
import { desksSql, noCalendars, toDesk, type DeskRow } from './stores/queue-desk.ts';
import { factsSql, toSeenLead, type FactsRow } from './stores/queue-facts.ts';
import { takeAnswer, takeSql, writtenSql, type ExplainedClaim, type TakeRow } from './take-next-calls.ts';
import { together } from './together.ts';

/**
 * Two at work at a time, as many as keep a small machine busy; who comes meanwhile goes with the next. A transaction of sixteen takes five
 * milliseconds, so that is what one may wait for it (`npm run bench -- next-call`). Each holds a connection while its askers read their
 * settings through the same pool, which therefore has more of them.
 */
const inARush = { lanes: 2, atMost: 16 };

interface Asker {
  ask: NextCallAsk;
  decide: (desk: Desk) => Promise<NextCallDecision>;
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
  const memory: Memory = { calendars: noCalendars };
  const wakeOutbox = outboxWaker(pool, log);

  const serve = (askers: readonly Asker[]) => inTransaction(pool, (client, commit) => take(client, commit, askers, memory));

  const alone = async (asker: Asker): Promise<NextCallAnswer> => {
    const answer = (await runAgainAfterLostRaces(log, () => serve([asker]))).get(asker);
    if (!answer) throw new Error('a question was left without an answer');
    return answer;
  };

  const takes = async (askers: readonly Asker[]): Promise<Promise<NextCallAnswer>[]> => {
    // Two windows of one rep wait for each other: the second is asked when the first has its answer.
    const firsts = [...new Map(askers.map((asker) => [asker.ask.repId, asker])).values()];
    const answers =
      firsts.length === 1
        ? new Map<Asker, NextCallAnswer>()
        : await serve(firsts).catch((error: unknown) => {
            log?.warn({ err: error, asks: firsts.length }, 'next calls were not taken together; each is taken alone');
            return new Map<Asker, NextCallAnswer>();
          });
    return askers.map(async (asker) => answers.get(asker) ?? alone(asker));
  };

  const askTogether = together(takes, rush);
  return {
    take: async (ask, decide) => {
      const answer = await askTogether({ ask, decide });
      wakeOutbox();
      return answer;
    },
  };
}

/** Calendars and holidays change once in a while: what was read last is remembered with its version. */
interface Memory {
  calendars: DeskCalendars;
}

/** What the rules decide for each of these askers, by what the base says of their desks. */
async function decided(client: PoolClient, askers: readonly Asker[], memory: Memory): Promise<(NextCallDecision & { asker: Asker })[]> {
  const known = memory.calendars;
  const questions = askers.map(({ ask }) => ask);
  const { rows } = await client.query<DeskRow>(prepared('desks', desksSql(questions, known.version)));
  return Promise.all(
    askers.map(async (asker, index) => {
      const desk = toDesk(rows[index], known);
      memory.calendars = desk.hours;
      return { asker, ...(await asker.decide(desk)) };
    }),
  );
}

/** Takes and writes for all whose row nobody else has; the others have no answer. */
async function take(
  client: PoolClient,
  commit: () => Promise<unknown>,
  askers: readonly Asker[],
  memory: Memory,
): Promise<Map<Asker, NextCallAnswer>> {
  const asks = await decided(client, askers, memory);
  const { rows } = await client.query<TakeRow>(prepared('takes', takeSql(asks)));
  const owed = await owedLeads(client, rows);
  const answers = new Map<Asker, NextCallAnswer>();
  const claims: ExplainedClaim[] = [];
  const events: OutboxRow[] = [];
  const changed: number[] = [];
  asks.forEach(({ asker, question, leaseUntil, explain }, nth) => {
    const own = rows.filter((row) => row.nth === nth);
    if (own.length === 0) return;
    const answer = takeAnswer(own);
    if (answer.kind !== 'taken') {
      answers.set(asker, answer);
      return;
    }
    const { lead, next, place } = answer;
    const { reason, announcements, boardRows } = explain({ lead, next, owed: owed.get(nth) ?? [] });
    const { leadId, companyId } = lead.facts;
    const claimedAt = answer.claimedAt ?? question.at;
    claims.push({ leadId, place, repId: question.repId, claimedAt, leaseUntil, reason });
    events.push(...announcements.map(announcedRow));
    changed.push(...boardRows);
    answers.set(asker, { kind: 'held', leadId, companyId, reason, claimedAt });
  });
  if (claims.length > 0) {
    const written = writtenSql(claims, [...events, boardRow(changed)]);
    await Promise.all([client.query(prepared('claims-written', written)), commit()]);
  } else await commit();
  return answers;
}

/** The facts of the obligations that were passed over, by the question they belong to. Most questions have none. */
async function owedLeads(client: PoolClient, rows: readonly TakeRow[]): Promise<Map<number, SeenLead[]>> {
  const passedOver = rows.filter(({ part }) => part === 'owed');
  const owed = new Map<number, SeenLead[]>();
  if (passedOver.length === 0) return owed;
  const ids = passedOver.flatMap(({ leadId }) => leadId ?? []);
  const found = await client.query<FactsRow>(prepared('owed', factsSql('lead', ids)));
  const leads = new Map(found.rows.map((row) => [row.leadId, toSeenLead(row)]));
  for (const { nth, leadId } of passedOver) {
    const lead = leadId === null ? undefined : leads.get(leadId);
    if (lead) owed.set(nth, [...(owed.get(nth) ?? []), lead]);
  }
  return owed;
}

/** Prepared like the statements that they travel with: sent in one piece with them. */
const beginning = { name: 'begin', text: 'BEGIN' };
const ending = { name: 'commit', text: 'COMMIT' };

/** A transaction on one connection. Its beginning travels with the first statement, its commit with the last one. */
async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient, commit: () => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const [, result] = await Promise.all([client.query(beginning), work(client, () => client.query(ending))]);
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
