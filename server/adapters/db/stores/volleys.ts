import type { VolleyRecord, VolleyStore } from '../../../app/ports/stores/volleys.ts';
import type { Transaction } from '../client.ts';
import { Prisma, type Call, type Volley } from '../generated/client.ts';
import { answeredBySchema } from '../reads/call-view.ts';
import { volleyView } from '../reads/volley-view.ts';
import { listPaces } from './list-pace.ts';
import { readLeads } from './queue-facts.ts';
import { questionArguments } from './queue.ts';
import { actorFrom } from '../actor-from.ts';

export function volleyStore(transaction: Transaction): VolleyStore {
  return { ...finding(transaction), ...writing(transaction), ...claiming(transaction), ...pacing(transaction) };
}

type Finding = Pick<VolleyStore, 'withKey' | 'openOf' | 'open' | 'lock' | 'view'>;

function finding(transaction: Transaction): Finding {
  return {
    withKey: async (repId, idempotencyKey) => {
      const where = { repId_idempotencyKey: { repId, idempotencyKey } };
      return (await transaction.volley.findUnique({ where, select: { id: true } }))?.id ?? null;
    },
    openOf: async (repId) => (await transaction.volley.findFirst({ where: { repId, endedAt: null }, select: { id: true } }))?.id ?? null,
    open: async () => {
      const rows = await transaction.volley.findMany({ where: { endedAt: null }, select: { id: true }, orderBy: { id: 'asc' } });
      return rows.map(({ id }) => id);
    },
    lock: async (volleyId) => {
      await transaction.$queryRaw`SELECT id FROM volley WHERE id = ${volleyId} FOR NO KEY UPDATE`;
      await transaction.$queryRaw`
        SELECT l.id FROM lead l WHERE l.id IN (SELECT c.lead_id FROM call c WHERE c.volley_id = ${volleyId}) ORDER BY l.id FOR NO KEY UPDATE`;
      await transaction.$queryRaw`SELECT id FROM call WHERE volley_id = ${volleyId} ORDER BY id FOR NO KEY UPDATE`;
      const row = await transaction.volley.findUnique({
        where: { id: volleyId },
        include: { rep: true, lines: { orderBy: { id: 'asc' } } },
      });
      return row && { volley: toRecord(row), rep: actorFrom(row.rep), lines: row.lines.map(toLine) };
    },
    view: (volleyId) => volleyView(transaction, volleyId),
  };
}

const toRecord = ({ id, repId, listId, winnerId, settledAt, canceledAt, endedAt }: Volley): VolleyRecord => ({
  id,
  repId,
  listId,
  winnerId,
  settledAt,
  canceledAt,
  endedAt,
});

const toLine = ({ id, state, answeredAt, answeredBy, endCause, joinedAt, abandonedAt, disposedAt }: Call) => ({
  callId: id,
  state,
  answeredAt,
  answeredBy: answeredBySchema.parse(answeredBy),
  endCause,
  joinedAt,
  abandoned: abandonedAt !== null,
  closed: disposedAt !== null,
});

type Writing = Pick<VolleyStore, 'create' | 'save' | 'makeOwn' | 'saveJoined' | 'makeLine' | 'saveAbandoned'>;

function writing(transaction: Transaction): Writing {
  return {
    create: async ({ repId, listId, idempotencyKey, startedAt }) => {
      // ON CONFLICT without a target: the key and the one open volley refuse alike, and the transaction lives on.
      const rows = await transaction.$queryRaw<{ id: number }[]>`
        INSERT INTO volley (rep_id, list_id, idempotency_key, started_at)
        VALUES (${repId}, ${listId}, ${idempotencyKey}, ${startedAt}::timestamptz) ON CONFLICT DO NOTHING RETURNING id`;
      return rows[0]?.id ?? null;
    },
    save: async (volleyId, data) => {
      await transaction.volley.update({ where: { id: volleyId }, data });
    },
    makeOwn: async (callId) => {
      const count = await transaction.$executeRaw`
        UPDATE call c SET untaken = false WHERE c.id = ${callId}
          AND NOT EXISTS (SELECT FROM call x WHERE x.id <> c.id AND x.state <> 'ended' AND NOT x.untaken AND (x.company_id = c.company_id OR x.rep_id = c.rep_id))`;
      if (count === 0) return false;
      await transaction.$executeRaw`UPDATE lead_claim k SET volley_id = NULL FROM call c WHERE c.id = ${callId} AND k.lead_id = c.lead_id`;
      return true;
    },
    saveJoined: async (callId, at) => {
      await transaction.$executeRaw`
        UPDATE call SET joined_at = ${at}::timestamptz WHERE id = ${callId} AND joined_at IS NULL AND abandoned_at IS NULL AND NOT untaken`;
    },
    makeLine: async (callId) => {
      await transaction.$executeRaw`UPDATE call SET untaken = true, joined_at = NULL WHERE id = ${callId}`;
      await transaction.$executeRaw`UPDATE lead_claim k SET volley_id = c.volley_id FROM call c WHERE c.id = ${callId} AND k.lead_id = c.lead_id`;
    },
    saveAbandoned: async (callId, at) => {
      await transaction.call.update({ where: { id: callId }, data: { abandonedAt: at } });
    },
  };
}

type Claiming = Pick<VolleyStore, 'takeCard' | 'takeLines'>;

/** Others may be taking the heads of the list at this very moment: so many times as many are looked at. */
const lookedAtForOne = 8;

function claiming(transaction: Transaction): Claiming {
  return {
    takeCard: async (volleyId, leadId) => {
      await transaction.leadClaim.update({ where: { leadId }, data: { volleyId } });
    },
    takeLines: async (volleyId, question, { listId, count, leaseUntil }) => {
      const asked = questionArguments({ ...question, funnelPools: [listId], takeover: new Map() });
      // The lead's own row is the lock that placing takes too, so that a lead is never both held and queued.
      const taken = await transaction.$queryRaw<{ leadId: number }[]>`
        WITH chosen AS (
          SELECT l.id FROM queue_candidates(${asked}, ${lookedAtForOne * count}::int) c JOIN lead l ON l.id = c.lead_id
          WHERE c.tier = 'cold' ORDER BY c.rank, c.sort_key, c.lead_id LIMIT ${count}::int FOR NO KEY UPDATE OF l SKIP LOCKED
        ), taken AS (
          DELETE FROM lead_queue q USING chosen WHERE q.lead_id = chosen.id AND q.pool = ${listId} RETURNING q.*
        )
        INSERT INTO lead_claim (lead_id, rep_id, volley_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason)
        SELECT t.lead_id, ${question.repId}, ${volleyId}, ${question.at}::timestamptz, ${leaseUntil}::timestamptz, t.pool, t.zone, t.rank, t.sort_key, t.ready_at, '{}'
        FROM taken t ORDER BY t.rank, t.sort_key, t.lead_id RETURNING lead_id AS "leadId"`;
      const ids = taken.map(({ leadId }) => leadId);
      const leads = await readLeads(transaction, 'lead', ids);
      return leads.toSorted((one, other) => ids.indexOf(one.facts.leadId) - ids.indexOf(other.facts.leadId));
    },
  };
}

type Pacing = Pick<VolleyStore, 'lockPace' | 'saveThreshold'>;

function pacing(transaction: Transaction): Pacing {
  return {
    lockPace: async (listId, now) => {
      await transaction.$queryRaw(Prisma.sql`SELECT id FROM call_list WHERE id = ${listId} FOR NO KEY UPDATE`);
      return (await listPaces(transaction, [listId], now)).get(listId) ?? null;
    },
    saveThreshold: async (listId, lineThreshold) => {
      await transaction.callList.update({ where: { id: listId }, data: { lineThreshold } });
    },
  };
}
