import type { HandoffReads, HandoffRow, HandoffScope } from '../../../app/ports/reads/handoffs.ts';
import type { Prisma } from '../client.ts';

const shape = {
  company: {
    select: {
      id: true,
      name: true,
      category: true,
      city: true,
      timeZone: true,
      contacts: { where: { role: 'decisionMaker', leftAt: null }, take: 1, orderBy: { id: 'asc' }, select: { name: true, position: true } },
    },
  },
  deal: { select: { id: true, title: true, amount: true, stage: { select: { name: true } } } },
} as const;

/** Handoffs name people by id only; a team's are those that its members sent. */
async function within(prisma: Prisma, scope: HandoffScope): Promise<object> {
  switch (scope.kind) {
    case 'all':
      return {};
    case 'from':
      return { fromRepId: scope.repId };
    case 'to':
      return { sellerId: scope.sellerId };
    case 'team': {
      const members = await prisma.user.findMany({ where: { teamId: scope.teamId }, select: { id: true } });
      return { fromRepId: { in: members.map((member) => member.id) } };
    }
    default:
      return scope satisfies never;
  }
}

const find = (prisma: Prisma, args: { where: object; skip?: number; take?: number }) =>
  prisma.handoff.findMany({
    ...args,
    include: shape,
    orderBy: [{ decidedAt: { sort: 'desc', nulls: 'first' } }, { openedAt: 'asc' }, { id: 'asc' }],
  });

async function rowsOf(prisma: Prisma, handoffs: Awaited<ReturnType<typeof find>>): Promise<HandoffRow[]> {
  const peopleIds = [...new Set(handoffs.flatMap((handoff) => [handoff.fromRepId, handoff.sellerId]))];
  const people = await prisma.user.findMany({ where: { id: { in: peopleIds } }, select: { id: true, name: true } });
  const person = (id: number): { id: number; name: string } => people.find((one) => one.id === id) ?? { id, name: `#${id}` };
  return handoffs.map(({ company: { contacts, ...company }, deal, ...handoff }) => ({
    id: handoff.id,
    company,
    contact: contacts[0] ?? null,
    deal: { id: deal.id, title: deal.title, stage: deal.stage.name, amount: deal.amount === null ? null : Number(deal.amount) },
    from: person(handoff.fromRepId),
    seller: person(handoff.sellerId),
    status: handoff.status,
    note: handoff.note,
    returnReason: handoff.returnReason,
    openedAt: handoff.openedAt.toISOString(),
    decidedAt: handoff.decidedAt?.toISOString() ?? null,
  }));
}

export function handoffReads(prisma: Prisma): HandoffReads {
  return {
    handoffs: async ({ scope, status, pendingSinceBefore, offset, limit }) => {
      const where = {
        AND: [
          await within(prisma, scope),
          { status },
          pendingSinceBefore ? { status: 'pending', openedAt: { lt: pendingSinceBefore } } : {},
        ],
      };
      return rowsOf(prisma, await find(prisma, { where, skip: offset, take: limit + 1 }));
    },
    handoff: async (handoffId) => (await rowsOf(prisma, await find(prisma, { where: { id: handoffId } })))[0] ?? null,
  };
}
