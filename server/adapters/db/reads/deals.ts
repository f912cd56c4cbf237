import type { DealReads } from '../../../app/ports/reads/deals.ts';
import type { Scope } from '../../../app/ports/reads/scope.ts';
import { qualificationSchema, type DealRow, type DealSum } from '../../../contract/http/deals.ts';
import type { Prisma } from '../client.ts';
import { Prisma as Queries } from '../generated/client.ts';
import { dayOfDate } from '../days.ts';

const dayMillis = 86_400_000;

const shape = {
  company: { select: { id: true, name: true, category: true } },
  owner: { select: { id: true, name: true } },
  stage: true,
  funnel: { select: { _count: { select: { stages: true } } } },
} as const;

const ownerIn = (scope: Scope): { ownerId?: number; owner?: { teamId: number } } => {
  if (scope.kind === 'own') return { ownerId: scope.userId };
  return scope.kind === 'team' ? { owner: { teamId: scope.teamId } } : {};
};

const ownerSql = (scope: Scope): Queries.Sql => {
  if (scope.kind === 'own') return Queries.sql`d.owner_id = ${scope.userId}`;
  return scope.kind === 'team' ? Queries.sql`u.team_id = ${scope.teamId}` : Queries.sql`true`;
};

const find = (prisma: Prisma, args: { where: object; take?: number }) =>
  prisma.deal.findMany({ ...args, include: shape, orderBy: [{ stageSince: 'asc' }, { id: 'asc' }] });

type Stored = Awaited<ReturnType<typeof find>>[number];

async function rowsOf(prisma: Prisma, deals: Stored[], now: Date): Promise<DealRow[]> {
  const handerIds = [...new Set(deals.map((deal) => deal.handedById).filter((id) => id !== null))];
  const handers = await prisma.user.findMany({ where: { id: { in: handerIds } }, select: { id: true, name: true } });
  return deals.map(({ stage, ...deal }) => {
    const daysInStage = Math.max(0, Math.floor(((deal.closedAt ?? now).getTime() - deal.stageSince.getTime()) / dayMillis));
    return {
      id: deal.id,
      title: deal.title,
      companyId: deal.companyId,
      owner: deal.owner,
      stage: { id: stage.id, position: stage.position, name: stage.name, heat: stage.heat, normDays: stage.normDays },
      stages: deal.funnel._count.stages,
      amount: deal.amount === null ? null : Number(deal.amount),
      status: deal.status,
      stageSince: deal.stageSince.toISOString(),
      openedAt: deal.openedAt.toISOString(),
      closedAt: deal.closedAt?.toISOString() ?? null,
      startedOn: dayOfDate(deal.startedOn),
      company: deal.company,
      handedBy: handers.find((hander) => hander.id === deal.handedById) ?? null,
      lostReason: deal.lostReason,
      qualification: qualificationSchema.parse(deal.qualification),
      daysInStage,
      pastNorm: deal.status === 'open' && daysInStage > stage.normDays,
    };
  });
}

export function dealReads(prisma: Prisma): DealReads {
  return {
    deals: async ({ scope, status, stageId, ownerId, category, companyId, after, limit, now }) => {
      const where = {
        AND: [
          ownerIn(scope),
          ownerId === undefined ? {} : { ownerId },
          { status, stageId, companyId, company: category === undefined ? {} : { category } },
          after ? { OR: [{ stageSince: { gt: after.stageSince } }, { stageSince: after.stageSince, id: { gt: after.id } }] } : {},
        ],
      };
      return rowsOf(prisma, await find(prisma, { where, take: limit + 1 }), now);
    },
    sums: ({ scope, ownerId, category, now }) =>
      prisma.$queryRaw<DealSum[]>`
        SELECT d.stage_id AS "stageId", c.category::text AS category, count(*)::int AS deals,
          coalesce(sum(d.amount), 0)::float8 AS amount,
          count(*) FILTER (WHERE floor(extract(epoch FROM ${now}::timestamptz - d.stage_since) / 86400) > s.norm_days)::int AS "pastNorm"
        FROM deal d
        JOIN company c ON c.id = d.company_id
        JOIN stage s ON s.id = d.stage_id
        JOIN app_user u ON u.id = d.owner_id
        WHERE d.status = 'open' AND ${ownerSql(scope)}
          AND ${ownerId === undefined ? Queries.sql`true` : Queries.sql`d.owner_id = ${ownerId}`}
          AND ${category === undefined ? Queries.sql`true` : Queries.sql`c.category::text = ${category}`}
        GROUP BY d.stage_id, c.category
        ORDER BY d.stage_id, c.category`,
    deal: async (dealId, now) => (await rowsOf(prisma, await find(prisma, { where: { id: dealId } }), now))[0] ?? null,
    moves: async (dealId) => {
      const moves = await prisma.dealMove.findMany({ where: { dealId }, orderBy: [{ at: 'desc' }, { id: 'desc' }] });
      const moverIds = [...new Set(moves.map((move) => move.userId).filter((id) => id !== null))];
      const movers = await prisma.user.findMany({ where: { id: { in: moverIds } }, select: { id: true, name: true } });
      return moves.map((move) => ({
        at: move.at.toISOString(),
        from: move.fromPosition,
        to: move.toPosition,
        by: movers.find((mover) => mover.id === move.userId) ?? null,
        back: move.fromPosition !== null && move.toPosition < move.fromPosition,
      }));
    },
    funnels: async () => {
      const funnels = await prisma.funnel.findMany({ include: { stages: { orderBy: { position: 'asc' } } }, orderBy: { id: 'asc' } });
      return funnels.map(({ id, name, isDefault, stages }) => ({
        id,
        name,
        isDefault,
        stages: stages.map((stage) => ({
          id: stage.id,
          position: stage.position,
          name: stage.name,
          heat: stage.heat,
          normDays: stage.normDays,
          probability: stage.probability,
        })),
      }));
    },
  };
}
