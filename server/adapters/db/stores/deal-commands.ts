import type { DealCommandStore } from '../../../app/ports/stores/deal-commands.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

export function dealCommandStore(transaction: Transaction): DealCommandStore {
  return {
    lock: async (dealId) => {
      await transaction.$queryRaw`SELECT id FROM deal WHERE id = ${dealId} FOR UPDATE`;
      const deal = await transaction.deal.findUnique({
        where: { id: dealId },
        include: { stage: true, funnel: { select: { stages: { select: { position: true }, orderBy: { position: 'asc' } } } } },
      });
      if (!deal) return null;
      const { id, companyId, ownerId, handedById, status } = deal;
      return {
        id,
        companyId,
        ownerId,
        handedById,
        status,
        position: deal.stage.position,
        positions: deal.funnel.stages.map((stage) => stage.position),
      };
    },
    setAmount: async (dealId, amount) => {
      await transaction.deal.update({ where: { id: dealId }, data: { amount } });
    },
    setQualification: async (dealId, qualification) => {
      await transaction.deal.update({ where: { id: dealId }, data: { qualification } });
    },
    win: async (dealId, startedOn, at) => {
      const day = dateOfDay(startedOn);
      const { companyId } = await transaction.deal.update({ where: { id: dealId }, data: { status: 'won', startedOn: day, closedAt: at } });
      await transaction.company.updateMany({ where: { id: companyId, isCustomer: false }, data: { isCustomer: true, customerSince: day } });
    },
    countedBy: async (repId, companyId) => {
      const rep = await transaction.user.findUniqueOrThrow({ where: { id: repId }, select: { timeZone: true, teamId: true } });
      const company = await transaction.company.findUniqueOrThrow({
        where: { id: companyId },
        select: { channelId: true, sourceId: true, lead: { select: { listId: true } } },
      });
      return { ...rep, listId: company.lead?.listId ?? null, channelId: company.channelId, sourceId: company.sourceId };
    },
  };
}
