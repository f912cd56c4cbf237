import type { DealStore, DueMeeting, OpenDealRecord } from '../../../app/ports/stores/deals.ts';
import type { Transaction } from '../client.ts';
import { dealParts, dealView } from '../reads/views.ts';

export function dealStore(transaction: Transaction): DealStore {
  return { ...deals(transaction), ...meetings(transaction), ...handoffs(transaction) };
}

/** The stage at a position of the default funnel, or of the deal's own. @throws when the funnel has none there */
async function stageAt(transaction: Transaction, position: number, funnelId?: number): Promise<{ id: number; funnelId: number }> {
  const funnel = funnelId === undefined ? { funnel: { isDefault: true } } : { funnelId };
  return transaction.stage.findFirstOrThrow({ where: { position, ...funnel }, select: { id: true, funnelId: true } });
}

function deals(transaction: Transaction): Pick<DealStore, 'positions' | 'openOf' | 'open' | 'move' | 'lose' | 'view'> {
  return {
    positions: async () => {
      const stages = await transaction.stage.findMany({
        where: { funnel: { isDefault: true } },
        select: { position: true },
        orderBy: { position: 'asc' },
      });
      return stages.map(({ position }) => position);
    },
    openOf: async (companyId) => {
      const rows = await transaction.$queryRaw<OpenDealRecord[]>`
        SELECT d.id, s.position, d.owner_id AS "ownerId" FROM deal d JOIN stage s ON s.id = d.stage_id
        WHERE d.company_id = ${companyId} AND d.status = 'open'
        ORDER BY s.position DESC, d.id LIMIT 1 FOR NO KEY UPDATE OF d`;
      return rows[0] ?? null;
    },
    open: async ({ companyId, ownerId, title, amount = null, position, at, userId, callId }) => {
      const stage = await stageAt(transaction, position);
      const deal = await transaction.deal.create({
        data: {
          companyId,
          ownerId,
          title,
          amount,
          funnelId: stage.funnelId,
          stageId: stage.id,
          stageSince: at,
          openedAt: at,
          moves: { create: { fromPosition: null, toPosition: position, at, userId, callId } },
        },
      });
      return deal.id;
    },
    move: async ({ dealId, from, to, at, userId, callId }) => {
      const { funnelId } = await transaction.deal.findUniqueOrThrow({ where: { id: dealId }, select: { funnelId: true } });
      const stage = await stageAt(transaction, to, funnelId);
      await transaction.deal.update({ where: { id: dealId }, data: { stageId: stage.id, stageSince: at } });
      await transaction.dealMove.create({ data: { dealId, fromPosition: from, toPosition: to, at, userId, callId } });
    },
    lose: async (dealId, reason, at) => {
      await transaction.deal.update({ where: { id: dealId }, data: { status: 'lost', lostReason: reason, closedAt: at } });
    },
    view: async (dealId) => dealView(await transaction.deal.findUniqueOrThrow({ where: { id: dealId }, include: dealParts })),
  };
}

function meetings(transaction: Transaction): Pick<DealStore, 'createMeeting' | 'meetingsWithoutCard' | 'failMeeting'> {
  return {
    createMeeting: async ({ callId, ...meeting }) => {
      const { id } = await transaction.meeting.create({ data: { ...meeting, setInCallId: callId } });
      return id;
    },
    meetingsWithoutCard: (begunBefore) => transaction.$queryRaw<DueMeeting[]>`
      SELECT m.id, m.company_id AS "companyId", m.owner_id AS "ownerId", m.starts_at AS "startsAt", m.time_zone AS "timeZone",
        u.time_zone AS "ownerTimeZone", u.team_id AS "teamId", l.list_id AS "listId", c.channel_id AS "channelId", c.source_id AS "sourceId"
      FROM meeting m
      JOIN app_user u ON u.id = m.owner_id
      JOIN company c ON c.id = m.company_id
      LEFT JOIN lead l ON l.company_id = m.company_id
      WHERE m.status = 'planned' AND m.starts_at < ${begunBefore}::timestamptz
      ORDER BY m.id FOR NO KEY UPDATE OF m SKIP LOCKED`,
    failMeeting: async (meetingId, at) => {
      await transaction.meeting.update({ where: { id: meetingId }, data: { status: 'failed', closedAt: at } });
    },
  };
}

function handoffs(transaction: Transaction): Pick<DealStore, 'createHandoff'> {
  return {
    createHandoff: async ({ at, ...handoff }) => {
      const { id } = await transaction.handoff.create({ data: { ...handoff, openedAt: at } });
      return id;
    },
  };
}
