import type { OpenPromise, PromiseDeed, PromiseStore, UndialledPromise, WholePromise } from '../../../app/ports/stores/promises.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';
import { promiseParts, promiseView } from '../reads/views.ts';

async function record(transaction: Transaction, promiseId: number, deed: PromiseDeed): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO promise_move (promise_id, kind, at, by_user_id, reason, call_id, from_rep_id, to_rep_id, from_promised_at, to_promised_at, to_promise_id)
    SELECT p.id, ${deed.kind}::"PromiseMoveKind", ${deed.at}::timestamptz, ${deed.byUserId}::int, ${deed.reason}, ${deed.callId ?? null}::int,
      p.rep_id, coalesce(n.rep_id, ${deed.toRepId ?? null}::int), p.promised_at, n.promised_at, n.id
    FROM promise p LEFT JOIN promise n ON n.id = ${deed.toPromiseId ?? null}::int WHERE p.id = ${promiseId}`;
}

type Deeds = Pick<PromiseStore, 'lock' | 'record' | 'setRep' | 'handOver' | 'view'>;

/** What people do to promises that stand. */
function deeds(transaction: Transaction): Deeds {
  return {
    lock: async (promiseId) => {
      // The lead first, as claiming, calling and placing do.
      await transaction.$queryRaw`
        SELECT l.id FROM lead l JOIN promise p ON p.company_id = l.company_id WHERE p.id = ${promiseId} FOR NO KEY UPDATE OF l`;
      const rows = await transaction.$queryRaw<WholePromise[]>`
        SELECT p.id, p.company_id AS "companyId", p.rep_id AS "repId", p.time_zone AS "timeZone", p.starts_at AS "startsAt",
          p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt", p.outcome::text AS outcome, u.time_zone AS "repTimeZone",
          u.team_id AS "teamId", l.list_id AS "listId", c.channel_id AS "channelId", c.source_id AS "sourceId",
          p.contact_id AS "contactId", p.made_in_call_id AS "madeInCallId", p.origin::text AS origin, p.status::text AS status, p.note
        FROM promise p
        JOIN app_user u ON u.id = p.rep_id
        JOIN company c ON c.id = p.company_id
        LEFT JOIN lead l ON l.company_id = p.company_id
        WHERE p.id = ${promiseId} FOR NO KEY UPDATE OF p`;
      return rows[0] ?? null;
    },
    record: (promiseId, deed) => record(transaction, promiseId, deed),
    setRep: async (promiseId, repId) => {
      await transaction.promise.update({ where: { id: promiseId }, data: { repId } });
    },
    handOver: async (fromRepId, { takerIds, byUserId, reason, at, before }) => {
      const takers = [...takerIds];
      const rows = await transaction.$queryRaw<{ companyId: number }[]>`
        WITH loads AS (
          SELECT taker, (SELECT count(*) FROM promise o WHERE o.rep_id = taker AND o.status = 'open') AS open FROM unnest(${takers}::int[]) AS taker
        ), leaving AS (
          SELECT p.id, p.company_id, p.promised_at, c.owner_id, row_number() OVER (ORDER BY p.deadline_at, p.id) - 1 AS place
          FROM promise p JOIN company c ON c.id = p.company_id
          WHERE p.rep_id = ${fromRepId} AND p.status = 'open' AND (${before}::timestamptz IS NULL OR p.promised_at < ${before}::timestamptz)
        ), turns AS (
          SELECT taker, row_number() OVER (ORDER BY open, taker) - 1 AS turn FROM loads
        ), given AS (
          SELECT l.*, CASE WHEN l.owner_id = ANY(${takers}::int[]) THEN l.owner_id ELSE t.taker END AS taker
          FROM leaving l JOIN turns t ON t.turn = l.place % ${takers.length}
        ), told AS (
          INSERT INTO promise_move (promise_id, kind, at, by_user_id, reason, from_rep_id, to_rep_id, from_promised_at)
          SELECT id, 'handedOver', ${at}::timestamptz, ${byUserId}::int, ${reason}, ${fromRepId}::int, taker, promised_at FROM given ORDER BY id
        )
        UPDATE promise SET rep_id = given.taker FROM given WHERE promise.id = given.id RETURNING promise.company_id AS "companyId"`;
      return rows.map((row) => row.companyId);
    },
    view: async (promiseId) =>
      promiseView(await transaction.promise.findUniqueOrThrow({ where: { id: promiseId }, include: promiseParts })),
  };
}

export function promiseStore(transaction: Transaction): PromiseStore {
  return {
    ...deeds(transaction),
    openOf: async (companyId) => {
      const rows = await transaction.$queryRaw<OpenPromise[]>`
        SELECT id, company_id AS "companyId", rep_id AS "repId", time_zone AS "timeZone", starts_at AS "startsAt",
          promised_at AS "promisedAt", deadline_at AS "deadlineAt", outcome::text AS outcome
        FROM promise WHERE company_id = ${companyId} AND status = 'open' FOR NO KEY UPDATE`;
      return rows[0] ?? null;
    },
    create: async (promise) => promiseView(await transaction.promise.create({ data: promise, include: promiseParts })),
    close: async (promiseId, { status, at, callId }) => {
      await transaction.promise.update({ where: { id: promiseId }, data: { status, closedAt: at, closedByCallId: callId } });
    },
    saveMovedTo: async (promiseId, to) => {
      await transaction.promise.update({
        where: { id: promiseId },
        data: { movedToId: to.promiseId, movedById: to.byUserId, moveReason: to.reason },
      });
      const { promiseId: toPromiseId, ...deed } = to;
      await record(transaction, promiseId, { kind: 'moved', ...deed, toPromiseId });
    },
    saveOutcome: async (promiseId, { verdict, dialledAt, repId, day, hour, teamId, listId, channelId, sourceId }) => {
      const data = { outcome: verdict, dialledAt, countedRepId: repId, day: dateOfDay(day), hour, teamId, listId, channelId, sourceId };
      await transaction.promise.updateMany({ where: { id: promiseId, outcome: 'pending' }, data });
    },
    undialled: (now) => transaction.$queryRaw<UndialledPromise[]>`
      SELECT p.id, p.company_id AS "companyId", p.rep_id AS "repId", p.time_zone AS "timeZone", p.starts_at AS "startsAt",
        p.promised_at AS "promisedAt", p.deadline_at AS "deadlineAt", p.outcome::text AS outcome, u.time_zone AS "repTimeZone",
        u.team_id AS "teamId", l.list_id AS "listId", c.channel_id AS "channelId", c.source_id AS "sourceId"
      FROM promise p
      JOIN app_user u ON u.id = p.rep_id
      JOIN company c ON c.id = p.company_id
      LEFT JOIN lead l ON l.company_id = p.company_id
      WHERE p.status = 'open' AND p.outcome = 'pending' AND p.deadline_at < ${now}::timestamptz
        AND NOT EXISTS (SELECT FROM call k WHERE k.company_id = p.company_id AND k.state <> 'ended')
      ORDER BY p.id FOR NO KEY UPDATE OF p SKIP LOCKED`,
    exactTimesOf: async (repId, from, to) => {
      const rows = await transaction.promise.findMany({
        where: { repId, status: 'open', kind: 'exact', promisedAt: { gte: from, lt: to } },
        select: { promisedAt: true },
      });
      return rows.map((row) => row.promisedAt);
    },
    comingUp: async (from, to) => {
      const rows = await transaction.promise.findMany({
        where: { status: 'open', outcome: 'pending', promisedAt: { gt: from, lte: to } },
        include: { company: { select: { name: true } } },
        orderBy: { promisedAt: 'asc' },
      });
      return rows.map((row) => ({
        promiseId: row.id,
        repId: row.repId,
        companyId: row.companyId,
        companyName: row.company.name,
        promisedAt: row.promisedAt,
      }));
    },
  };
}
