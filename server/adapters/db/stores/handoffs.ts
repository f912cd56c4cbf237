import type { HandoffStore } from '../../../app/ports/stores/handoffs.ts';
import type { Transaction } from '../client.ts';

export function handoffStore(transaction: Transaction): HandoffStore {
  return {
    lock: async (handoffId) => {
      await transaction.$queryRaw`SELECT id FROM handoff WHERE id = ${handoffId} FOR UPDATE`;
      return transaction.handoff.findUnique({
        where: { id: handoffId },
        select: { id: true, companyId: true, dealId: true, fromRepId: true, sellerId: true, status: true },
      });
    },
    decide: async (handoffId, { status, returnReason, at }) => {
      await transaction.handoff.update({ where: { id: handoffId }, data: { status, returnReason, decidedAt: at } });
    },
    noteOn: async (companyId, authorId, text, at) => {
      await transaction.note.create({ data: { companyId, authorId, text, at } });
    },
    giveToSeller: async ({ companyId, dealId, fromRepId, sellerId }) => {
      await transaction.deal.update({ where: { id: dealId }, data: { ownerId: sellerId, handedById: fromRepId } });
      await transaction.company.update({ where: { id: companyId }, data: { ownerId: sellerId } });
    },
    giveBack: async ({ companyId, dealId, fromRepId }) => {
      await transaction.deal.update({ where: { id: dealId }, data: { ownerId: fromRepId, handedById: null } });
      await transaction.company.update({ where: { id: companyId }, data: { ownerId: fromRepId } });
    },
    closeAcceptTask: async ({ dealId, sellerId }, at) => {
      await transaction.task.updateMany({
        where: { kind: 'acceptHandoff', dealId, assigneeId: sellerId, doneAt: null },
        data: { doneAt: at },
      });
    },
  };
}
