import type { OpenPromise, PromiseStore, UndialledPromise } from '../../../app/ports/stores/promises.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';
import { promiseParts, promiseView } from '../reads/views.ts';

export function promiseStore(transaction: Transaction): PromiseStore {
  return {
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
    },
    saveOutcome: async (promiseId, { verdict, dialledAt, day, hour, teamId, listId, channelId, sourceId }) => {
      const data = { outcome: verdict, dialledAt, day: dateOfDay(day), hour, teamId, listId, channelId, sourceId };
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
